package io.spectractor.batch.resources;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The samples of one process while it runs: a text file {@code resources/<host>-<pid>-<start>.tsv} of the run folder. Its
 * first line names host, process, role and control group; each further line is a sample. A line is written at once, so that
 * a process that is killed leaves all but the last.
 */
final class SampleFile {
    private static final Logger LOG = LoggerFactory.getLogger(SampleFile.class);
    private static final String FOLDER = "resources";
    private static final String MAGIC = "spectractor-resources-1";
    private static final int COLUMNS = 19;

    private SampleFile() {}

    /**
     * The file of a process as it is read back.
     *
     * @param path where it is
     * @param groupFolder of its control group, empty for none
     * @param samples in the order in which they were taken
     */
    record Content(Path path, String groupFolder, List<ResourceSample> samples) {}

    /** Where a process writes. */
    static Path of(Path runFolder, String host, long pid, long startMs) {
        return runFolder.resolve(FOLDER).resolve(host + "-" + pid + "-" + startMs + ".tsv");
    }

    static String header(String host, long pid, String role, ControlGroup group) {
        return String.join("\t", MAGIC, host, Long.toString(pid), role, group.folder()) + "\n";
    }

    static String line(ResourceSample s) {
        StringBuilder text = new StringBuilder(200);
        text.append(s.timeMs()).append('\t').append(s.stage());
        for (double number : new double[] {s.cpuSeconds(), s.cpuPercent()}) {
            text.append('\t').append(Double.isNaN(number) ? number : Math.round(number * 100) / 100.0);
        }
        for (long number :
                new long[] {s.rssBytes(), s.pssBytes(), s.heapUsedBytes(), s.heapCommittedBytes(), s.gcCount()}) {
            text.append('\t').append(number);
        }
        text.append('\t').append(s.gcSeconds());
        text.append('\t').append(s.readBytes()).append('\t').append(s.writtenBytes());
        text.append('\t').append(s.load1());
        for (long number : new long[] {
            s.availableBytes(),
            s.totalBytes(),
            s.cgroupLimitBytes(),
            s.cgroupUsedBytes(),
            s.oomKills(),
            s.hostOomKills()
        }) {
            text.append('\t').append(number);
        }
        return text.append('\n').toString();
    }

    /** All files of a run; one that cannot be read is left out, a torn line is passed over. */
    static List<Content> readAll(Path runFolder) throws IOException {
        Path folder = runFolder.resolve(FOLDER);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Content> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".tsv")).sorted().toList()) {
                String[] lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n", -1);
                String[] head = lines[0].split("\t", -1);
                if (head.length == 5 && head[0].equals(MAGIC)) {
                    all.add(new Content(file, head[4], samples(head, lines)));
                }
            }
        }
        return all;
    }

    /** Removes the folder of the files if none is left in it. */
    static void removeFolder(Path runFolder) throws IOException {
        try {
            Files.deleteIfExists(runFolder.resolve(FOLDER));
        } catch (DirectoryNotEmptyException e) {
            // a process outlives the run
            return;
        }
    }

    private static List<ResourceSample> samples(String[] head, String[] lines) {
        List<ResourceSample> samples = new ArrayList<>();
        // the last one has no line end after it: it is empty, or torn
        for (int i = 1; i < lines.length - 1; i++) {
            String[] c = lines[i].split("\t", -1);
            if (c.length == COLUMNS) {
                try {
                    samples.add(sample(head, c));
                } catch (NumberFormatException e) {
                    // a line that two writers or a full disk have spoilt
                    LOG.debug("line {} of the resource samples {} is malformed", i, head[1], e);
                }
            }
        }
        return samples;
    }

    private static ResourceSample sample(String[] head, String[] c) {
        return new ResourceSample(
                Long.parseLong(c[0]),
                head[1],
                Long.parseLong(head[2]),
                head[3],
                c[1],
                Double.parseDouble(c[2]),
                Double.parseDouble(c[3]),
                Long.parseLong(c[4]),
                Long.parseLong(c[5]),
                Long.parseLong(c[6]),
                Long.parseLong(c[7]),
                Long.parseLong(c[8]),
                Double.parseDouble(c[9]),
                Long.parseLong(c[10]),
                Long.parseLong(c[11]),
                Double.parseDouble(c[12]),
                Long.parseLong(c[13]),
                Long.parseLong(c[14]),
                Long.parseLong(c[15]),
                Long.parseLong(c[16]),
                Long.parseLong(c[17]),
                Long.parseLong(c[18]));
    }
}
