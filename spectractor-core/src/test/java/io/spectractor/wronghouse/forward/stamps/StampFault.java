package io.spectractor.wronghouse.forward.stamps;

import io.spectractor.wronghouse.forward.equations.EquationFault;

/** Half of a cycle between the parts of a model. */
public final class StampFault {
    /** Calls the other half. */
    public static int go() {
        return EquationFault.go();
    }

    private StampFault() {}
}
