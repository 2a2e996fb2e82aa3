package io.spectractor.cli.demo;

import io.spectractor.batch.UsageException;
import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.config.PsfConfig;
import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.simulation.FrameSimulator;
import io.spectractor.core.simulation.ObservingConditions;
import io.spectractor.core.simulation.SamplingRange;
import io.spectractor.core.simulation.SimulatedAtmosphere;
import io.spectractor.core.simulation.SimulatedDetector;
import io.spectractor.core.simulation.SimulatedNight.PlannedFrame;
import io.spectractor.core.simulation.SimulatedPsf;
import io.spectractor.core.simulation.SimulatedSky;
import io.spectractor.core.simulation.SimulationSettings;
import io.spectractor.core.simulation.StarCatalogue;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.TypeConversionException;

/** What {@link FrameOptions} change in a series of planned frames. */
final class FrameChanges {
    private final FrameOptions options;
    private final int count;
    private final long seed;
    private final @Nullable StarCatalogue field;
    private final FrameSimulator simulator;
    private final ExtractionConfig config;
    private final CalibrationStore store;
    private final Map<String, double[]> drawn = new HashMap<>();

    /**
     * @param count frames of the series
     * @param seed of the series
     */
    FrameChanges(
            FrameOptions options,
            int count,
            long seed,
            FrameSimulator simulator,
            ExtractionConfig config,
            CalibrationStore store) {
        this.simulator = simulator;
        this.options = options;
        this.count = count;
        this.seed = seed;
        this.field = options.starCatalogue();
        this.config = config;
        this.store = store;
    }

    /**
     * A planned frame as the options want it.
     *
     * @param frame its number in the series, from 0
     * @throws IllegalArgumentException if a value is out of range
     */
    PlannedFrame apply(int frame, PlannedFrame planned) {
        SimulationSettings before = planned.settings();
        ObservingConditions conditions = conditions(frame, before.conditions());
        PixelPosition order0 = place(frame, before);
        SimulationSettings settings = before.toBuilder()
                .order0(order0)
                .distanceMm(value("--distance", options.distanceMm, frame, before.distanceMm()))
                .fluxScale(value("--flux", byFactors(options.flux), frame, before.fluxScale()))
                .order2Scale(value("--order2", options.order2, frame, before.order2Scale()))
                .order3Scale(value("--order3", options.order3, frame, before.order3Scale()))
                .order0WavelengthNm(options.order0WavelengthNm)
                .conditions(conditions)
                .air(air(frame, before.air()))
                .psf(profile(conditions))
                .sky(sky(frame, before.sky()))
                .detector(detector(before.detector()))
                .stars(List.of(), or(options.stars, field == null ? before.randomStars() : 0))
                .build();
        if (field != null) {
            settings = simulator.withStars(settings, field, store);
        }
        // whatever is wrong is said before the first frame is drawn
        simulator.scene(settings, store);
        PixelPosition guess = new PixelPosition(
                Math.rint(planned.guess().x() + order0.x() - before.order0().x()),
                Math.rint(planned.guess().y() + order0.y() - before.order0().y()));
        return new PlannedFrame(planned.stem(), settings, guess);
    }

    /** The value of an option for a frame, or the planned one without it. */
    private double value(String option, @Nullable SamplingRange range, int frame, double planned) {
        if (range == null) {
            return planned;
        }
        return drawn.computeIfAbsent(option, name -> range.spread(count, seed, name))[frame];
    }

    private static @Nullable SamplingRange byFactors(@Nullable SamplingRange range) {
        return range == null || range.low() < 0 ? range : range.byFactors();
    }

