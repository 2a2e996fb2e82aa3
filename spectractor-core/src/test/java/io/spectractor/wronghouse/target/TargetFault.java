package io.spectractor.wronghouse.target;

import io.spectractor.wronghouse.forward.stamps.StampFault;

/** A room that looks into another one's inside. */
public final class TargetFault {
    /** Reaches too deep. */
    public static int reach() {
        return StampFault.go();
    }

    private TargetFault() {}
}
