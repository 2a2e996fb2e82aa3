package io.spectractor.core.astrometry;

import io.spectractor.core.observation.PixelPosition;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads world coordinates from the cards of a FITS header: TAN and TAN-SIP, ICRS or FK5 of equinox 2000. */
public final class WcsParser {
    private static final int HIGHEST_SIP = 9;

    private final String source;
    private final Function<String, @Nullable String> cards;

    private WcsParser(String source, Function<String, @Nullable String> cards) {
        this.source = source;
        this.cards = cards;
    }

    /**
     * The world coordinates of a header.
     *
     * @param source name of the file, for messages
     * @param cards value of a card as text without quotes, or null
     * @throws WcsException if there are none, or none that are understood
     */
    public static Wcs parse(String source, Function<String, @Nullable String> cards) {
        return new WcsParser(source, cards).read();
    }

    /** Whether a header says anything of world coordinates on the sky. */
    public static boolean isIn(Function<String, @Nullable String> cards) {
        return cards.apply("CTYPE1") != null && cards.apply("CRVAL1") != null;
    }

    private Wcs read() {
        String first = type("CTYPE1");
        String second = type("CTYPE2");
        boolean swapped = first.startsWith("DEC");
        requireTangent(swapped ? second : first, "RA--");
        requireTangent(swapped ? first : second, "DEC-");
        requireEquinox();
        requireNorth();
        double[] matrix = matrix(swapped);
        double ra = number(swapped ? "CRVAL2" : "CRVAL1");
        double dec = number(swapped ? "CRVAL1" : "CRVAL2");
        if (!(Math.abs(dec) <= 90) || !(Math.abs(ra) <= 360)) {
            throw wrong("CRVAL1 and CRVAL2 = " + ra + ", " + dec + " are not a position in degrees");
        }
        double[] cd = swapped ? new double[] {matrix[2], matrix[3], matrix[0], matrix[1]} : matrix;
        if (!(Math.abs(cd[0] * cd[3] - cd[1] * cd[2]) > 0)) {
            throw wrong("its matrix has no inverse");
        }
        PixelPosition reference = new PixelPosition(number("CRPIX1") - 1, number("CRPIX2") - 1);
        boolean sip = first.endsWith("-SIP") || second.endsWith("-SIP") || text("A_ORDER") != null;
        return new Wcs(
                ra,
                dec,
                reference,
                cd,
                sip ? polynomial("A") : SipPolynomial.NONE,
                sip ? polynomial("B") : SipPolynomial.NONE);
    }

    private String type(String card) {
        String value = text(card);
        if (value == null) {
            throw wrong("it has no " + card + "; a WCS file is the header that solve-field writes as NAME.wcs");
        }
        return value.toUpperCase(Locale.ROOT);
    }

    private void requireTangent(String type, String axis) {
        String projection = type.length() >= 8 ? type.substring(5, 8) : "";
        boolean rest = type.length() <= 8 || type.substring(8).equals("-SIP");
        if (!type.startsWith(axis) || !projection.equals("TAN") || !rest) {
            throw wrong("CTYPE '" + type + "' is not understood: RA---TAN and DEC--TAN, with or without -SIP, are;"
                    + " solve-field writes such files");
        }
    }

    private void requireEquinox() {
        String system = text("RADESYS");
        if (system != null && !system.equalsIgnoreCase("ICRS") && !system.equalsIgnoreCase("FK5")) {
            throw wrong("RADESYS = " + system + "; ICRS or FK5 is needed");
        }
        Double equinox = optional("EQUINOX");
        if (equinox != null && Math.abs(equinox - 2000) > 1e-3 && !"ICRS".equalsIgnoreCase(system)) {
            throw wrong("its positions are of equinox " + equinox + "; 2000 is needed");
        }
    }

    /** The native pole of nearly all files; another one would turn the image. */
    private void requireNorth() {
        Double pole = optional("LONPOLE");
        if (pole != null && Math.abs(pole - 180) > 1e-9) {
            throw wrong("LONPOLE = " + pole + " is not understood, 180 is");
        }
    }

    private double[] matrix(boolean swapped) {
        double[] cd = new double[4];
        boolean any = false;
        boolean pc = false;
        for (int i = 0; i < 4; i++) {
            String axes = (i / 2 + 1) + "_" + (i % 2 + 1);
            Double given = optional("CD" + axes);
            any |= given != null;
            pc |= optional("PC" + axes) != null;
            cd[i] = given == null ? 0 : given;
        }
        if (any) {
            return cd;
        }
        Double scale1 = optional("CDELT1");
        Double scale2 = optional("CDELT2");
        if (scale1 == null || scale2 == null) {
            throw wrong("it has neither CD1_1 nor CDELT1: nothing says how large a pixel is");
        }
        if (swapped && optional("CROTA1") != null && optional("CROTA1") != 0) {
            throw wrong(
                    "CROTA1 of an image whose first axis is the declination is not understood; write CD1_1 ... CD2_2");
        }
        Double rotation = swapped ? null : optional("CROTA2");
        double turn = Math.toRadians(rotation == null || pc ? 0 : rotation);
        double[] unit = {
            Math.cos(turn), -Math.sin(turn) * scale2 / scale1, Math.sin(turn) * scale1 / scale2, Math.cos(turn)
        };
        for (int i = 0; i < 4; i++) {
            Double given = optional("PC" + (i / 2 + 1) + "_" + (i % 2 + 1));
            double value = pc ? (given == null ? (i % 3 == 0 ? 1 : 0) : given) : unit[i];
            cd[i] = value * (i < 2 ? scale1 : scale2);
        }
        return cd;
    }

    private SipPolynomial polynomial(String name) {
        Double stated = optional(name + "_ORDER");
        if (stated == null) {
            throw wrong("CTYPE says SIP, and " + name + "_ORDER is missing");
        }
        int order = (int) Math.round(stated);
        if (order < 0 || order > HIGHEST_SIP) {
            throw wrong(name + "_ORDER = " + order + "; 0 to " + HIGHEST_SIP + " is possible");
        }
        double[][] coefficient = new double[order + 1][];
        for (int p = 0; p <= order; p++) {
            coefficient[p] = new double[order + 1 - p];
            for (int q = 0; q <= order - p; q++) {
                Double value = optional(name + "_" + p + "_" + q);
                coefficient[p][q] = value == null ? 0 : value;
            }
        }
        return new SipPolynomial(coefficient);
    }

    private @Nullable String text(String card) {
        String value = cards.apply(card);
        return value == null || value.isBlank() ? null : value.strip();
    }

    private @Nullable Double optional(String card) {
        String value = text(card);
        if (value == null) {
            return null;
        }
        try {
            double number = Double.parseDouble(value.replace('D', 'E').replace('d', 'e'));
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new WcsException(message(card + " = '" + value + "' is not a number"), e);
        }
        throw wrong(card + " = " + value + " is not a number");
    }

    private double number(String card) {
        Double value = optional(card);
        if (value == null) {
            throw wrong("it has no " + card);
        }
        return value;
    }

    private String message(String what) {
        return source + ": no usable world coordinates: " + what;
    }

    private WcsException wrong(String what) {
        return new WcsException(message(what));
    }
}
