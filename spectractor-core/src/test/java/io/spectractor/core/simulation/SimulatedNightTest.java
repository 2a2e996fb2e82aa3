package io.spectractor.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spectractor.core.atmosphere.AtmosphereTables;
import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.observation.Exposure;
import io.spectractor.core.observation.ExposureRequest;
import io.spectractor.core.observation.InstrumentReader;
import io.spectractor.core.observation.Logbook;
import io.spectractor.core.observation.ObservationMetadata;
import io.spectractor.core.optics.Disperser;
import io.spectractor.core.optics.PositionMap;
import io.spectractor.core.optics.TabulatedCurve;
import io.spectractor.core.simulation.SimulatedNight.PlannedFrame;
import io.spectractor.core.target.SpectralLine;
import io.spectractor.core.target.Target;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class SimulatedNightTest {
    private static final ExtractionConfig CONFIG = Instruments.ctio().config();
    private static final SimulatedNight NIGHT = new SimulatedNight(CONFIG, new Store());

    private static SimulatedNight.Request request(String target, int count, long seed) {
        return new SimulatedNight.Request(target, "grating", null, count, LocalDate.of(2017, 5, 30), 60, seed);
    }

    @Test
    void theLogbookIsReadByOurReader() {
        List<PlannedFrame> frames = NIGHT.plan(request("star", 5, 3));
        Logbook logbook = Logbook.read(SimulatedNight.logbook(frames).getBytes(StandardCharsets.UTF_8), "logbook.csv");
        assertThat(logbook.entries()).hasSize(5);
        for (PlannedFrame frame : frames) {
            var entry = logbook.find(frame.stem() + ".fits").orElseThrow();
            assertThat(entry.object()).isEqualTo("star");
            assertThat(entry.disperser()).isEqualTo("grating");
        }
    }

    @Test
    void framesDifferWithinBoundsAndComeInTheOrderOfTime() {
        List<PlannedFrame> frames = NIGHT.plan(request("star", 40, 1));
        double last = -360;
        for (PlannedFrame frame : frames) {
            ObservingConditions conditions = frame.settings().conditions();
            assertThat(conditions.airmass()).isBetween(1.0, 1.81);
            assertThat(conditions.hourAngleDeg()).isGreaterThan(last);
            last = conditions.hourAngleDeg();
            assertThat(frame.guess().distanceTo(frame.settings().order0())).isLessThan(7);
        }
        assertThat(frames.stream().map(f -> f.settings().seed()).distinct()).hasSize(40);
        assertThat(frames.stream().map(f -> f.settings().order0()).distinct()).hasSize(40);
        assertThat(frames.get(39).stem()).isEqualTo("sim_20170530_040");
    }

    @Test
    void theSameSeedGivesTheSameNight() {
        assertThat(SimulatedNight.logbook(NIGHT.plan(request("star", 6, 8))))
                .isEqualTo(SimulatedNight.logbook(NIGHT.plan(request("star", 6, 8))))
                .isNotEqualTo(SimulatedNight.logbook(NIGHT.plan(request("star", 6, 9))));
    }

    /** What our reader makes of a frame is what was drawn: metadata from the cards, rates and variance from pixels. */
    @Test
    void aFrameIsReadBackAsItWasMade() {
        PlannedFrame frame = NIGHT.plan(request("star", 1, 2)).get(0);
        SimulationSettings settings = frame.settings().toBuilder()
                .detector(SimulatedDetector.ctio().withNoise(false))
                .stars(List.of(), 0)
                .build();
        SimulatedFrame simulated = new FrameSimulator(CONFIG).simulate(settings, new Store());
        Exposure exposure = new InstrumentReader(Instruments.ctio())
                .read(FrameFiles.imageBytes(simulated), ExposureRequest.of("sim.fits"), CONFIG)
                .exposure();
        ObservationMetadata metadata = exposure.metadata();
        ObservingConditions conditions = settings.conditions();
        assertThat(metadata.disperser()).isEqualTo("grating");
        assertThat(metadata.filter()).isNull();
        assertThat(metadata.exposureSeconds()).isEqualTo(60);
        assertThat(metadata.airmass()).isCloseTo(conditions.airmass(), Assertions.within(1e-6));
        assertThat(metadata.hourAngleDeg()).isCloseTo(conditions.hourAngleDeg(), Assertions.within(5e-5));
        assertThat(metadata.declinationDeg()).isCloseTo(conditions.declinationDeg(), Assertions.within(2e-6));
        assertThat(metadata.pressureHPa()).isEqualTo(conditions.pressureHPa());
        int y = (int) Math.rint(settings.order0().y());
        assertThat(exposure.image().mask((int) Math.rint(settings.order0().x()), y))
                .as("order 0 is saturated")
                .isNotZero();
        for (int x = 100; x < 2000; x += 50) {
            double rate = simulated.adu()[y * 2048 + x] / 60;
            if (exposure.image().isGood(x, y)) {
                assertThat(exposure.image().rate(x, y)).isCloseTo(rate, Assertions.within(1e-5 * rate));
                double variance = (rate * 60 * 3 + 144) / (9 * 60 * 60);
                assertThat(exposure.image().variance(x, y)).isCloseTo(variance, Assertions.within(1e-4 * variance));
            }
        }
    }

    private static NightSchedule.Request wholeNight(int count, long seed) {
        return new NightSchedule.Request(
                List.of("star", "dark"), List.of("grating"), null, count, LocalDate.of(2017, 5, 30), 60, seed);
    }

    @Test
    void aWholeNightFollowsTheClock() {
        List<PlannedFrame> frames = new NightSchedule(CONFIG, new Store()).plan(wholeNight(40, 1));
        assertThat(frames).hasSize(40);
        double before = -180;
        double lastSeeing = 0;
        double largestStep = 0;
        double highest = 0;
        double lowest = 9;
        for (PlannedFrame frame : frames) {
            SimulationSettings settings = frame.settings();
            ObservingConditions conditions = settings.conditions();
            assertThat(conditions.airmass()).isBetween(1.0, 2.0);
            assertThat(conditions.hourAngleDeg()).isGreaterThan(before);
            before = conditions.hourAngleDeg();
            assertThat(settings.fluxScale()).isBetween(0.8, 1.0);
            double seeing = conditions.seeingArcsec();
            largestStep = lastSeeing == 0 ? 0 : Math.max(largestStep, Math.abs(seeing - lastSeeing));
            lastSeeing = seeing;
            highest = Math.max(highest, seeing);
            lowest = Math.min(lowest, seeing);
        }
        assertThat(highest - lowest).as("seeing drifts").isGreaterThan(0.1);
        assertThat(largestStep).as("and does not jump").isLessThan(0.8 * (highest - lowest));
        assertThat(frames.stream().map(f -> f.settings().target()).distinct()).containsExactly("star", "dark");
        assertThat(SimulatedNight.logbook(frames))
                .isEqualTo(SimulatedNight.logbook(new NightSchedule(CONFIG, new Store()).plan(wholeNight(40, 1))));
    }

    @Test
    void aNightThatIsTooFullOrWithoutTheStarIsRefused() {
        NightSchedule night = new NightSchedule(CONFIG, new Store());
        assertThatThrownBy(() -> night.plan(wholeNight(5000, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("5000")
                .hasMessageContaining("fit into");
        assertThatThrownBy(() -> night.plan(new NightSchedule.Request(
                        List.of("star"), List.of("grating"), null, 1, LocalDate.of(2017, 10, 15), 60, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2017-10-15")
                .hasMessageContaining("never stands above airmass");
    }

    @Test
    void whatTheCalibrationLacksIsNamed() {
        assertThatThrownBy(() -> NIGHT.plan(request("nobody", 1, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nobody")
                .hasMessageContaining("known: dark, star");
        PlannedFrame dark = NIGHT.plan(request("dark", 1, 1)).get(0);
        assertThatThrownBy(() -> new FrameSimulator(CONFIG).simulate(dark.settings(), new Store()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("dark")
                .hasMessageContaining("no spectral energy distribution");
    }

    /** One star, one dark star, one grating. */
    private static final class Store implements CalibrationStore {
        private static final TabulatedCurve FLAT =
                new TabulatedCurve(new double[] {350, 1100}, new double[] {1e-12, 1e-12}, TabulatedCurve.Outside.ZERO);

        @Override
        public String version() {
            return "test";
        }

        @Override
        public String sha256() {
            return "0".repeat(64);
        }

        @Override
        public SortedSet<String> disperserNames() {
            return new TreeSet<>(List.of("grating"));
        }

        @Override
        public Optional<Disperser> disperser(String label) {
            TabulatedCurve half = TabulatedCurve.constant(0.5);
            return label.equals("grating")
                    ? Optional.of(new Disperser(
                            label,
                            label,
                            PositionMap.constant(350),
                            PositionMap.constant(-1),
                            new TabulatedCurve(
                                    new double[] {340, 1110}, new double[] {0.5, 0.5}, TabulatedCurve.Outside.ZERO),
                            half,
                            null))
                    : Optional.empty();
        }

        @Override
        public SortedSet<String> throughputNames() {
            return new TreeSet<>(List.of("ctio"));
        }

        @Override
        public Optional<TabulatedCurve> throughput(String name) {
            return Optional.of(
                    new TabulatedCurve(new double[] {300, 1150}, new double[] {0.4, 0.4}, TabulatedCurve.Outside.ZERO));
        }

        @Override
        public Optional<TabulatedCurve> filter(String label) {
            return Optional.empty();
        }

        @Override
        public List<SpectralLine> lines() {
            return List.of();
        }

        @Override
        public SortedSet<String> targetNames() {
            return new TreeSet<>(List.of("star", "dark"));
        }

        @Override
        public Optional<Target> target(String name) {
            return targetNames().contains(name)
                    ? Optional.of(new Target(name, Target.Kind.STAR, 193, -18, 0, name.equals("star") ? FLAT : null))
                    : Optional.empty();
        }

        @Override
        public AtmosphereTables atmosphereTables() {
            double[] none = {0, 0};
            double[] one = {1, 1};
            return new AtmosphereTables(new double[] {300, 1100}, none, none, one, none, one, one);
        }
    }
}
