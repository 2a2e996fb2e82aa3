package io.spectractor.image;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** An image of one layer in the form of {@code docker save}, the one that Jib builds upon. */
final class BaseImage {
    private static final ObjectMapper JSON = new ObjectMapper();

    private BaseImage() {}

    /** Writes it around a layer. */
    static void write(Path layer, Instant time, Path file) throws IOException {
        Map<String, Object> config = new TreeMap<>(Map.of(
                "architecture",
                "amd64",
                "os",
                "linux",
                "created",
                time.toString(),
                "config",
                Map.of(),
                "rootfs",
                new TreeMap<>(Map.of("type", "layers", "diff_ids", List.of("sha256:" + PackageStore.sha256(layer))))));
        List<Map<String, Object>> manifest = List.of(
                new TreeMap<>(Map.of("Config", "config.json", "RepoTags", List.of(), "Layers", List.of("layer.tar"))));
        try (TarArchiveOutputStream out =
                new TarArchiveOutputStream(new BufferedOutputStream(Files.newOutputStream(file)), "UTF-8")) {
            out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            add(out, "config.json", JSON.writeValueAsBytes(config), time);
            add(out, "manifest.json", JSON.writeValueAsBytes(manifest), time);
            TarArchiveEntry entry = new TarArchiveEntry("layer.tar");
            entry.setSize(Files.size(layer));
            entry.setModTime(Date.from(time));
            out.putArchiveEntry(entry);
            Files.copy(layer, out);
            out.closeArchiveEntry();
        }
    }

    private static void add(TarArchiveOutputStream out, String name, byte[] content, Instant time) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        entry.setModTime(Date.from(time));
        out.putArchiveEntry(entry);
        out.write(content);
        out.closeArchiveEntry();
    }
}
