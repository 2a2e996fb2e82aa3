package io.spectractor.core.simulation;

import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.optics.Disperser;
import io.spectractor.core.simulation.SimulatedNight.PlannedFrame;
import io.spectractor.core.target.Target;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A night at the telescope: exposures spread evenly over the dark hours in which a target stands high enough, targets and
 * dispersers in turn, airmass from the time, weather that drifts.
 */
public final class NightSchedule {
    private static final long STREAM_WHOLE_NIGHT = 7;
    private static final double MAX_AIRMASS = 2;
    /** Reading out and pointing anew. */
    private static final double OVERHEAD_S = 40;
    /** How far a target is from where it was meant to be, px. */
    private static final double POINTING_PX = 8;

    private final ExtractionConfig config;
    private final CalibrationStore store;
    private final SimulatedCamera camera;

    /**
     * What to observe.
     *
     * @param targets names of the stars
     * @param dispersers labels
     * @param filter label, or null for none
     * @param count number of exposures
     * @param night local date at sunset
     * @param exposureSeconds exposure time of each, s
     * @param seed of everything random
     */
    public record Request(
            List<String> targets,
            List<String> dispersers,
            @Nullable String filter,
            int count,
            LocalDate night,
            double exposureSeconds,
            long seed) {
        public Request {
            targets = List.copyOf(targets);
            dispersers = List.copyOf(dispersers);
            SettingsCheck.range("number of frames", count, 1, 100_000);
            SettingsCheck.positive("exposure time", exposureSeconds);
        }
    }

    /** A minute in which something can be observed. */
    private record Slot(Instant start, List<Target> visible) {}

    /**
     * @param config configuration, which describes the camera
     * @param store calibration data
     * @throws IllegalArgumentException as {@link SimulatedCamera#of}
     */
    public NightSchedule(ExtractionConfig config, CalibrationStore store) {
        this.camera = SimulatedCamera.of(config);
        this.config = config;
        this.store = store;
    }

    /**
     * The exposures in the order of time.
     *
     * @throws IllegalArgumentException if the calibration data lack a target or a disperser, no target stands high enough
     *     while it is dark, or so many exposures do not fit into the night
     */
    public List<PlannedFrame> plan(Request request) {
        CalibrationLookup lookup = new CalibrationLookup(store);
        List<Target> targets = request.targets().stream().map(lookup::inTheSky).toList();
        List<Disperser> dispersers =
                request.dispersers().stream().map(lookup::disperser).toList();
        List<Slot> slots = slots(request, targets);
        RandomSource random = new RandomSource(request.seed(), STREAM_WHOLE_NIGHT);
        NightWeather weather = new NightWeather(random);
        PixelPosition meant = lookup.place(camera, dispersers, random);
        Instant evening = slots.get(0).start();
        Instant last = evening;
        List<PlannedFrame> frames = new ArrayList<>();
        for (int i = 0; i < request.count(); i++) {
            Slot slot = slots.get((int) ((i + 0.5) * slots.size() / request.count()));
            weather.advance(hours(last, slot.start()));
            last = slot.start();
            Target target = slot.visible().get(i % slot.visible().size());
            // every target gets every disperser before the first one comes again
            Disperser disperser = dispersers.get(i / slot.visible().size() % dispersers.size());
            double hoursSinceEvening = hours(evening, slot.start());
            SimulationSettings settings = settings(
                            request,
                            target,
                            disperser,
                            shifted(meant, random),
                            slot.start(),
                            weather,
                            hoursSinceEvening)
                    .sky(sky(weather, random))
                    .seed(request.seed() + 1_000_003L * (i + 1))
                    .build();
            frames.add(new PlannedFrame(
                    String.format(
                            Locale.ROOT,
                            "sim_%s_%03d",
                            request.night().toString().replace("-", ""),
                            i + 1),
                    settings,
                    SimulatedNight.guess(settings.order0(), random)));
        }
        return frames;
    }

    private List<Slot> slots(Request request, List<Target> targets) {
        List<Slot> slots = new ArrayList<>();
        double latitude = config.site().latitudeDeg();
        for (Instant minute : NauticalNight.minutes(request.night(), camera.longitudeDeg(), latitude)) {
            List<Target> visible = targets.stream()
                    .filter(target -> Math.abs(hourAngleDeg(target, minute))
                            < ObservingConditions.hourAngleDeg(MAX_AIRMASS, target.declinationDeg(), latitude))
                    .toList();
            if (!visible.isEmpty()) {
                slots.add(new Slot(minute, visible));
            }
        }
        if (slots.isEmpty()) {
            throw new IllegalArgumentException("simulation: in the night of " + request.night() + " "
                    + String.join(", ", request.targets()) + " never stands above airmass " + MAX_AIRMASS
                    + " while it is dark; choose another date or target");
        }
        int most = (int) (slots.size() * 60 / (request.exposureSeconds() + OVERHEAD_S));
        if (request.count() > most) {
            throw new IllegalArgumentException(
                    "simulation: number of frames = " + request.count() + ", but only " + most
                            + " exposures of " + request.exposureSeconds() + " s fit into the " + slots.size()
                            + " dark minutes with a target above airmass " + MAX_AIRMASS);
        }
        return slots;
    }

    private SimulationSettings.Builder settings(
            Request request,
            Target target,
            Disperser disperser,
            PixelPosition order0,
            Instant start,
            NightWeather weather,
            double hours) {
        ObservingConditions conditions = new ObservingConditions(
                request.night(),
                request.exposureSeconds(),
                target.rightAscensionDeg(),
                target.declinationDeg(),
                hourAngleDeg(target, start),
                config.site().latitudeDeg(),
                weather.temperatureCelsius(hours),
                weather.pressureHPa() + camera.pressureOffsetHPa(),
                weather.humidityPercent(hours),
                weather.seeingArcsec());
        return SimulationSettings.builder(
                        target.name(),
                        disperser.label(),
                        order0,
                        config.dispersion().distanceMm(),
                        conditions,
                        SimulatedPsf.ofSeeing(
                                config.psf().type(), conditions.seeingAtAirmassArcsec(), camera.arcsecPerPx()))
                .filter(request.filter())
                .fluxScale(weather.cloudTransmission())
                .air(weather.air())
                .detector(camera.withBlemishes(0, 0))
                .stars(List.of(), 40);
    }

    private SimulatedSky sky(NightWeather weather, RandomSource random) {
        return new SimulatedSky(
                weather.skyAduPerS() * camera.skyFactor(),
                random.uniform(-0.1, 0.1),
                random.uniform(-0.1, 0.1),
                SimulatedNight.VIGNETTING);
    }

    private static PixelPosition shifted(PixelPosition meant, RandomSource random) {
        return new PixelPosition(
                meant.x() + random.uniform(-POINTING_PX, POINTING_PX),
                meant.y() + random.uniform(-POINTING_PX, POINTING_PX));
    }

    private double hourAngleDeg(Target target, Instant instant) {
        return Math.IEEEremainder(
                SiderealTime.localDeg(instant, camera.longitudeDeg()) - target.rightAscensionDeg(), 360);
    }

    private static double hours(Instant from, Instant to) {
        return Duration.between(from, to).toSeconds() / 3600.0;
    }
}
