package io.wronghouse.core;

import io.wronghouse.batch.BatchFault;

/** A module that looks at one it must not know. */
public final class CoreFault {
    /** Reaches too far. */
    public static int reach() {
        return BatchFault.reach();
    }

    private CoreFault() {}
}
