package io.spectractor.core.simulation;

import io.spectractor.core.atmosphere.AtmosphereParameters;
import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.optics.Disperser;
import io.spectractor.core.simulation.SimulatedNight.PlannedFrame;
import io.spectractor.core.target.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Frames that have nothing in common but the star: all dispersers in turn, order 0 anywhere from which the first order
 * stays on the chip, seeing, light, atmosphere, weather, sky and blemishes drawn from wide ranges. For measuring how true
 * an extraction is, where a night would show one corner of what can happen. Immutable.
 */
public final class SimulatedCampaign {
    private static final long STREAM_CAMPAIGN = 9;
    private static final double MAX_AIRMASS = 1.8;
    private static final double MIN_SEEING_ARCSEC = 0.6;
    private static final double MAX_SEEING_ARCSEC = 3;
    private static final double MIN_FLUX = 0.02;
    private static final double EXPOSURE_S = 120;
    /** Seeing as it is seen of the other telescopes, arcsec. */
    private static final double BEST_SEEN_ARCSEC = 0.7;

    private static final double WORST_SEEN_ARCSEC = 2.5;
    /** Narrower profiles tell nothing of the place within a pixel, px. */
    private static final double NARROWEST_PX = 1.6;
    /** From further right the reddest light of the densest grating leaves the chip. */
    private static final double MAX_X = 900;

    private final ExtractionConfig config;
    private final CalibrationStore store;
    private final SimulatedCamera camera;

    /**
     * @param config configuration, which describes the camera
     * @param store calibration data
     * @throws IllegalArgumentException as {@link SimulatedCamera#of}
     */
    public SimulatedCampaign(ExtractionConfig config, CalibrationStore store) {
        this.camera = SimulatedCamera.of(config);
        this.config = config;
        this.store = store;
    }

    /**
     * Plans frames.
     *
     * @param target name of a star with energy distribution in the calibration data
     * @param count number of frames; the first frames of a longer campaign are those of a shorter one
     * @param seed of everything random
     * @throws IllegalArgumentException if the calibration data lack the star, or it never rises high enough
     */
    public List<PlannedFrame> plan(String target, int count, long seed) {
        CalibrationLookup lookup = new CalibrationLookup(store);
        Target star = lookup.inTheSky(target);
        List<String> dispersers = camera.dispersers(store);
        List<PlannedFrame> frames = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RandomSource random = new RandomSource(seed, STREAM_CAMPAIGN + 1000L * (i + 1));
            Disperser disperser = lookup.disperser(dispersers.get(i % dispersers.size()));
            PixelPosition order0 = camera.isCtio()
                    ? new PixelPosition(random.uniform(300, MAX_X), random.uniform(250, 1800))
                    : lookup.place(camera, List.of(disperser), random);
            SimulationSettings settings = settings(star, disperser, order0, seed + 1_000_003L * (i + 1), random);
            PixelPosition guess = SimulatedNight.guess(order0, random);
            frames.add(new PlannedFrame(String.format(Locale.ROOT, "sim_%d_%04d", seed, i + 1), settings, guess));
        }
        return frames;
    }

    /** Seeing at the zenith, arcsec. */
    private double seeing(RandomSource random, double airmass) {
        if (camera.isCtio()) {
            return random.uniform(MIN_SEEING_ARCSEC, MAX_SEEING_ARCSEC);
        }
        double best = Math.max(BEST_SEEN_ARCSEC, NARROWEST_PX * camera.arcsecPerPx());
        return random.uniform(best, Math.max(WORST_SEEN_ARCSEC, 2 * best)) / ObservingConditions.seeingFactor(airmass);
    }

    private SimulationSettings settings(
            Target star, Disperser disperser, PixelPosition order0, long seed, RandomSource random) {
        double latitude = config.site().latitudeDeg();
        double limit = ObservingConditions.hourAngleDeg(MAX_AIRMASS, star.declinationDeg(), latitude);
        if (!(limit > 0)) {
            throw new IllegalArgumentException("simulation: " + star.name() + " never rises above airmass "
                    + MAX_AIRMASS + " at latitude " + latitude + "; choose another target");
        }
        double hourAngle = random.uniform(-limit, limit);
        ObservingConditions conditions = new ObservingConditions(
                camera.night(),
                EXPOSURE_S,
                star.rightAscensionDeg(),
                star.declinationDeg(),
                hourAngle,
                latitude,
                Math.rint(10 * random.uniform(3, 15)) / 10,
                Math.rint(10 * (random.uniform(776, 789) + camera.pressureOffsetHPa())) / 10,
                Math.rint(random.uniform(10, 60)),
                seeing(random, ObservingConditions.airmass(latitude, star.declinationDeg(), hourAngle)));
        return SimulationSettings.builder(
                        star.name(),
                        disperser.label(),
                        order0,
                        config.dispersion().distanceMm()
                                + config.dispersion().distanceErrorMm() * random.uniform(-1, 1),
                        conditions,
                        SimulatedPsf.ofSeeing(
                                config.psf().type(), conditions.seeingAtAirmassArcsec(), camera.arcsecPerPx()))
                .fluxScale(Math.pow(MIN_FLUX, random.uniform()))
                .air(new SimulatedAtmosphere(
                        random.uniform(220, 380),
                        random.uniform(1, 8),
                        random.uniform(0.01, 0.12),
                        AtmosphereParameters.USUAL_ANGSTROM_EXPONENT))
                .sky(new SimulatedSky(
                        random.uniform(0.15, 0.4) * camera.skyFactor(),
                        random.uniform(-0.1, 0.1),
                        random.uniform(-0.1, 0.1),
                        SimulatedNight.VIGNETTING))
                .detector(camera.withBlemishes(random.below(3), random.below(3)))
                .stars(List.of(), 40)
                .seed(seed)
                .build();
    }
}
