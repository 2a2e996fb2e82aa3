package io.wronghouse.batch;

import io.wronghouse.local.LocalFault;

/** A module that looks at one it must not know. */
public final class BatchFault {
    /** Reaches too far. */
    public static int reach() {
        return LocalFault.reach();
    }

    private BatchFault() {}
}
