package io.wronghouse.calib;

import io.wronghouse.batch.BatchFault;

/** A module that looks at one it must not know. */
public final class CalibFault {
    /** Reaches too far. */
    public static int reach() {
        return BatchFault.reach();
    }

    private CalibFault() {}
}
