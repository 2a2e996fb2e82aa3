package io.wronghouse.mpi;

import io.wronghouse.cli.CliFault;

/** A module that looks at one it must not know. */
public final class MpiFault {
    /** Reaches too far. */
    public static int reach() {
        return CliFault.reach();
    }

    private MpiFault() {}
}
