package io.spectractor.cli;

import io.spectractor.batch.UsageException;
import io.spectractor.batch.files.PathResolver;
import io.spectractor.batch.run.RunFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the runs are that were started in the background, so that commands find them by their id alone: one small file
 * per run in {@code $XDG_STATE_HOME/spectractor/runs}, by default below {@code ~/.local/state}.
 */
final class RunRegistry {
    private RunRegistry() {}

    private static Path folder() {
        return state().resolve("runs");
    }

    private static Path state() {
        String state = System.getenv("XDG_STATE_HOME");
        Path base = state == null || state.isBlank()
                ? Path.of(System.getProperty("user.home"), ".local", "state")
                : Path.of(state);
        return base.resolve("spectractor");
    }

    /** Where the output of a run's process goes if its own folder is not on this machine. */
    static Path logs(RunFolder run) {
        return state().resolve("logs").resolve(run.runId());
    }

    /** Remembers where a run is. */
    static void register(RunFolder run) throws IOException {
        Files.createDirectories(folder());
        Files.writeString(folder().resolve(run.runId()), run.outputFolder().toString());
    }

    /**
     * The run that a word means: its output folder, or the id of one that was started in the background.
     *
     * @param runId name of the run in that folder, or null for the last one
     * @throws UsageException if there is none
     */
    static RunFolder open(Path workingFolder, Path word, @Nullable String runId) {
        Path folder = PathResolver.under(workingFolder, word);
        String id = word.toString();
        if (runId == null && id.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,99}") && !Files.isDirectory(folder)) {
            Path known = folder().resolve(id);
            if (Files.isRegularFile(known)) {
                try {
                    String place = new String(Files.readAllBytes(known), StandardCharsets.UTF_8).strip();
                    return RunFolder.open(PathResolver.path(place), id);
                } catch (IOException e) {
                    throw new UsageException(known + " cannot be read: " + e, e);
                }
            }
        }
        return RunFolder.open(folder, runId);
    }
}
