package io.spectractor.cli.demo;

import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.simulation.CameraFormat;
import io.spectractor.core.simulation.FrameFiles;
import io.spectractor.core.simulation.FrameSimulator;
import io.spectractor.core.simulation.SimulatedFrame;
import io.spectractor.core.simulation.SimulatedNight;
import io.spectractor.core.simulation.SimulatedNight.PlannedFrame;
import io.spectractor.core.simulation.StarCatalogue;
import io.spectractor.core.simulation.TruthCards;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Draws the frames of a series, several at a time, and writes them with their truth and the logbook. */
final class SeriesWriter {
    private final FrameSimulator simulator;
    private final CalibrationStore store;
    private final CameraFormat format;
    private final Path folder;
    private final @Nullable StarCatalogue field;

    /** What the table of all frames says of one. */
    private record TruthRow(String heading, String row) {}

    /**
     * @param format how the camera writes its frames
     * @param field stars of the field; with them world coordinates are written too, {@code wcs/<stem>.wcs}
     */
    SeriesWriter(
            FrameSimulator simulator,
            CalibrationStore store,
            CameraFormat format,
            Path folder,
            @Nullable StarCatalogue field) {
        this.field = field;
        this.simulator = simulator;
        this.store = store;
        this.format = format;
        this.folder = folder;
    }

    /**
     * Writes {@code <stem>.fits}, {@code truth/<stem>_truth.*}, {@code truth/frames.csv} and {@code logbook.csv}.
     *
     * @param workers frames in progress at a time; they don't change a byte
     * @throws IOException if the folder can't be written
     */
    void write(List<PlannedFrame> frames, int workers) throws IOException {
        Files.createDirectories(folder);
        List<String> lines = new ArrayList<>();
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(workers, frames.size()));
        try {
            List<Future<TruthRow>> rows = new ArrayList<>();
            for (PlannedFrame frame : frames) {
                rows.add(pool.submit(() -> draw(frame)));
            }
            for (Future<TruthRow> row : rows) {
                TruthRow done = row.get();
                if (lines.isEmpty()) {
                    lines.add(done.heading());
                }
                lines.add(done.row());
            }
        } catch (ExecutionException e) {
            throw unwrapped(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            pool.shutdownNow();
        }
        Files.writeString(folder.resolve("truth").resolve("frames.csv"), String.join("\n", lines) + "\n");
        Files.writeString(folder.resolve("logbook.csv"), SimulatedNight.logbook(frames));
    }

    private TruthRow draw(PlannedFrame frame) throws IOException {
        SimulatedFrame simulated = simulator.simulate(frame.settings(), store);
        FrameFiles.write(simulated, format, folder, frame.stem());
        if (field != null) {
            Path wcs = folder.resolve("wcs");
            Files.createDirectories(wcs);
            Files.writeString(wcs.resolve(frame.stem() + ".wcs"), simulator.wcs(frame.settings(), field, store));
        }
        return new TruthRow(
                TruthCards.heading(simulated.truth()), TruthCards.row(frame.stem() + ".fits", simulated.truth()));
    }

    private static IOException unwrapped(ExecutionException e) {
        Throwable cause = e.getCause();
        if (cause instanceof RuntimeException bug) {
            throw bug;
        }
        if (cause instanceof Error fatal) {
            throw fatal;
        }
        return cause instanceof IOException io ? io : new IOException(e);
    }
}
