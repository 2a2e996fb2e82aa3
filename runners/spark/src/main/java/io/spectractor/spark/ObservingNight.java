package io.spectractor.spark;

import io.spectractor.batch.result.ImageResult;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The night of an image, named by the date of its evening in Chile. */
final class ObservingNight {
    /** At 12 h UTC it is morning at the telescope. */
    private static final int ENDS_AT_UTC_HOUR = 12;

    private static final Pattern IN_NAME = Pattern.compile(".*?((?:19|20)\\d{6}).*");

    private ObservingNight() {}

    /** From the start of its exposure, else from its name; nothing if neither tells. */
    static Optional<String> of(ImageResult image) {
        try {
            if (image.numbers() != null) {
                String start = image.numbers().dateObs().replaceAll("Z$", "");
                LocalDateTime morning = LocalDateTime.parse(start).minusHours(ENDS_AT_UTC_HOUR);
                return Optional.of(morning.toLocalDate().toString());
            }
            Matcher name = IN_NAME.matcher(image.name());
            return name.matches()
                    ? Optional.of(LocalDate.parse(name.group(1), DateTimeFormatter.BASIC_ISO_DATE)
                            .toString())
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
