package io.spectractor.core.simulation;

import io.spectractor.core.atmosphere.AtmosphereParameters;
import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.optics.Disperser;
import io.spectractor.core.target.Target;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Exposures of one star through one disperser over a night: hour angle (and with it the airmass), seeing, place on the
 * chip, weather, clouds and sky change from frame to frame as a seed says. A lamp stands in the zenith of a dark room.
 */
public final class SimulatedNight {
    private static final long STREAM_NIGHT = 5;
    private static final double MAX_AIRMASS = 1.8;
    static final double VIGNETTING = 0.03;
    /** What a bench behind black cloth leaves. */
    private static final SimulatedSky STRAY_LIGHT = new SimulatedSky(0.05, 0, 0, 0);

    /** A person who reads a position off the screen is wrong by so much. */
    private static final int GUESS_ERROR_PX = 4;

    private final ExtractionConfig config;
    private final CalibrationStore store;
    private final SimulatedCamera camera;

    /**
     * What to simulate.
     *
     * @param target name of the star
     * @param disperser label
     * @param filter label, or null for none
     * @param count number of frames
     * @param night local date at sunset
     * @param exposureSeconds exposure time of each frame, s
     * @param seed of everything random
     */
    public record Request(
            String target,
            String disperser,
            @Nullable String filter,
            int count,
            LocalDate night,
            double exposureSeconds,
            long seed) {
        public Request {
            SettingsCheck.range("number of frames", count, 1, 100_000);
            SettingsCheck.positive("exposure time", exposureSeconds);
        }
    }

    /**
     * One exposure of the night.
     *
     * @param stem file name without ending
     * @param settings of the frame
     * @param guess where an observer would say that order 0 is, px
     */
    public record PlannedFrame(String stem, SimulationSettings settings, PixelPosition guess) {}

    /**
     * @param config configuration, which describes the camera
     * @param store calibration data
     * @throws IllegalArgumentException as {@link SimulatedCamera#of}
     */
    public SimulatedNight(ExtractionConfig config, CalibrationStore store) {
        this.camera = SimulatedCamera.of(config);
        this.config = config;
        this.store = store;
    }

