package io.spectractor.core.observation;

import io.spectractor.core.instrument.Label;
import io.spectractor.core.instrument.Quantity;
import io.spectractor.core.observation.HeaderValue.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Hour angle and airmass of position, time and site, for headers that don't give them: good to a few arcmin, for neither
 * precession nor the difference of UT1 and UTC is in it.
 */
final class Pointing {
    private static final Instant J2000 = Instant.parse("2000-01-01T12:00:00Z");
    private static final double HOURS_PER_DAY = 24.06570982441908;

    private final HeaderReading reading;

    Pointing(HeaderReading reading) {
        this.reading = reading;
    }

    HeaderValue<Double> compute(Quantity quantity) {
        return switch (quantity) {
            case HOUR_ANGLE -> hourAngle();
            case AIRMASS -> airmass();
            default -> new HeaderValue<>(null, Status.MISSING, quantity.key() + " can't be computed");
        };
    }

    private HeaderValue<Double> hourAngle() {
        Double ra = reading.number(Quantity.RIGHT_ASCENSION).value();
        Optional<Double> longitude = site(Quantity.LONGITUDE);
        Instant middle = middle();
        if (ra == null || longitude.isEmpty() || middle == null) {
            return lacking("position, time and longitude of the site are needed to compute it");
        }
        double days = Duration.between(J2000, middle).toMillis() / 86_400_000.0;
        // Astronomical Almanac, the short formula of mean sidereal time
        double sidereal = 15 * (18.697374558 + HOURS_PER_DAY * days) + longitude.get();
        double angle = (sidereal - ra) % 360;
        double wrapped = angle > 180 ? angle - 360 : angle <= -180 ? angle + 360 : angle;
        return new HeaderValue<>(wrapped, Status.FOUND, "computed of right ascension, time and site");
    }

    private HeaderValue<Double> airmass() {
        Double hourAngle = reading.number(Quantity.HOUR_ANGLE).value();
        Double declination = reading.number(Quantity.DECLINATION).value();
        Optional<Double> latitude = site(Quantity.LATITUDE);
        if (hourAngle == null || declination == null || latitude.isEmpty()) {
            return lacking("position, time and site are needed to compute it");
        }
        double phi = Math.toRadians(latitude.get());
        double d = Math.toRadians(declination);
        double sine = Math.sin(phi) * Math.sin(d) + Math.cos(phi) * Math.cos(d) * Math.cos(Math.toRadians(hourAngle));
        if (!(sine > 0.02)) {
            return new HeaderValue<>(
                    null,
                    Status.IMPOSSIBLE,
                    String.format(
                            Locale.ROOT,
                            "position and time put the star %.1f deg above the horizon",
                            Math.toDegrees(Math.asin(sine))));
        }
        return new HeaderValue<>(1 / sine, Status.FOUND, "computed of position, time and site");
    }

    private static HeaderValue<Double> lacking(String what) {
        return new HeaderValue<>(null, Status.MISSING, what);
    }

    private Optional<Double> site(Quantity quantity) {
        Double card = reading.number(quantity).value();
        if (card != null) {
            return Optional.of(card);
        }
        var site = reading.instrument().config().site();
        // a description without a site has none
        return quantity == Quantity.LATITUDE && site.latitudeDeg() != 0
                ? Optional.of(site.latitudeDeg())
                : Optional.empty();
    }

    private @Nullable Instant middle() {
        String date = reading.label(Label.DATE).value();
        if (date == null) {
            return null;
        }
        Double exposure = reading.number(Quantity.EXPOSURE).value();
        return ExposureTimes.Start.of(ExposureValues.isoDate(date), card -> Optional.ofNullable(reading.card(card)))
                .map(start -> start.utc()
                        .toInstant(ZoneOffset.UTC)
                        .plusMillis(exposure == null ? 0 : Math.round(500 * exposure)))
                .orElse(null);
    }
}
