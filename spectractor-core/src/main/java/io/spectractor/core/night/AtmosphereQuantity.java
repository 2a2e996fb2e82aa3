package io.spectractor.core.night;

/** A quantity of the atmosphere that may change within a night. */
public enum AtmosphereQuantity {
    OZONE(0, "ozone", "DU", 30),
    AEROSOLS(1, "vaod", "", 0.03),
    WATER(2, "pwv", "mm", 2);

    private final int index;
    private final String label;
    private final String unit;
    private final double slopeSpread;

    AtmosphereQuantity(int index, String label, String unit, double slopeSpread) {
        this.index = index;
        this.label = label;
        this.unit = unit;
        this.slopeSpread = slopeSpread;
    }

    /** Place in arrays, from 0 in the order of declaration. */
    int index() {
        return index;
    }

    /** Name in files. */
    public String label() {
        return label;
    }

    /** Unit, empty for none. */
    public String unit() {
        return unit;
    }

    /** Width of the prior of a slope, per hour. */
    double slopeSpread() {
        return slopeSpread;
    }
}
