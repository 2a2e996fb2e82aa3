package io.spectractor.batch.resources;

import io.spectractor.batch.files.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * All samples of a run: those that its processes are writing, and the table {@code resources.parquet} of those that were
 * gathered when it ended.
 */
public final class ResourceLog {
    /** Name of the table in the run folder. */
    public static final String TABLE = "resources.parquet";

    private static final Comparator<ResourceSample> ORDER = Comparator.comparingLong(ResourceSample::timeMs)
            .thenComparing(ResourceSample::host)
            .thenComparingLong(ResourceSample::pid);

    private ResourceLog() {}

    /** All samples of a run in the order of their times; none if nothing was sampled. */
    public static List<ResourceSample> read(Path runFolder) throws IOException {
        return join(runFolder, SampleFile.readAll(runFolder));
    }

    private static List<ResourceSample> join(Path runFolder, List<SampleFile.Content> files) throws IOException {
        List<ResourceSample> samples = new ArrayList<>();
        Path table = runFolder.resolve(TABLE);
        if (Files.exists(table)) {
            samples.addAll(ResourceTable.read(table));
        }
        // a process that died between writing the table and removing the files left samples in both
        Set<String> known = new HashSet<>();
        samples.forEach(s -> known.add(key(s)));
        files.forEach(f -> f.samples().stream().filter(s -> known.add(key(s))).forEach(samples::add));
        samples.sort(ORDER);
        return samples;
    }

    private static String key(ResourceSample s) {
        return s.host() + " " + s.pid() + " " + s.timeMs();
    }

    /**
     * Gathers the samples of all processes in the table, and removes the files that they come from. A run that is gone on
     * with adds to the table.
     *
     * @throws IOException if the table cannot be written; nothing is lost then
     */
    public static void gather(Path runFolder) throws IOException {
        List<SampleFile.Content> files = SampleFile.readAll(runFolder);
        if (files.isEmpty()) {
            return;
        }
        WholeFile.write(runFolder.resolve(TABLE), ResourceTable.encode(join(runFolder, files)));
        for (SampleFile.Content file : files) {
            Files.deleteIfExists(file.path());
        }
        SampleFile.removeFolder(runFolder);
    }
}
