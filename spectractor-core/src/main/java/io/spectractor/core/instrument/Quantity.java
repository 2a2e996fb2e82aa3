package io.spectractor.core.instrument;

import java.util.Locale;

/** What a header can say in numbers, with the unit that this program counts it in. */
public enum Quantity {
    EXPOSURE("s", 0, 1e6, "how long the shutter was open"),
    AIRMASS("", 1, 40, "airmass"),
    RIGHT_ASCENSION("deg", 0, 360, "where the telescope pointed"),
    DECLINATION("deg", -90, 90, "where the telescope pointed"),
    HOUR_ANGLE("deg", -360, 360, "hour angle, west of the meridian positive"),
    TEMPERATURE("C", -90, 60, "temperature of the air"),
    PRESSURE("hPa", 1, 1100, "pressure of the air"),
    HUMIDITY("%", 0, 100, "relative humidity of the air"),
    PLATE_SCALE("arcsec", 0, 3600, "size of an unbinned pixel on the sky"),
    CAMERA_ROTATION("deg", -360, 360, "rotation of the camera against north up, east left"),
    DISTANCE("mm", 0, 1e5, "distance from the disperser to the detector"),
    LATITUDE("deg", -90, 90, "of the site, north positive"),
    LONGITUDE("deg", -360, 360, "of the site, east positive"),
    ALTITUDE("km", -1, 12, "of the site"),
    GUESS_COLUMN("px", 0, 1e6, "column of order 0 in the file's image, 0 for the first"),
    GUESS_ROW("px", 0, 1e6, "row of order 0 in the file's image, 0 for the first");

    private final String unit;
    private final double lowest;
    private final double highest;
    private final String meaning;

    Quantity(String unit, double lowest, double highest, String meaning) {
        this.unit = unit;
        this.lowest = lowest;
        this.highest = highest;
        this.meaning = meaning;
    }

    /** Name in descriptions. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Unit of its values here; empty for a pure number. */
    public String unit() {
        return unit;
    }

    /** Whether a constant of a description can be this, in {@link #unit}. */
    boolean canBe(double value) {
        return value >= lowest && value <= highest;
    }

    /** What can, for people. */
    String possible() {
        return String.format(Locale.ROOT, "%.0f to %.0f %s", lowest, highest, unit)
                .strip();
    }

    /** One line for people. */
    public String meaning() {
        return meaning;
    }
}
