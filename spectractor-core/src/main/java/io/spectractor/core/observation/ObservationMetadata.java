package io.spectractor.core.observation;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the header of an exposure says of it, with units in the names.
 *
 * @param dateObs start of the exposure, ISO 8601 as in the header (UTC)
 * @param exposureSeconds exposure time, s
 * @param airmass airmass, at least 1
 * @param filter label of the filter, or null when the wheel holds the diaphragm only
 * @param disperser label of the disperser in the second wheel
 * @param rightAscensionDeg pointing, degrees
 * @param declinationDeg pointing, degrees
 * @param hourAngleDeg hour angle, degrees
 * @param temperatureCelsius outside temperature, degrees Celsius
 * @param pressureHPa outside pressure, hPa
 * @param humidityPercent relative humidity, per cent
 * @param plateScaleArcsec size of a pixel of this (possibly rebinned) image on the sky, arcsec
 * @param object the header's OBJECT, as written there (not trusted as a target name)
 * @param cards the primary header's cards, each in its 80-character form, for the product
 */
public record ObservationMetadata(
        String dateObs,
        double exposureSeconds,
        double airmass,
        @Nullable String filter,
        String disperser,
        double rightAscensionDeg,
        double declinationDeg,
        double hourAngleDeg,
        double temperatureCelsius,
        double pressureHPa,
        double humidityPercent,
        double plateScaleArcsec,
        String object,
        List<String> cards) {
    /** A text in quotes, or anything up to the comment. */
    private static final Pattern VALUE = Pattern.compile(" *(?:'((?:[^']|'')*)'|([^/']*))");

    public ObservationMetadata {
        cards = List.copyOf(cards);
    }

    /** Value of a card of the header as text, without quotes; nothing if it is absent, blank or no value. */
    public Optional<String> card(String keyword) {
        String start = String.format(Locale.ROOT, "%-8s= ", keyword);
        for (String card : cards) {
            if (card.startsWith(start)) {
                Matcher value = VALUE.matcher(card.substring(start.length()));
                if (value.lookingAt()) {
                    String text = value.group(1) == null
                            ? value.group(2)
                            : value.group(1).replace("''", "'");
                    return text.isBlank() ? Optional.empty() : Optional.of(text.strip());
                }
            }
        }
        return Optional.empty();
    }
}
