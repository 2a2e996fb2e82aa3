package io.spectractor.cli.night;

import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Numbers that headers of spectra give and that users hold the air against: circumstances of the exposure, and what the extraction
 * found. The names are those of the cards of a product.
 */
enum HeaderColumn {
    EXPTIME("s", "exposure", "exposure_time"),
    OUTTEMP("deg_C", "temperature"),
    OUTPRESS("hPa", "pressure"),
    OUTHUM("%", "humidity"),
    WINDSPD(""),
    WINDDIR("deg"),
    PARANGLE("deg"),
    CAM_ROT("deg"),
    TARGETX("pix"),
    TARGETY("pix"),
    ROTANGLE("deg"),
    D2CCD("mm"),
    PIXSHIFT("pix"),
    CHI2_FIT(""),
    A2_FIT(""),
    AM_FIT(""),
    PSF_REG(""),
    TRACE_R(""),
    MEANFWHM("pix"),
    SNR("");

    private final String unit;
    /** Other names of the attribute, with blanks between them. */
    private final String others;

    HeaderColumn(String unit, String... others) {
        this.unit = unit;
        this.others = String.join(" ", others);
    }

    /** Name of the column in a table. */
    String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Unit in the words of astropy, empty for none. */
    String unit() {
        return unit;
    }

    /** Those that FITS cards give. */
    static SortedMap<String, Double> ofCards(ToDoubleFunction<String> cards) {
        SortedMap<String, Double> found = new TreeMap<>();
        for (HeaderColumn c : values()) {
            put(found, c, cards.applyAsDouble(c.name()));
        }
        return found;
    }

    /** Those that attributes give, under the names of the cards in lower case, or usual ones. */
    static SortedMap<String, Double> ofAttributes(ToDoubleFunction<String> attributes) {
        SortedMap<String, Double> found = new TreeMap<>();
        for (HeaderColumn c : values()) {
            put(found, c, attributes.applyAsDouble(c.column()));
            for (String other : c.others.split(" ", -1)) {
                if (!found.containsKey(c.column())) {
                    put(found, c, attributes.applyAsDouble(other));
                }
            }
        }
        return found;
    }

    private static void put(SortedMap<String, Double> found, HeaderColumn column, double value) {
        if (Double.isFinite(value)) {
            found.put(column.column(), value);
        }
    }
}
