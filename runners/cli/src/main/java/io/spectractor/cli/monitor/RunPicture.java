package io.spectractor.cli.monitor;

import io.spectractor.batch.files.WholeFile;
import io.spectractor.batch.resources.ResourceLog;
import io.spectractor.batch.resources.ResourceSample;
import io.spectractor.batch.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the picture of what a run took. */
public final class RunPicture {
    private static final Logger LOG = LoggerFactory.getLogger(RunPicture.class);
    /** Fewer samples make no picture. */
    private static final int WORTH_DRAWING = 5;

    private RunPicture() {}

    /**
     * Writes a picture, whole or not at all.
     *
     * @param between two times of day, or none for all
     * @throws IOException if it cannot be written
     */
    public static void write(String title, List<ResourceSample> samples, List<String> between, Path file)
            throws IOException {
        byte[] png = ResourcePicture.png(title, samples, TimeWindow.of(samples, between));
        WholeFile.write(file, png);
    }

    /** Puts the picture into the run's folder for its report, if there is anything to see; that it fails does no harm. */
    public static void intoReport(RunFolder folder) {
        try {
            ResourceLog.gather(folder.path());
            List<ResourceSample> samples = ResourceLog.read(folder.path());
            if (samples.size() >= WORTH_DRAWING) {
                write("Run " + folder.runId(), samples, List.of(), folder.path().resolve("resources.png"));
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("the resource usage of run {} cannot be drawn", folder.runId(), e);
        }
    }
}
