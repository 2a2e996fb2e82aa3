package io.spectractor.core.night;

/** What of the air changes within a night. */
public enum AirQuantity {
    OZONE(0, "ozone", "DU", 300, 150, 30),
    AEROSOLS(1, "vaod", "", 0.05, 0.3, 0.03),
    WATER(2, "pwv", "mm", 4, 10, 2);

    private final int index;
    private final String label;
    private final String unit;
    private final double start;
    private final double spread;
    private final double slopeSpread;

    AirQuantity(int index, String label, String unit, double start, double spread, double slopeSpread) {
        this.index = index;
        this.label = label;
        this.unit = unit;
        this.start = start;
        this.spread = spread;
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

    /** Where a fit starts. */
    double start() {
        return start;
    }

    /** Width of the prior of a value. */
    double spread() {
        return spread;
    }

    /** Width of the prior of a slope, per hour. */
    double slopeSpread() {
        return slopeSpread;
    }
}