    /**
     * The exposures in the order of time.
     *
     * @throws IllegalArgumentException if the calibration data lack target or disperser, or the star never rises high
     *     enough
     */
    public List<PlannedFrame> plan(Request request) {
        CalibrationLookup lookup = new CalibrationLookup(store);
        Target target = lookup.target(request.target());
        Disperser disperser = lookup.disperser(request.disperser());
        RandomSource random = new RandomSource(request.seed(), STREAM_NIGHT);
        double[] hourAngles = hourAngles(request, target, random);
        String day = request.night().format(DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT));
        List<PlannedFrame> frames = new ArrayList<>();
        for (int i = 0; i < request.count(); i++) {
            PixelPosition order0 = lookup.place(camera, List.of(disperser), random);
            SimulationSettings settings = settings(request, target, disperser, order0, hourAngles[i], random, i);
            PixelPosition guess = guess(order0, random);
            frames.add(new PlannedFrame(String.format(Locale.ROOT, "sim_%s_%03d", day, i + 1), settings, guess));
        }
        return frames;
    }

    /** Whether a target is in the calibration data and rises high enough to be drawn. */
    public boolean rises(String target) {
        return store.target(target).filter(t -> highest(t) > 0).isPresent();
    }

    /** Hour angle up to which a target is high enough, degrees; not above 0 if it never is. */
    private double highest(Target target) {
        return ObservingConditions.hourAngleDeg(
                MAX_AIRMASS, target.declinationDeg(), config.site().latitudeDeg());
    }

    private double[] hourAngles(Request request, Target target, RandomSource random) {
        if (target.kind() == Target.Kind.LAMP) {
            return new double[request.count()];
        }
        double limit = highest(target);
        if (!(limit > 0)) {
            throw new IllegalArgumentException("simulation: " + target.name() + " never rises above airmass "
                    + MAX_AIRMASS + " at latitude " + config.site().latitudeDeg() + "; choose another target");
        }
        double[] hourAngles = new double[request.count()];
        for (int i = 0; i < hourAngles.length; i++) {
            hourAngles[i] = random.uniform(-limit, limit);
        }
        Arrays.sort(hourAngles);
        return hourAngles;
    }

    /** Where an observer would say that order 0 is. */
    static PixelPosition guess(PixelPosition order0, RandomSource random) {
        return new PixelPosition(
                Math.rint(order0.x() + random.uniform(-GUESS_ERROR_PX, GUESS_ERROR_PX)),
                Math.rint(order0.y() + random.uniform(-GUESS_ERROR_PX, GUESS_ERROR_PX)));
    }

    private SimulationSettings settings(
            Request request,
            Target target,
            Disperser disperser,
            PixelPosition order0,
            double hourAngleDeg,
            RandomSource random,
            int index) {
        boolean lamp = target.kind() == Target.Kind.LAMP;
        double seeing = random.uniform(0.9, 1.5);
        ObservingConditions conditions = new ObservingConditions(
                request.night(),
                request.exposureSeconds(),
                lamp ? 0 : target.rightAscensionDeg(),
                lamp ? config.site().latitudeDeg() : target.declinationDeg(),
                hourAngleDeg,
                config.site().latitudeDeg(),
                Math.rint(10 * random.uniform(5, 12)) / 10,
                Math.rint(10 * (random.uniform(779, 786) + camera.pressureOffsetHPa())) / 10,
                Math.rint(random.uniform(15, 45)),
                seeing);
        SimulatedSky sky = lamp
                ? STRAY_LIGHT
                : new SimulatedSky(
                        random.uniform(0.15, 0.3) * camera.skyFactor(),
                        random.uniform(-0.1, 0.1),
                        random.uniform(-0.1, 0.1),
                        VIGNETTING);
        return SimulationSettings.builder(
                        target.name(),
                        disperser.label(),
                        order0,
                        config.dispersion().distanceMm()
                                + config.dispersion().distanceErrorMm() * random.uniform(-1, 1),
                        conditions,
                        SimulatedPsf.ofSeeing(
                                config.psf().type(), conditions.seeingAtAirmassArcsec(), camera.arcsecPerPx()))
                .filter(request.filter())
                .fluxScale(random.uniform(0.85, 1))
                .air(new SimulatedAtmosphere(
                        Math.rint(random.uniform(250, 310)),
                        Math.rint(100 * random.uniform(2, 7)) / 100,
                        Math.rint(1e4 * random.uniform(0.02, 0.06)) / 1e4,
                        AtmosphereParameters.USUAL_ANGSTROM_EXPONENT))
                .sky(sky)
                .detector(camera.withBlemishes(0, 0))
                .stars(List.of(), lamp ? 0 : 40)
                .seed(request.seed() + 1_000_003L * (index + 1))
                .build();
    }

    /**
     * The logbook of a night in the columns of the CTIO campaign's: separated by semicolons, a point in decimals.
     *
     * @param frames the exposures
     */
    public static String logbook(List<PlannedFrame> frames) {
        StringBuilder text = new StringBuilder("file;date;object;filter;disperser;airmass;exposure;seeing;P;T;RH;"
                + "Obj-posXpix;Obj-posYpix;Dx;Dy;comment;skip\n");
        for (PlannedFrame frame : frames) {
            SimulationSettings settings = frame.settings();
            ObservingConditions conditions = settings.conditions();
            text.append(String.format(
                    Locale.ROOT,
                    "%s.fits;%s;%s;%s;%s;%.3f;%.0f;%.2f;%.1f;%.1f;%.0f;%.0f;%.0f;;;simulated, seed %d;%n",
                    frame.stem(),
                    conditions.night(),
                    settings.target(),
                    settings.filter() == null ? "dia" : settings.filter(),
                    settings.disperser(),
                    conditions.airmass(),
                    conditions.exposureSeconds(),
                    conditions.seeingArcsec(),
                    conditions.pressureHPa(),
                    conditions.temperatureCelsius(),
                    conditions.humidityPercent(),
                    frame.guess().x(),
                    frame.guess().y(),
                    settings.seed()));
        }
        return text.toString().replace(System.lineSeparator(), "\n");
    }
}
