package io.wronghouse.plot;

import io.wronghouse.local.LocalFault;

/** A module that looks at one it must not know. */
public final class PlotFault {
    /** Reaches too far. */
    public static int reach() {
        return LocalFault.reach();
    }

    private PlotFault() {}
}
