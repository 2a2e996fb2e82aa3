package io.spectractor.core.observation;

import io.spectractor.core.outcome.Caveat;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * When an exposure began, was half over and ended, in UTC.
 *
 * <p>{@code TIMESYS} tells what {@code DATE-OBS} counts: UTC if it is absent (FITS standard 4.0, section 9.2.1), TAI, TT or
 * GPS are converted. A {@code DATE-OBS} that differs from the header's own universal time ({@code MJD-OBS},
 * {@code UTSHUT}, {@code DATE-UTC}) by more than ten minutes is local time, and the universal time is taken.
 *
 * @param begin start, ISO 8601; the header's text if nobody can read it
 * @param middle middle, empty if unknown
 * @param end end, empty if unknown
 * @param beginMjd start, modified Julian date; NaN if unknown
 * @param middleMjd middle, modified Julian date; NaN if unknown
 */
public record ExposureTimes(String begin, String middle, String end, double beginMjd, double middleMjd) {
    private static final DateTimeFormatter TEXT = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS", Locale.ROOT);
    private static final LocalDateTime MJD_ZERO = LocalDateTime.of(1858, 11, 17, 0, 0);
    private static final double NANOS_PER_DAY = 86_400e9;
    private static final double TT_MINUS_TAI_S = 32.184;
    private static final double TAI_MINUS_GPS_S = 19;
    private static final Duration TOLERANCE = Duration.ofMinutes(10);
    /** Local time is not further from UTC; LATISS wrote 1970 into most of its dates for some months. */
    private static final Duration MOST_LOCAL = Duration.ofHours(15);

    private static final List<String> UNIVERSAL = List.of("UTSHUT", "DATE-UTC", "UTC-OBS", "DATE-BEG");

    /**
     * The times of an exposure.
     *
     * @param caveats hears of a {@code DATE-OBS} that is no UTC or cannot be read
     */
    public static ExposureTimes of(ObservationMetadata metadata, Set<Caveat> caveats) {
        Optional<Start> found = Start.of(metadata.dateObs(), metadata::card);
        if (found.isEmpty()) {
            caveats.add(Caveat.TIME_UNKNOWN);
            return new ExposureTimes(metadata.dateObs(), "", "", Double.NaN, Double.NaN);
        }
        if (found.get().wasLocal()) {
            caveats.add(Caveat.TIME_LOCAL);
        }
        LocalDateTime start = found.get().utc();
        long half = Math.round(metadata.exposureSeconds() * 0.5e9);
        LocalDateTime middle = start.plusNanos(half);
        return new ExposureTimes(
                TEXT.format(start), TEXT.format(middle), TEXT.format(middle.plusNanos(half)), mjd(start), mjd(middle));
    }

    /**
     * When an exposure began.
     *
     * @param utc in UTC
     * @param wasLocal whether the header wrote local time, and the universal time of another card was taken
     */
    record Start(LocalDateTime utc, boolean wasLocal) {
        /**
         * From a header.
         *
         * @param written the date as the header writes it
         * @param card values of its cards
         * @return nothing if the date cannot be read, or is a day without a time
         */
        static Optional<Start> of(String written, Function<String, Optional<String>> card) {
            return dateObs(written, card).map(time -> {
                Optional<String> system = card.apply("TIMESYS");
                LocalDateTime start = ExposureTimes.utc(time, system);
                LocalDateTime universal = universal(card, system).orElse(start);
                Duration off = Duration.between(start, universal).abs();
                boolean local = off.compareTo(TOLERANCE) > 0 && off.compareTo(MOST_LOCAL) <= 0;
                return new Start(local ? universal : start, local);
            });
        }
    }

    /** Modified Julian date of a time in UTC, to the tenth of a millisecond. */
    static double mjd(LocalDateTime utc) {
        Duration since = Duration.between(MJD_ZERO, utc);
        double day = since.toDays();
        double rest = since.minusDays(since.toDays()).toNanos() / NANOS_PER_DAY;
        return Math.rint((day + rest) * 1e9) / 1e9;
    }

    /** Start as the header writes it; a date alone is completed by its time. */
    private static Optional<LocalDateTime> dateObs(String written, Function<String, Optional<String>> card) {
        String text = written.strip();
        Optional<LocalDateTime> whole = parsed(text);
        if (whole.isPresent()) {
            return whole;
        }
        try {
            LocalDate date = LocalDate.parse(text);
            for (String keyword : List.of("TIME-OBS", "UT", "UTC", "UTSTART")) {
                Optional<String> time = card.apply(keyword);
                if (time.isPresent()) {
                    return Optional.of(date.atTime(LocalTime.parse(time.get())));
                }
            }
        } catch (DateTimeParseException e) {
            // the same as without
        }
        return Optional.empty();
    }

    private static Optional<LocalDateTime> parsed(String text) {
        String iso = text.strip().replace(' ', 'T');
        try {
            return Optional.of(
                    iso.matches(".*T.*(Z|[+-]\\d\\d:?\\d\\d)")
                            ? OffsetDateTime.parse(iso)
                                    .withOffsetSameInstant(ZoneOffset.UTC)
                                    .toLocalDateTime()
                            : LocalDateTime.parse(iso));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static LocalDateTime utc(LocalDateTime time, Optional<String> system) {
        return switch (system.orElse("UTC").strip().toUpperCase(Locale.ROOT)) {
            case "TAI", "IAT" -> LeapSeconds.utcOfTai(time);
            case "TT", "TDT", "ET" -> LeapSeconds.utcOfTai(minus(time, TT_MINUS_TAI_S));
            case "GPS" -> LeapSeconds.utcOfTai(minus(time, -TAI_MINUS_GPS_S));
            default -> time;
        };
    }

    private static LocalDateTime minus(LocalDateTime time, double seconds) {
        return time.minusNanos(Math.round(seconds * 1e9));
    }

    /** What other cards say of the start, in UTC. */
    private static Optional<LocalDateTime> universal(Function<String, Optional<String>> card, Optional<String> system) {
        Optional<LocalDateTime> mjd = card.apply("MJD-OBS").flatMap(ExposureTimes::ofMjd);
        if (mjd.isPresent()) {
            return mjd.map(time -> utc(time, system));
        }
        return UNIVERSAL.stream()
                .map(card)
                .flatMap(Optional::stream)
                .map(ExposureTimes::parsed)
                .flatMap(Optional::stream)
                .findFirst()
                .map(time -> utc(time, system));
    }

    private static Optional<LocalDateTime> ofMjd(String text) {
        try {
            double days = Double.parseDouble(text);
            // 1970 to 2100: anything else is not a date of an exposure
            return days > 40_587 && days < 88_069
                    ? Optional.of(MJD_ZERO.plusNanos(Math.round(days * 86_400_000) * 1_000_000))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
