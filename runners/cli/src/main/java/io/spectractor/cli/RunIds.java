package io.spectractor.cli;

import io.spectractor.batch.run.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Names of runs. */
final class RunIds {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private RunIds() {}

    /** Date and time, with a number if a run of that second exists already. */
    static String next(Path outputFolder, Clock clock) {
        String time = TIME.format(clock.instant());
        String id = time;
        for (int i = 2; Files.exists(RunFolder.of(outputFolder, id).path()); i++) {
            id = time + "-" + i;
        }
        return id;
    }
}
