package io.spectractor.core.observation;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The number of an exposure: its night and its place in it, as in 2023091200264 or 20230912_000264.
 *
 * @param day the night, yyyymmdd
 * @param sequence number in the night, from 1
 */
public record ExposureNumber(int day, int sequence) {
    private static final String DAY = "((?:19|20)\\d\\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01]))";
    private static final Pattern NUMBER = Pattern.compile("(?<!\\d)" + DAY + "(?:(\\d{5})|[_-](\\d{6}))(?!\\d)");

    /** The number in a file's name, if it has one. */
    static Optional<ExposureNumber> in(String text) {
        Matcher matcher = NUMBER.matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        String sequence = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
        return Optional.of(new ExposureNumber(Integer.parseInt(matcher.group(1)), Integer.parseInt(sequence)));
    }

    /** The number of the cells "day" and "sequence" of a logbook; blanks and dashes in the day don't matter. */
    static Optional<ExposureNumber> of(String day, String sequence) {
        String digits = day.replaceAll("[^0-9]", "");
        return digits.length() == 8 && sequence.matches("\\d{1,6}")
                ? Optional.of(new ExposureNumber(Integer.parseInt(digits), Integer.parseInt(sequence)))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d%05d", day, sequence);
    }
}
