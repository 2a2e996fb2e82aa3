package io.spectractor.serve.page;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A position as people write it: degrees, or hours, minutes and seconds with degrees, minutes and seconds. */
final class WrittenPosition {
    private static final Pattern DEGREES =
            Pattern.compile("([+-]?[0-9]{1,3}(?:\\.[0-9]{0,12})?)[,\\s]+([+-]?[0-9]{1,2}(?:\\.[0-9]{0,12})?)");
    private static final Pattern SEXAGESIMAL = Pattern.compile(
            "([0-9]{1,2})\\s*[hH:\\s]\\s*([0-9]{1,2})\\s*[mM:′'\\s]\\s*([0-9]{1,2}(?:\\.[0-9]{0,9})?)\\s*[sS″\"]?"
                    + "[,\\s]*([+\\-−]?)\\s*([0-9]{1,2})\\s*[dD°:\\s]\\s*([0-9]{1,2})\\s*[mM:′'\\s]\\s*([0-9]{1,2}(?:\\.[0-9]{0,9})?)\\s*[sS″\"]?");

    private WrittenPosition() {}

    /**
     * Reads one.
     *
     * @return right ascension and declination, degrees; null if the text is none, as names of stars are not
     */
    static double @Nullable [] of(String text) {
        Matcher degrees = DEGREES.matcher(text.strip());
        if (degrees.matches()) {
            return checked(Double.parseDouble(degrees.group(1)), Double.parseDouble(degrees.group(2)));
        }
        Matcher parts = SEXAGESIMAL.matcher(text.strip());
        if (!parts.matches()) {
            return null;
        }
        double hours = sum(parts, 1);
        double dec = sum(parts, 5);
        return Double.isNaN(hours) || Double.isNaN(dec) || hours >= 24
                ? null
                : checked(15 * hours, parts.group(4).isEmpty() || parts.group(4).equals("+") ? dec : -dec);
    }

    /** Whole units, minutes and seconds; NaN if there are sixty or more of these. */
    private static double sum(Matcher parts, int first) {
        double minutes = Double.parseDouble(parts.group(first + 1));
        double seconds = Double.parseDouble(parts.group(first + 2));
        return minutes >= 60 || seconds >= 60
                ? Double.NaN
                : Double.parseDouble(parts.group(first)) + minutes / 60 + seconds / 3600;
    }

    private static double @Nullable [] checked(double ra, double dec) {
        return Math.abs(ra) <= 360 && Math.abs(dec) <= 90 ? new double[] {ra, dec} : null;
    }
}
