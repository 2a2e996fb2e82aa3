package io.wronghouse.spark;

import io.wronghouse.mpi.MpiFault;

/** A module that looks at one it must not know. */
public final class SparkFault {
    /** Reaches too far. */
    public static int reach() {
        return MpiFault.reach();
    }

    private SparkFault() {}
}
