package io.spectractor.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A memory control group (version 1) whose largest process the kernel kills when it is told to. */
public final class MemoryGroup implements AutoCloseable {
    private static final Path TOP = Path.of("/sys/fs/cgroup/memory");
    private static final long MORE = 16 << 20;

    private final Path folder;

    private MemoryGroup(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes one; aborts the test, which then counts as skipped, where none can be made.
     *
     * @param name what it is for
     */
    public static MemoryGroup orAbort(String name) {
        try {
            return make(name);
        } catch (IOException e) {
            return Assumptions.abort(
                    "no control group of version 1 can be made here (" + e + "): that the kernel kills was not tried");
        }
    }

    private static MemoryGroup make(String name) throws IOException {
        Path folder = TOP.resolve(
                "spectractor-" + name + "-" + ProcessHandle.current().pid());
        Files.createDirectory(folder);
        if (!Files.isWritable(folder.resolve("memory.limit_in_bytes"))
                || !Files.isWritable(TOP.resolve("cgroup.procs"))) {
            Files.delete(folder);
            throw new IOException(folder + " has no limit that can be set");
        }
        return new MemoryGroup(folder);
    }

    /** Words before those of a command that is to run in the group, with all its children. */
    public List<String> prefix() {
        return List.of("sh", "-c", "echo $$ > " + folder.resolve("cgroup.procs") + " && exec \"$@\"", "sh");
    }

    /** Takes a process out of the group; its children stay. */
    public void release(long pid) throws IOException {
        Files.writeString(TOP.resolve("cgroup.procs"), Long.toString(pid));
    }

    /** Leaves no room for more than its processes have, and then asks for more: the kernel kills the largest. */
    public void starve() throws IOException {
        long had = Files.readAllLines(folder.resolve("memory.stat")).stream()
                .filter(line -> line.startsWith("total_rss "))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
        for (long room = MORE; ; room += MORE) {
            try {
                // caches of files are given up for it; where that is not enough it is refused
                Files.writeString(folder.resolve("memory.limit_in_bytes"), Long.toString(had + room));
                break;
            } catch (IOException e) {
                if (room > 64 * MORE) {
                    throw e;
                }
            }
        }
        List<String> eater = new ArrayList<>(prefix());
        eater.addAll(List.of("sh", "-c", "head -c 200M /dev/zero | tail -c 200M | wc -c"));
        new ProcessBuilder(eater)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** The limit is gone, and the group if nothing is left in it. */
    @Override
    public void close() throws IOException {
        Files.writeString(folder.resolve("memory.limit_in_bytes"), "-1");
        for (String pid : Files.readAllLines(folder.resolve("cgroup.procs"))) {
            release(Long.parseLong(pid));
        }
        Files.deleteIfExists(folder);
    }
}
