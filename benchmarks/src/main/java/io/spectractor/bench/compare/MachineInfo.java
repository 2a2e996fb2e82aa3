package io.spectractor.bench.compare;

import io.spectractor.batch.run.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The machine that something was measured on.
 *
 * @param host name
 * @param processor model
 * @param cores that Java sees
 * @param memoryMb of the machine
 * @param system operating system and version
 * @param java version
 * @param load average over one minute when the measurement began
 */
public record MachineInfo(
        String host, String processor, int cores, long memoryMb, String system, String java, String load) {

    /** This machine, now. */
    public static MachineInfo now() {
        return new MachineInfo(
                Machine.host(),
                field(Path.of("/proc/cpuinfo"), "model name"),
                Runtime.getRuntime().availableProcessors(),
                kilobytes(field(Path.of("/proc/meminfo"), "MemTotal")) / 1024,
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.version"),
                read(Path.of("/proc/loadavg")).split(" ", 2)[0]);
    }

    private static long kilobytes(String text) {
        String digits = text.replaceAll("[^0-9]", "");
        return digits.isEmpty() ? 0 : Long.parseLong(digits);
    }

    private static String field(Path file, String name) {
        return read(file)
                .lines()
                .filter(l -> l.startsWith(name) && l.indexOf(':') > 0)
                .map(l -> l.substring(l.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }

    /** Not all systems have these files. */
    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "unknown";
        }
    }

    /** In one line. */
    public String line() {
        return host + ": " + processor + ", " + cores + " cores, " + memoryMb + " MB, " + system + ", Java " + java
                + ", load " + load + " at the start";
    }
}
