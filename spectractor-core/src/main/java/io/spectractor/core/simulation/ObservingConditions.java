package io.spectractor.core.simulation;

import java.time.LocalDate;

/**
 * When and how a frame was taken. The airmass follows from the hour angle, the declination and the latitude.
 *
 * @param night local date at sunset
 * @param exposureSeconds s
 * @param rightAscensionDeg pointing, degrees
 * @param declinationDeg pointing, degrees
 * @param hourAngleDeg degrees, positive in the west
 * @param latitudeDeg of the observatory, degrees
 * @param temperatureCelsius degrees Celsius
 * @param pressureHPa hPa
 * @param humidityPercent per cent
 * @param seeingArcsec at the zenith, what the header says of the seeing; the profile drawn is {@link SimulationSettings#psf()}
 */
public record ObservingConditions(
        LocalDate night,
        double exposureSeconds,
        double rightAscensionDeg,
        double declinationDeg,
        double hourAngleDeg,
        double latitudeDeg,
        double temperatureCelsius,
        double pressureHPa,
        double humidityPercent,
        double seeingArcsec) {
    private static final double MAX_AIRMASS = 5;

    public ObservingConditions {
        SettingsCheck.positive("exposure time", exposureSeconds);
        SettingsCheck.range("declination", declinationDeg, -90, 90);
        SettingsCheck.range("hour angle", hourAngleDeg, -180, 180);
        SettingsCheck.range("latitude", latitudeDeg, -90, 90);
        SettingsCheck.range("temperature", temperatureCelsius, -60, 60);
        SettingsCheck.positive("pressure", pressureHPa);
        SettingsCheck.range("humidity", humidityPercent, 0, 100);
        SettingsCheck.positive("seeing", seeingArcsec);
        double cosine = cosZenith(latitudeDeg, declinationDeg, hourAngleDeg);
        if (!(cosine > 1 / MAX_AIRMASS)) {
            throw new IllegalArgumentException(
                    "simulation: at declination " + declinationDeg + " deg and hour angle " + hourAngleDeg
                            + " deg the star is lower than airmass " + MAX_AIRMASS + "; choose another hour angle");
        }
    }

    /** Airmass of a plane-parallel atmosphere, sec z. */
    public double airmass() {
        return airmass(latitudeDeg, declinationDeg, hourAngleDeg);
    }

    static double airmass(double latitudeDeg, double declinationDeg, double hourAngleDeg) {
        return 1 / cosZenith(latitudeDeg, declinationDeg, hourAngleDeg);
    }

    /** By how much the seeing is worse than at the zenith. */
    static double seeingFactor(double airmass) {
        return Math.pow(airmass, 0.6);
    }

    /** Seeing along the line of sight, arcsec: it grows with airmass to the power 0.6 (Kolmogorov turbulence). */
    public double seeingAtAirmassArcsec() {
        return seeingArcsec * seeingFactor(airmass());
    }

    /** Zenith distance in degrees. */
    public double zenithDistanceDeg() {
        return Math.toDegrees(Math.acos(Math.min(1, 1 / airmass())));
    }

    /**
     * The hour angle at which a star is seen through a given airmass.
     *
     * @return degrees, not negative; 0 if the star culminates at a higher airmass
     */
    public static double hourAngleDeg(double airmass, double declinationDeg, double latitudeDeg) {
        double phi = Math.toRadians(latitudeDeg);
        double delta = Math.toRadians(declinationDeg);
        double cosine = (1 / airmass - Math.sin(phi) * Math.sin(delta)) / (Math.cos(phi) * Math.cos(delta));
        return cosine >= 1 ? 0 : Math.toDegrees(Math.acos(Math.max(-1, cosine)));
    }

    private static double cosZenith(double latitudeDeg, double declinationDeg, double hourAngleDeg) {
        double phi = Math.toRadians(latitudeDeg);
        double delta = Math.toRadians(declinationDeg);
        return Math.sin(phi) * Math.sin(delta)
                + Math.cos(phi) * Math.cos(delta) * Math.cos(Math.toRadians(hourAngleDeg));
    }
}
