package io.spectractor.hdfs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Tells the machines, and the containers of a machine, apart in which process numbers mean something: by the boot of the
 * kernel and the name space of process numbers. A name of a host would not do, containers may share one.
 */
final class HostIdentity {
    private static final String HERE = read();

    private HostIdentity() {}

    /** That of this process, one word. Where the kernel does not tell, one that no other process has. */
    static String here() {
        return HERE;
    }

    private static String read() {
        try {
            String boot = new String(
                            Files.readAllBytes(Path.of("/proc/sys/kernel/random/boot_id")), StandardCharsets.UTF_8)
                    .strip();
            String space = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
            return boot + "/" + space.replaceAll("[^0-9]", "");
        } catch (IOException | RuntimeException e) {
            return UUID.randomUUID().toString();
        }
    }
}
