package io.spectractor.spark;

import io.spectractor.batch.UsageException;
import io.spectractor.core.outcome.FileReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Whether Spark can make one of its local folders: it tries ten times, writes hundreds of lines, and ends the process.
 *
 * <p>The folders are those of {@code Utils.getConfiguredLocalDirs} of Spark.
 */
final class LocalFolderCheck {
    private LocalFolderCheck() {}

    /**
     * Tries them.
     *
     * @param environment that of the process
     * @param configured spark.local.dir, or its default
     * @throws UsageException if there is none that can be used
     */
    static void requireOne(Map<String, String> environment, String configured) {
        if (environment.containsKey("CONTAINER_ID")) {
            // YARN names others, on the machine that it chose
            return;
        }
        String said = environment.getOrDefault("SPARK_LOCAL_DIRS", configured);
        String why = "";
        for (String folder : said.split(",", -1)) {
            try {
                Path path = Files.createDirectories(Path.of(folder.strip()));
                if (Files.isWritable(path)) {
                    return;
                }
                why = "no permission";
            } catch (IOException e) {
                why = FileReason.of(e);
            } catch (InvalidPathException e) {
                why = "it is not a path";
            }
        }
        throw new UsageException("Spark cannot be started: its local folder " + said + " cannot be made or written ("
                + why + "); set SPARK_LOCAL_DIRS or spark.local.dir");
    }
}
