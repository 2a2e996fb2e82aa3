package io.spectractor.core.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * When it is dark: the Sun more than 12 degrees below the horizon. The Sun's place after the Astronomical Almanac's
 * low-precision formulas (0.01 degrees until 2050).
 */
public final class NauticalNight {
    private static final Instant J2000 = Instant.parse("2000-01-01T12:00:00Z");
    private static final double TWILIGHT_DEG = -12;
    private static final int MINUTES = 24 * 60;

    private NauticalNight() {}

    /**
     * The dark minutes of a night, in the order of time.
     *
     * @param night local date at sunset
     */
    static List<Instant> minutes(LocalDate night, double longitudeDeg, double latitudeDeg) {
        Instant noon = night.atTime(12, 0).toInstant(ZoneOffset.UTC).minusSeconds(Math.round(longitudeDeg / 15 * 3600));
        List<Instant> dark = new ArrayList<>();
        for (int i = 0; i < MINUTES; i++) {
            Instant instant = noon.plusSeconds(60L * i);
            if (sunAltitudeDeg(instant, longitudeDeg, latitudeDeg) < TWILIGHT_DEG) {
                dark.add(instant);
            }
        }
        return dark;
    }

    /**
     * Height of the Sun above the horizon, degrees.
     *
     * @param longitudeDeg of the site, east positive
     * @param latitudeDeg of the site, north positive
     */
    public static double sunAltitudeDeg(Instant instant, double longitudeDeg, double latitudeDeg) {
        double days = Duration.between(J2000, instant).toMillis() / 86_400_000.0;
        double anomaly = Math.toRadians(357.528 + 0.9856003 * days);
        double longitude =
                Math.toRadians(280.460 + 0.9856474 * days + 1.915 * Math.sin(anomaly) + 0.020 * Math.sin(2 * anomaly));
        double obliquity = Math.toRadians(23.439 - 4e-7 * days);
        double rightAscension = Math.atan2(Math.cos(obliquity) * Math.sin(longitude), Math.cos(longitude));
        double declination = Math.asin(Math.sin(obliquity) * Math.sin(longitude));
        double hourAngle = Math.toRadians(SiderealTime.localDeg(instant, longitudeDeg)) - rightAscension;
        double phi = Math.toRadians(latitudeDeg);
        return Math.toDegrees(Math.asin(
                Math.sin(phi) * Math.sin(declination) + Math.cos(phi) * Math.cos(declination) * Math.cos(hourAngle)));
    }
}
