package io.spectractor.batch.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The machine that a run is on, for its record. */
public final class Machine {
    /** Memory that one image in progress takes, bytes. */
    public static final long BYTES_PER_WORKER = 600L << 20;

    private static final Path LINUX_HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    private Machine() {}

    /** Name of the host; not resolved over the network. */
    public static String host() {
        try {
            return Files.readString(LINUX_HOST_NAME).strip();
        } catch (IOException e) {
            String name = System.getenv("HOSTNAME");
            return name == null || name.isBlank() ? "unknown" : name;
        }
    }

    /** Operating system, Java, cores and heap in one line. */
    public static String description() {
        return System.getProperty("os.name") + " " + System.getProperty("os.arch")
                + ", Java " + System.getProperty("java.version")
                + ", " + Runtime.getRuntime().availableProcessors() + " cores"
                + ", heap up to " + (Runtime.getRuntime().maxMemory() >> 20) + " MB";
    }

    /** As many workers as there are cores, but not more than the heap can feed. */
    public static int defaultWorkers() {
        int cores = Runtime.getRuntime().availableProcessors();
        long fed = Runtime.getRuntime().maxMemory() / BYTES_PER_WORKER;
        return (int) Math.max(1, Math.min(cores, fed));
    }
}
