package io.spectractor.image;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A package of Debian, pinned.
 *
 * @param sha256 digest of its file, in hexadecimal digits
 * @param address where it is
 */
record DebianPackage(String sha256, URI address) {
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) +(https?://\\S+\\.deb)");

    /**
     * Reads a list: a digest and an address per line, and comments.
     *
     * @throws ImageException if a line is something else
     */
    static List<DebianPackage> read(Path list) throws IOException {
        List<DebianPackage> packages = new ArrayList<>();
        for (String line : Files.readAllLines(list)) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            Matcher parts = LINE.matcher(line.strip());
            if (!parts.matches()) {
                throw new ImageException(list + ": not a digest and an address of a package: " + line);
            }
            packages.add(new DebianPackage(parts.group(1), URI.create(parts.group(2))));
        }
        return List.copyOf(packages);
    }

    /** Name of its file. */
    String fileName() {
        String path = address.getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
