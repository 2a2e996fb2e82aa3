package io.spectractor.core.simulation;

import io.spectractor.core.atmosphere.AtmosphereParameters;
import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.optics.Disperser;
import io.spectractor.core.simulation.SimulatedNight.PlannedFrame;
import io.spectractor.core.target.Target;
import java.time.LocalDate;
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
    private static final LocalDate NIGHT = LocalDate.of(2017, 5, 30);
    /** From further right the reddest light of the densest grating leaves the chip. */
    private static final double MAX_X = 900;

    private final ExtractionConfig config;
    private final CalibrationStore store;

    public SimulatedCampaign(ExtractionConfig config, CalibrationStore store) {
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
        Target star = lookup.target(target);
        List<String> dispersers = List.copyOf(store.disperserNames());
        List<PlannedFrame> frames = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RandomSource random = new RandomSource(seed, STREAM_CAMPAIGN + 1000L * (i + 1));
            Disperser disperser = lookup.disperser(dispersers.get(i % dispersers.size()));
            PixelPosition order0 = new PixelPosition(random.uniform(300, MAX_X), random.uniform(250, 1800));
            SimulationSettings settings = settings(star, disperser, order0, seed + 1_000_003L * (i + 1), random);
            PixelPosition guess = SimulatedNight.guess(order0, random);
            frames.add(new PlannedFrame(String.format(Locale.ROOT, "sim_%d_%04d", seed, i + 1), settings, guess));
        }
        return frames;
    }

    private SimulationSettings settings(
            Target star, Disperser disperser, PixelPosition order0, long seed, RandomSource random) {
        double latitude = config.site().latitudeDeg();
        double limit = ObservingConditions.hourAngleDeg(MAX_AIRMASS, star.declinationDeg(), latitude);
        if (!(limit > 0)) {
            throw new IllegalArgumentException("simulation: " + star.name() + " never rises above airmass "
                    + MAX_AIRMASS + " at latitude " + latitude + "; choose another target");
        }
        ObservingConditions conditions = new ObservingConditions(
                NIGHT,
                EXPOSURE_S,
                star.rightAscensionDeg(),
                star.declinationDeg(),
                random.uniform(-limit, limit),
                latitude,
                Math.rint(10 * random.uniform(3, 15)) / 10,
                Math.rint(10 * random.uniform(776, 789)) / 10,
                Math.rint(random.uniform(10, 60)),
                random.uniform(MIN_SEEING_ARCSEC, MAX_SEEING_ARCSEC));
        return SimulationSettings.builder(
                        star.name(),
                        disperser.label(),
                        order0,
                        config.dispersion().distanceMm()
                                + config.dispersion().distanceErrorMm() * random.uniform(-1, 1),
                        conditions,
                        SimulatedPsf.ofSeeing(
                                config.psf().type(),
                                conditions.seenArcsec(),
                                config.ccd().plateScaleArcsec()))
                .fluxScale(Math.pow(MIN_FLUX, random.uniform()))
                .air(new SimulatedAtmosphere(
                        random.uniform(220, 380),
                        random.uniform(1, 8),
                        random.uniform(0.01, 0.12),
                        AtmosphereParameters.USUAL_ANGSTROM_EXPONENT))
                .sky(new SimulatedSky(
                        random.uniform(0.15, 0.4),
                        random.uniform(-0.1, 0.1),
                        random.uniform(-0.1, 0.1),
                        SimulatedNight.VIGNETTING))
                .detector(SimulatedDetector.ctio().withBlemishes(25, 40, random.below(3), random.below(3)))
                .stars(List.of(), 40)
                .seed(seed)
                .build();
    }
}
