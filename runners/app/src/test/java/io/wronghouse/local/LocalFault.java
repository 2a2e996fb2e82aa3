package io.wronghouse.local;

import io.wronghouse.spark.SparkFault;

/** A module that looks at one it must not know. */
public final class LocalFault {
    /** Reaches too far. */
    public static int reach() {
        return SparkFault.reach();
    }

    private LocalFault() {}
}
