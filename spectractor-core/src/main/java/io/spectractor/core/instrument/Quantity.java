package io.spectractor.core.instrument;

import java.util.Locale;

/** What a header can say in numbers, with the unit that this program counts it in. */
public enum Quantity {
    EXPOSURE("s", "how long the shutter was open"),
    AIRMASS("", "airmass"),
    RIGHT_ASCENSION("deg", "where the telescope pointed"),
    DECLINATION("deg", "where the telescope pointed"),
    HOUR_ANGLE("deg", "hour angle, west of the meridian positive"),
    TEMPERATURE("C", "temperature of the air"),
    PRESSURE("hPa", "pressure of the air"),
    HUMIDITY("%", "relative humidity of the air"),
    PLATE_SCALE("arcsec", "size of an unbinned pixel on the sky"),
    CAMERA_ROTATION("deg", "rotation of the camera against north up, east left"),
    DISTANCE("mm", "distance from the disperser to the detector"),
    LATITUDE("deg", "of the site, north positive"),
    LONGITUDE("deg", "of the site, east positive"),
    ALTITUDE("km", "of the site"),
    GUESS_COLUMN("px", "column of order 0 in the file's image, 0 for the first"),
    GUESS_ROW("px", "row of order 0 in the file's image, 0 for the first");

    private final String unit;
    private final String meaning;

    Quantity(String unit, String meaning) {
        this.unit = unit;
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

    /** One line for people. */
    public String meaning() {
        return meaning;
    }
}
