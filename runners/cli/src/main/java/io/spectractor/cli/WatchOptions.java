package io.spectractor.cli;

import io.spectractor.batch.UsageException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that decide when an image is complete, and when the watch ends. */
final class WatchOptions {
    private static final double SHORTEST_S = 0.05;

    @Option(
            names = "--settle",
            paramLabel = "SECONDS",
            defaultValue = "1",
            description = "An image is complete when its size and time have not changed for so long (1).")
    private double settle = 1;

    @Option(names = "--recursive", description = "Watch the subfolders as well, also those that come later.")
    private boolean recursive;

    @Option(
            names = "--stop-when-idle",
            paramLabel = "SECONDS",
            description = "End when nothing has come or been in progress for so long (default: never).")
    private @Nullable Double idle;

    @Option(
            names = "--announce",
            paramLabel = "URL",
            description = "Say in a topic what becomes of images, kafka://host:port/topic: each spectrum once.")
    private @Nullable String announce;

    @Nullable
    String announce() {
        return announce;
    }

    boolean recursive() {
        return recursive;
    }

    Duration settle() {
        if (!(settle >= SHORTEST_S)) {
            throw new UsageException("--settle " + settle + ": at least " + SHORTEST_S + " seconds");
        }
        return seconds(settle);
    }

    @Nullable
    Duration stopWhenIdle() {
        if (idle == null) {
            return null;
        }
        if (!(idle > 0)) {
            throw new UsageException("--stop-when-idle " + idle + ": seconds, more than 0");
        }
        return seconds(idle);
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos(Math.round(Math.min(seconds, 1e9) * 1e9));
    }
}