    private ObservingConditions conditions(int frame, ObservingConditions before) {
        double hourAngle = before.hourAngleDeg();
        SamplingRange range = options.airmass;
        if (range != null) {
            double airmass = value("--airmass", range, frame, 1);
            double lowest = 1 / Math.cos(Math.toRadians(before.latitudeDeg() - before.declinationDeg()));
            if (!(range.low() >= lowest && range.high() <= 3)) {
                throw new UsageException(String.format(
                        Locale.ROOT,
                        "--airmass %s: the target can be seen from airmass %.4f on, and at most 3 is simulated",
                        range.fixed() ? String.valueOf(airmass) : range.low() + ":" + range.high(),
                        lowest));
            }
            boolean east = !range.fixed() && hourAngle < 0;
            hourAngle = ObservingConditions.hourAngleDeg(airmass, before.declinationDeg(), before.latitudeDeg())
                    * (east ? -1 : 1);
        }
        return new ObservingConditions(
                before.night(),
                before.exposureSeconds(),
                before.rightAscensionDeg(),
                before.declinationDeg(),
                hourAngle,
                before.latitudeDeg(),
                before.temperatureCelsius(),
                before.pressureHPa(),
                before.humidityPercent(),
                between("--seeing", value("--seeing", options.seeingArcsec, frame, before.seeingArcsec()), 0.4, 6));
    }

    private SimulatedPsf profile(ObservingConditions conditions) {
        PsfConfig.Type type = config.psf().type();
        String family = options.psf;
        if (family != null) {
            try {
                type = PsfConfig.Type.valueOf(family.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw new UsageException(
                        "--psf " + family + " is none of moffat, gauss, moffat_gauss and double_moffat", e);
            }
        }
        return SimulatedPsf.ofSeeing(type, conditions.seeingAtAirmassArcsec(), arcsecPerPx())
                .withPixelIntegration(!options.sampled);
    }

    /** Where the plate scale is unknown the seeing is given in pixels. */
    private double arcsecPerPx() {
        double scale = config.ccd().plateScaleArcsec();
        return scale > 0 ? scale : 1;
    }

    private SimulatedAtmosphere air(int frame, SimulatedAtmosphere before) {
        return new SimulatedAtmosphere(
                value("--ozone", options.ozoneDu, frame, before.ozoneDu()),
                value("--pwv", options.waterMm, frame, before.waterMm()),
                value("--aerosols", options.aerosolDepth, frame, before.aerosolDepth()),
                value("--angstrom", options.angstrom, frame, before.angstromExponent()));
    }

    private SimulatedSky sky(int frame, SimulatedSky before) {
        String gradient = options.gradient;
        double slopeX = before.gradientX();
        double slopeY = before.gradientY();
        if (gradient != null) {
            SamplingRange[] slopes = pair("--gradient", gradient);
            slopeX = value("--gradient, x", slopes[0], frame, 0);
            slopeY = value("--gradient, y", slopes[1], frame, 0);
        }
        return new SimulatedSky(
                value("--sky", options.sky, frame, before.levelAduPerS()),
                slopeX,
                slopeY,
                value("--vignetting", options.vignetting, frame, before.vignetting()));
    }

    private SimulatedDetector detector(SimulatedDetector before) {
        return before.withBlemishes(
                        or(options.cosmics, before.cosmicRays()),
                        or(options.hotPixels, before.hotPixels()),
                        or(options.hotColumns, before.hotColumns()),
                        or(options.deadColumns, before.deadColumns()))
                .withNoise(!options.noNoise);
    }

    private PixelPosition place(int frame, SimulationSettings before) {
        String position = options.position;
        if (position == null) {
            return before.order0();
        }
        SamplingRange[] ranges = pair("--position", position);
        SimulatedDetector chip = before.detector();
        return new PixelPosition(
                between("--position, x", value("--position, x", ranges[0], frame, 0), 0, chip.width() - 1),
                between("--position, y", value("--position, y", ranges[1], frame, 0), 0, chip.height() - 1));
    }

    private static SamplingRange[] pair(String option, String text) {
        String[] parts = text.split(",", -1);
        if (parts.length != 2) {
            throw new UsageException(option + " " + text + ": two numbers or ranges with a comma between are needed");
        }
        try {
            RangeConverter converter = new RangeConverter();
            return new SamplingRange[] {converter.convert(parts[0]), converter.convert(parts[1])};
        } catch (TypeConversionException e) {
            throw new UsageException(
                    option + " " + text + ": two numbers or ranges with a comma between are needed; " + e.getMessage(),
                    e);
        }
    }

    private static double between(String option, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            throw new UsageException(option + " = " + value + " must lie between " + low + " and " + high);
        }
        return value;
    }

    private static int or(@Nullable Integer value, int otherwise) {
        return value == null ? otherwise : value;
    }
}
