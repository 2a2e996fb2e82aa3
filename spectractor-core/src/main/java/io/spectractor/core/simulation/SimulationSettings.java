package io.spectractor.core.simulation;

import io.spectractor.core.atmosphere.AtmosphereParameters;
import io.spectractor.core.observation.PixelPosition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that decides a simulated frame, apart from site, camera and calibration data. The same settings and
 * calibration give the same bytes.
 *
 * @param target name of the star in the calibration data
 * @param disperser label in the calibration data
 * @param filter label of a filter in the first wheel, or null for the diaphragm
 * @param order0 where order 0 falls, unbinned pixels
 * @param axisAngleDeg angle of the dispersion axis, degrees anticlockwise, or null for the disperser's map
 * @param distanceMm distance from disperser to CCD, mm
 * @param fluxScale factor on the light of all orders (clouds)
 * @param order2Scale factor on the disperser's ratio of order 2 over 1
 * @param order3Scale factor on the disperser's ratio of order 3 over 2
 * @param order0WavelengthNm wavelength whose refraction order 0 has, nm, or null for the mean refraction of its light
 * @param order0Ratio light of order 0 over that of the whole first order
 * @param conditions pointing, exposure time and weather
 * @param air what the light goes through above the telescope; airmass and pressure are those of the conditions
 * @param psf profile along the spectrum; order 0 and the field stars have the one at the middle
 * @param sky background
 * @param detector the CCD
 * @param stars field stars at given places
 * @param randomStars number of field stars at random places
 * @param seed of everything random
 */
