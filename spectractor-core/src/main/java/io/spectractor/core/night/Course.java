package io.spectractor.core.night;

import java.util.Locale;

/** How a quantity of the air goes through a night. */
public enum Course {
    /** One value for all spectra. */
    CONSTANT,
    /** A straight line in time. */
    LINEAR,
    /** A value for each spectrum. */
    EACH;

    /** Name on the command line and in files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
