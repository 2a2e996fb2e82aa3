package io.wronghouse.image;

import io.wronghouse.cli.CliFault;

/** A module that looks at one it must not know. */
public final class ImageFault {
    /** Reaches too far. */
    public static int reach() {
        return CliFault.reach();
    }

    private ImageFault() {}
}
