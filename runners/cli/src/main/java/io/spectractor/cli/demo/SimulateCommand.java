package io.spectractor.cli.demo;

import io.spectractor.batch.ExitCode;
import io.spectractor.batch.UsageException;
import io.spectractor.batch.run.Machine;
import io.spectractor.core.atmosphere.AtmosphereModel;
import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.calibration.DescribedCalibration;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.instrument.Instrument;
import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.observation.FitsSource;
import io.spectractor.core.observation.FlatField;
import io.spectractor.core.outcome.ExtractionException;
import io.spectractor.core.simulation.CameraFormat;
import io.spectractor.core.simulation.FrameSimulator;
import io.spectractor.core.simulation.NightSchedule;
import io.spectractor.core.simulation.SimulatedCamera;
import io.spectractor.core.simulation.SimulatedDetector;
import io.spectractor.core.simulation.SimulatedNight;
import io.spectractor.core.simulation.SimulatedNight.PlannedFrame;
import io.spectractor.core.target.Target;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code spectractor simulate}: frames of stars, their truth and a logbook. */
@Command(
        name = "simulate",
        description =
                "Makes frames of stars with known truth, as an instrument writes them, and the logbook that 'run' reads.",
        sortOptions = false,
        footer = {
            "",
            "Without --night the frames show one star at random hour angles, in weather that",
            "has nothing to do with that of the frame before. With --night they are spread",
            "over the dark hours, and the weather drifts. What an option fixes holds for all",
            "frames. DIR/truth/ has what is in each frame, DIR/logbook.csv the log.",
            "",
            "Where a description has a default that varies, LOW:HIGH may stand for the number:",
            "the frames are then spread evenly over that range, in random order, each",
            "quantity for itself. DIR/truth/frames.csv has what was drawn. For example",
            "  spectractor simulate --disperser all --seeing 0.6:3 --flux 0.02:1 --pwv 1:8 \\",
            "    --position 400:900,300:1000 --count 100 --out campaign"
        })
public final class SimulateCommand implements Callable<Integer> {
    private static final int FRAMES_PER_NIGHT = 24;
    private static final String ALL = "all";
    private static final String USUAL_STAR = "HD111980";
    private static final String NORTHERN_STAR = "BD+17 4708";

    @Option(
            names = "--target",
            paramLabel = "NAME",
            split = ",",
            description =
                    "Star or lamp (Hg, Hg-Ar), or several in turn, with commas between. Default: HD111980, in the north BD+17 4708,"
                            + " on a bench its lamp")
    private List<String> targets = List.of();

    @Option(
            names = "--instrument",
            paramLabel = "NAME|FILE",
            description =
                    "Instrument of the frames: a name of 'spectractor instrument list', or a file that describes it."
                            + " Default: ctio")
    private @Nullable String instrument;

    @Option(
            names = "--frame",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "How files are written: the name of a frame in the instrument's description, as raw."
                    + " Default: the first")
    private String frame = "auto";

    @Option(
            names = "--disperser",
            paramLabel = "LABEL",
            split = ",",
            description = "Disperser, or several in turn, or all. Default: HoloAmAg, or the instrument's first")
    private List<String> dispersers = List.of();

