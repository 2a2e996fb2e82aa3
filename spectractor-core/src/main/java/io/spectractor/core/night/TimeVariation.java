package io.spectractor.core.night;

import java.util.Locale;

/** How a quantity of the atmosphere varies through a night. */
public enum TimeVariation {
    /** One value for all spectra. */
    CONSTANT(0),
    /** A straight line in time. */
    LINEAR(1),
    /** A value for each spectrum. */
    EACH(2),
    /** A value for each night, where several are fitted together. */
    NIGHTLY(3);

    private final int index;

    TimeVariation(int index) {
        this.index = index;
    }

    /** Place in arrays, from 0 in the order of declaration. */
    int index() {
        return index;
    }

    /** Name on the command line and in files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