public record SimulationSettings(
        String target,
        String disperser,
        @Nullable String filter,
        PixelPosition order0,
        @Nullable Double axisAngleDeg,
        double distanceMm,
        double fluxScale,
        double order2Scale,
        double order3Scale,
        @Nullable Double order0WavelengthNm,
        double order0Ratio,
        ObservingConditions conditions,
        SimulatedAtmosphere air,
        SimulatedPsf psf,
        SimulatedSky sky,
        SimulatedDetector detector,
        List<FieldStar> stars,
        int randomStars,
        long seed) {
    /** Sky of a dark night at CTIO, ADU/s per pixel. */
    private static final double DARK_SKY_ADU_PER_S = 0.2;

    /** Light of order 0 over that of order 1, typical of the holograms. */
    private static final double TYPICAL_ORDER0_RATIO = 0.4;

    public SimulationSettings {
        SettingsCheck.positive("distance", distanceMm);
        SettingsCheck.notNegative("flux scale", fluxScale);
        SettingsCheck.notNegative("order-2 scale", order2Scale);
        SettingsCheck.notNegative("order-3 scale", order3Scale);
        SettingsCheck.notNegative("order-0 ratio", order0Ratio);
        if (order0WavelengthNm != null) {
            SettingsCheck.range("wavelength of order 0", order0WavelengthNm, 300, 1100);
        }
        SettingsCheck.range("number of random stars", randomStars, 0, 100_000);
        stars = List.copyOf(stars);
    }

    /**
     * Starts from a plain exposure: the disperser's own angle, a typical atmosphere, a dark flat sky, the CTIO CCD with noise and without
     * blemishes, no field stars, seed 0.
     */
    public static Builder builder(
            String target,
            String disperser,
            PixelPosition order0,
            double distanceMm,
            ObservingConditions conditions,
            SimulatedPsf psf) {
        return new Builder(target, disperser, order0, distanceMm, conditions, psf);
    }

    /** The state of the atmosphere along the line of sight. */
    public AtmosphereParameters atmosphere() {
        return new AtmosphereParameters(
                conditions.airmass(),
                conditions.pressureHPa(),
                air.ozoneDu(),
                air.waterMm(),
                air.aerosolDepth(),
                air.angstromExponent());
    }

    /** Starts from these settings. */
    public Builder toBuilder() {
        Builder builder = new Builder(target, disperser, order0, distanceMm, conditions, psf);
        builder.filter = filter;
        builder.axisAngleDeg = axisAngleDeg;
        builder.fluxScale = fluxScale;
        builder.order2Scale = order2Scale;
        builder.order3Scale = order3Scale;
        builder.order0WavelengthNm = order0WavelengthNm;
        builder.order0Ratio = order0Ratio;
        builder.air = air;
        builder.sky = sky;
        builder.detector = detector;
        builder.stars = stars;
        builder.randomStars = randomStars;
        builder.seed = seed;
        return builder;
    }

    /** Collects settings; each method returns this builder. */
    public static final class Builder {
        private final String target;
        private String disperser;
        private @Nullable String filter;
        private PixelPosition order0;
        private @Nullable Double axisAngleDeg;
        private double distanceMm;
        private double fluxScale = 1;
        private double order2Scale = 1;
        private double order3Scale = 1;
        private @Nullable Double order0WavelengthNm;
        private double order0Ratio = TYPICAL_ORDER0_RATIO;
        private ObservingConditions conditions;
        private SimulatedAtmosphere air = SimulatedAtmosphere.typical();
        private SimulatedPsf psf;
        private SimulatedSky sky = SimulatedSky.flat(DARK_SKY_ADU_PER_S);
        private SimulatedDetector detector = SimulatedDetector.ctio();
        private List<FieldStar> stars = List.of();
        private int randomStars;
        private long seed;

        private Builder(
                String target,
                String disperser,
                PixelPosition order0,
                double distanceMm,
                ObservingConditions conditions,
                SimulatedPsf psf) {
            this.target = target;
            this.disperser = disperser;
            this.order0 = order0;
            this.distanceMm = distanceMm;
            this.conditions = conditions;
            this.psf = psf;
        }

        public Builder disperser(String value) {
            disperser = value;
            return this;
        }

        public Builder filter(@Nullable String value) {
            filter = value;
            return this;
        }

        public Builder order0(PixelPosition value) {
            order0 = value;
            return this;
        }

        public Builder axisAngleDeg(@Nullable Double value) {
            axisAngleDeg = value;
            return this;
        }

        public Builder distanceMm(double value) {
            distanceMm = value;
            return this;
        }

        public Builder fluxScale(double value) {
            fluxScale = value;
            return this;
        }

        public Builder order2Scale(double value) {
            order2Scale = value;
            return this;
        }

        public Builder order3Scale(double value) {
            order3Scale = value;
            return this;
        }

        public Builder order0WavelengthNm(@Nullable Double value) {
            order0WavelengthNm = value;
            return this;
        }

        public Builder order0Ratio(double value) {
            order0Ratio = value;
            return this;
        }

        public Builder conditions(ObservingConditions value) {
            conditions = value;
            return this;
        }

        public Builder air(SimulatedAtmosphere value) {
            air = value;
            return this;
        }

        public Builder psf(SimulatedPsf value) {
            psf = value;
            return this;
        }

        public Builder sky(SimulatedSky value) {
            sky = value;
            return this;
        }

        public Builder detector(SimulatedDetector value) {
            detector = value;
            return this;
        }

        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /** Field stars: the given ones and a number at random places. */
        public Builder stars(List<FieldStar> given, int random) {
            stars = given;
            randomStars = random;
            return this;
        }

        /**
         * The settings.
         *
         * @throws IllegalArgumentException naming the value that is out of range
         */
        public SimulationSettings build() {
            return new SimulationSettings(
                    target,
                    disperser,
                    filter,
                    order0,
                    axisAngleDeg,
                    distanceMm,
                    fluxScale,
                    order2Scale,
                    order3Scale,
                    order0WavelengthNm,
                    order0Ratio,
                    conditions,
                    air,
                    psf,
                    sky,
                    detector,
                    stars,
                    randomStars,
                    seed);
        }
    }
}