    @Option(names = "--filter", paramLabel = "LABEL", description = "Filter. Default: none")
    private @Nullable String filter;

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "Number of frames. Default: 1, with --night " + FRAMES_PER_NIGHT)
    private @Nullable Integer count;

    @Option(names = "--night", description = "A whole night: targets and dispersers in turn.")
    private boolean wholeNight;

    @Option(
            names = "--exposure",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "Exposure time. Default: ${DEFAULT-VALUE}")
    private double exposureSeconds;

    @Option(
            names = "--date",
            paramLabel = "YYYY-MM-DD",
            description = "Night, by its date at sunset. Default: 2017-05-30 for ctio, 2024-06-24 otherwise")
    private @Nullable LocalDate date;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "The same seed gives the same bytes. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--flat",
            paramLabel = "FILE",
            description = "FITS image of how strongly each pixel responds, about 1. Default: all alike")
    private @Nullable Path flat;

    @Option(names = "--workers", paramLabel = "N", description = "Frames in progress at a time. Default: one per core")
    private @Nullable Integer workers;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Where frames and logbook go.")
    private Path out = Path.of("");

    @Mixin
    private FrameOptions frameOptions = new FrameOptions();

    @Spec
    private @Nullable CommandSpec spec;

    private final Supplier<CalibrationStore> calibration;
    private final Function<String, Instrument> instruments;

    /**
     * @param calibration opens the calibration data
     * @param instruments finds an instrument by its name or the file that describes it
     */
    public SimulateCommand(Supplier<CalibrationStore> calibration, Function<String, Instrument> instruments) {
        this.calibration = calibration;
        this.instruments = instruments;
    }

    @Override
    public Integer call() {
        if (workers != null && workers < 1) {
            throw new UsageException("--workers must be at least 1");
        }
        Instrument chosen = instrument == null ? Instruments.ctio() : instruments.apply(instrument);
        CalibrationStore store = DescribedCalibration.of(calibration.get(), chosen);
        ExtractionConfig config = chosen.config();
        List<PlannedFrame> frames;
        try {
            SimulatedCamera camera = SimulatedCamera.of(config);
            List<String> known = camera.dispersers(store);
            if (dispersers.equals(List.of(ALL))) {
                dispersers = known;
            } else if (dispersers.isEmpty()) {
                dispersers = List.of(camera.usualDisperser(known, store));
            }
            if (targets.isEmpty()) {
                boolean north = !new SimulatedNight(config, store).rises(USUAL_STAR);
                targets = List.of(camera.usualTarget().orElse(north ? NORTHERN_STAR : USUAL_STAR));
            }
            FrameSimulator simulator = simulator(config, camera, store);
            frames = plan(config, camera, simulator, store);
            new SeriesWriter(simulator, store, CameraFormat.of(chosen, frame), out, frameOptions.starCatalogue())
                    .write(frames, workers == null ? Machine.defaultWorkers() : workers);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new UsageException("frames can't be written to " + out + " (" + e + "); choose another --out", e);
        }
        PrintWriter console = Console.out(spec);
        console.printf(
                Locale.ROOT,
                "%d frame%s of %s through %s in %s%n",
                frames.size(),
                frames.size() == 1 ? "" : "s",
                String.join(", ", targets),
                String.join(", ", dispersers),
                out);
        console.println("extract them: spectractor run " + out + " --logbook " + out.resolve("logbook.csv")
                + (instrument == null || Instruments.named(instrument).isPresent() ? "" : " --instrument " + instrument)
                + " --out products");
        console.flush();
        return ExitCode.ALL_DONE.code();
    }

    /** Frames whose every name and number was found good, before the first is drawn. */
    private List<PlannedFrame> plan(
            ExtractionConfig config, SimulatedCamera camera, FrameSimulator simulator, CalibrationStore store) {
        LocalDate night = date == null ? camera.night() : date;
        List<PlannedFrame> planned = wholeNight ? wholeNight(config, store, night) : inTurn(config, store, night);
        FrameChanges changes = new FrameChanges(frameOptions, planned.size(), seed, simulator, config, store);
        List<PlannedFrame> frames = new ArrayList<>();
        for (int i = 0; i < planned.size(); i++) {
            frames.add(changes.apply(i, planned.get(i)));
        }
        return frames;
    }

    private FrameSimulator simulator(ExtractionConfig config, SimulatedCamera camera, CalibrationStore store) {
        FrameSimulator simulator = new FrameSimulator(config, atmosphere(store));
        if (flat == null) {
            return simulator;
        }
        try {
            FlatField response = FlatField.read(FitsSource.of(flat));
            SimulatedDetector chip = camera.detector();
            if (response.width() != chip.width() || response.height() != chip.height()) {
                throw new UsageException("--flat: " + flat + " has " + response.width() + " x " + response.height()
                        + " pixels, the chip " + chip.width() + " x " + chip.height());
            }
            return simulator.withFlat(response);
        } catch (ExtractionException e) {
            throw new UsageException("--flat: " + e.getMessage(), e);
        }
    }

    private @Nullable AtmosphereModel atmosphere(CalibrationStore store) {
        String grid = frameOptions.grid;
        return grid == null ? null : AtmosphereChoice.grid(grid, Path.of(""), store);
    }

    private int frames(int otherwise) {
        if (count != null && count < 1) {
            throw new UsageException("--count " + count + ": must be 1 or more");
        }
        return count == null ? otherwise : count;
    }

    private List<PlannedFrame> wholeNight(ExtractionConfig config, CalibrationStore store, LocalDate night) {
        if (frameOptions.fixesAirmass()) {
            throw new UsageException("--airmass and --night contradict each other: in a night the airmass follows the"
                    + " clock; leave one out");
        }
        return new NightSchedule(config, store)
                .plan(new NightSchedule.Request(
                        targets, dispersers, filter, frames(FRAMES_PER_NIGHT), night, exposureSeconds, seed));
    }

    /** Frame by frame the next disperser, and after the last one the next target: other things being equal. */
    private List<PlannedFrame> inTurn(ExtractionConfig config, CalibrationStore store, LocalDate night) {
        List<List<PlannedFrame>> series = new ArrayList<>();
        for (String target : targets) {
            if (frameOptions.fixesAirmass()
                    && store.target(target)
                            .filter(t -> t.kind() == Target.Kind.LAMP)
                            .isPresent()) {
                throw new UsageException(target + " is a lamp, without air before it; leave out --airmass");
            }
            for (String disperser : dispersers) {
                series.add(new SimulatedNight(config, store)
                        .plan(new SimulatedNight.Request(
                                target, disperser, filter, frames(1), night, exposureSeconds, seed)));
            }
        }
        List<PlannedFrame> frames = new ArrayList<>();
        for (int i = 0; i < series.get(0).size(); i++) {
            frames.add(series.get(i % series.size()).get(i));
        }
        return frames;
    }
}
