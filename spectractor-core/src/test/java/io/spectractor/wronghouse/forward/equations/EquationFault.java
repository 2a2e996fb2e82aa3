package io.spectractor.wronghouse.forward.equations;

import io.spectractor.wronghouse.forward.WholeModel;
import io.spectractor.wronghouse.forward.stamps.StampFault;

/** The other half of a cycle, which also looks back at the whole. */
public final class EquationFault {
    /** Calls the first half. */
    public static int go() {
        return StampFault.go() + WholeModel.count();
    }

    private EquationFault() {}
}
