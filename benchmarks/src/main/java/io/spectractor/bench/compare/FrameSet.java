package io.spectractor.bench.compare;

import io.spectractor.batch.UsageException;
import io.spectractor.calib.EmbeddedCalibration;
import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.simulation.FrameFiles;
import io.spectractor.core.simulation.FrameSimulator;
import io.spectractor.core.simulation.SimulatedNight;
import io.spectractor.core.simulation.SimulatedNight.PlannedFrame;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * The images of a comparison and their logbook. A few exposures are simulated and copied until there are enough: each copy
 * is a file of its own, which has to be read from the disk as any other. A share of them, at places that the seed
 * chooses, is made slow: gzipped, which costs an extraction about as much again.
 *
 * @param images in the order of their names
 * @param logbook of them
 */
public record FrameSet(List<Path> images, Path logbook) {
    private static final String STAR = "HD111980";
    private static final String DISPERSER = "HoloAmAg";
    private static final LocalDate NIGHT = LocalDate.of(2017, 5, 30);
    private static final double EXPOSURE_S = 120;

    public FrameSet {
        images = List.copyOf(images);
    }

    /**
     * What to make.
     *
     * @param count images
     * @param distinct exposures among them
     * @param slowShare share that is made slow
     * @param seed of everything random
     */
    public record Request(int count, int distinct, double slowShare, long seed) {
        String folder() {
            return String.format(Locale.ROOT, "frames-%d-%d-%.0f-%d", count, distinct, 100 * slowShare, seed);
        }
    }

    /** Makes the images below a folder, unless they are there. */
    public static FrameSet make(Path below, Request request) throws IOException {
        Path folder = below.resolve(request.folder());
        Path logbook = folder.resolve("logbook.csv");
        if (!Files.exists(logbook)) {
            Files.createDirectories(folder);
            Files.writeString(logbook, draw(folder, request));
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> images = files.filter(f -> f.toString().matches(".*\\.fits(\\.gz)?"))
                    .sorted()
                    .toList();
            return new FrameSet(images, logbook);
        }
    }

    private static String draw(Path folder, Request request) throws IOException {
        CalibrationStore store = EmbeddedCalibration.load();
        ExtractionConfig config = Instruments.ctio().config();
        List<PlannedFrame> drawn = new SimulatedNight(config, store)
                .plan(new SimulatedNight.Request(
                        STAR,
                        DISPERSER,
                        null,
                        Math.min(request.distinct(), request.count()),
                        NIGHT,
                        EXPOSURE_S,
                        request.seed()));
        SplittableRandom random = new SplittableRandom(request.seed());
        FrameSimulator simulator = new FrameSimulator(config);
        List<PlannedFrame> frames = new ArrayList<>();
        for (int d = 0; d < drawn.size(); d++) {
            byte[] bytes = FrameFiles.imageBytes(simulator.simulate(drawn.get(d).settings(), store));
            for (int i = d; i < request.count(); i += drawn.size()) {
                String stem = String.format(Locale.ROOT, "bench_%04d", i + 1);
                frames.add(new PlannedFrame(
                        stem, drawn.get(d).settings(), drawn.get(d).guess()));
                write(folder.resolve(stem + ".fits"), bytes, random.split().nextDouble() < request.slowShare());
            }
        }
        return SimulatedNight.logbook(frames);
    }

    private static void write(Path file, byte[] bytes, boolean slow) throws IOException {
        if (!slow) {
            Files.write(file, bytes);
            return;
        }
        Path part = Path.of(file + ".part");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(part))) {
            out.write(bytes);
        }
        Files.move(part, Path.of(file + ".gz"), StandardCopyOption.REPLACE_EXISTING);
    }

    /** The first images only. */
    public FrameSet first(int count) {
        return new FrameSet(images.subList(0, Math.min(count, images.size())), logbook);
    }

    /** Reads all images once, so that the system has them in memory if it has room. */
    public void warm() throws IOException {
        for (Path image : images) {
            try (var in = Files.newInputStream(image)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
        }
    }

    /**
     * Has the system forget the images, so that they have to come from the disk.
     *
     * @throws UsageException if it cannot be done here
     */
    public void cool() throws IOException, InterruptedException {
        for (Path image : images) {
            // dd tells the system that the file is not needed any more; files written a moment ago must be on the disk
            // first
            Process dd = new ProcessBuilder("dd", "if=" + image, "iflag=nocache", "count=0", "status=none")
                    .redirectErrorStream(true)
                    .start();
            if (!dd.waitFor(1, TimeUnit.MINUTES) || dd.exitValue() != 0) {
                throw new UsageException("the system keeps " + image
                        + " in its page cache after dd iflag=nocache; leave the cold runs out with --warm-only");
            }
        }
    }
}
