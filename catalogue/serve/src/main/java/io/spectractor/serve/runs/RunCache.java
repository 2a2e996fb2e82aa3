package io.spectractor.serve.runs;

import io.spectractor.batch.result.RunSummary;
import io.spectractor.batch.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Summaries of runs, which are read again only when their journal has grown or their process has come or gone. Safe for threads. */
final class RunCache {
    private static final int MOST = 500;

    private record Entry(String stamp, RunSummary summary) {}

    private final Map<Path, Entry> entries = new ConcurrentHashMap<>();

    /**
     * The run as its folder tells it now.
     *
     * @throws IOException if it cannot be read
     */
    RunSummary summary(RunFolder folder) throws IOException {
        String stamp = stamp(folder);
        Entry entry = entries.get(folder.path());
        if (entry != null && entry.stamp().equals(stamp)) {
            return entry.summary();
        }
        RunSummary summary = folder.summary();
        if (entries.size() >= MOST) {
            entries.clear();
        }
        entries.put(folder.path(), new Entry(stamp, summary));
        return summary;
    }

    /** Changes whenever the summary may. */
    static String stamp(RunFolder folder) throws IOException {
        return size(folder.path().resolve("journal.jsonl")) + " "
                + size(folder.path().resolve("plan.json")) + " " + folder.isAlive();
    }

    private static String size(Path file) throws IOException {
        return Files.exists(file)
                ? Files.size(file) + "@" + Files.getLastModifiedTime(file).toMillis()
                : "-";
    }
}
