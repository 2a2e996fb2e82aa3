package io.spectractor.cli;

import io.spectractor.batch.run.ImageEngine;
import io.spectractor.batch.run.ProgressMeter;
import io.spectractor.batch.run.RunControl;
import io.spectractor.calib.EmbeddedCalibration;
import io.spectractor.core.observation.ExposureRequest;
import io.spectractor.core.outcome.Failure;
import io.spectractor.core.outcome.FailureKind;
import io.spectractor.core.outcome.Stage;
import io.spectractor.core.outcome.StageTimings;
import io.spectractor.core.pipeline.ExtractionOutcome;
import io.spectractor.testkit.SmallProduct;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The program with an engine that does what the text of the image file says. */
final class FakeProgram {
    /** Before the path of a file: the image is in work until there is such a file. */
    static final String UNTIL = "until ";

    final List<ExposureRequest> requests = new CopyOnWriteArrayList<>();
    private final Path workingFolder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Consumer<RunControl> onRun = control -> {};
    private Clock clock = Clock.systemUTC();

    FakeProgram(Path workingFolder) {
        this.workingFolder = workingFolder;
    }

    /** In a folder with two images that can be extracted and a logbook that calls the second a bias exposure. */
    static FakeProgram withNight(Path workingFolder) throws IOException {
        FakeProgram program = new FakeProgram(workingFolder);
        program.image("reduc_1.fits", "ok");
        program.image("reduc_2.fits", "ok");
        Files.writeString(workingFolder.resolve("logbook.csv"), """
                file;object;Obj-posXpix;Obj-posYpix;disperser
                reduc_1.fits;HD111980;745;643;HoloAmAg
                reduc_2.fits;bias;;;
                """);
        return program;
    }

    /** Puts an image into the folder {@code night}; what its text means, the engine decides. */
    void image(String name, String text) throws IOException {
        Path night = Files.createDirectories(workingFolder.resolve("night"));
        Files.writeString(night.resolve(name), text);
    }

    FakeProgram onRun(Consumer<RunControl> consumer) {
        onRun = consumer;
        return this;
    }

    FakeProgram at(Clock time) {
        clock = time;
        return this;
    }

    /** Runs a command; standard output and error are those of this command only. */
    int run(String... words) {
        out.reset();
        err.reset();
        return Commands.execute(
                services(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8)),
                words);
    }

    Services services(PrintStream outStream, PrintStream errStream) {
        ImageEngine engine = (bytes, sha256, request) -> {
            requests.add(request);
            return act(new String(bytes, StandardCharsets.UTF_8).strip(), request);
        };
        return new Services(
                outStream,
                errStream,
                ProgressMeter.Style.plain(),
                workingFolder,
                clock,
                EmbeddedCalibration::load,
                (config, calibration) -> engine,
                onRun);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static ExtractionOutcome act(String text, ExposureRequest request) {
        StageTimings timings = StageTimings.none().with(Stage.EXTRACT, 0.25);
        if (text.startsWith("slow")) {
            pause();
        }
        if (text.startsWith(UNTIL)) {
            awaitFile(Path.of(text.substring(UNTIL.length())));
        }
        return text.startsWith("ok") || text.startsWith("slow") || text.startsWith(UNTIL)
                ? new ExtractionOutcome.Done(SmallProduct.of(request.name(), 7, new TreeSet<>()), timings)
                : new ExtractionOutcome.Failed(
                        new Failure(
                                Stage.READ,
                                FailureKind.UNPROCESSABLE,
                                request.name() + ": not a FITS file; fetch it again",
                                ""),
                        timings);
    }

    private static void awaitFile(Path file) {
        while (!Files.exists(file)) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(400);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
