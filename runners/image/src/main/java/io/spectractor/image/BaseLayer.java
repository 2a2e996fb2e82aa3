package io.spectractor.image;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * The files of Debian's packages as one tar archive, the bottom of the image. Packages' own scripts are not run; what they would
 * have done and is needed is done here: the links of the merged /usr, users, the certificates.
 */
final class BaseLayer {
    private static final Set<String> MERGED = Set.of("bin", "sbin", "lib", "lib64");
    private static final List<String> LEFT_OUT = List.of(
            "usr/share/doc/",
            "usr/share/man/",
            "usr/share/locale/",
            "usr/share/lintian/",
            "usr/share/gdb/",
            "usr/share/info/");
    private static final String CERTIFICATES = "usr/share/ca-certificates/mozilla/";
    private static final String USERS =
            "root:x:0:0:root:/root:/bin/bash\nspark:x:185:0:spark:/opt/spark/work-dir:/bin/bash\n";
    private static final String GROUPS = "root:x:0:\nspark:x:185:\n";
    private static final int SPARK_USER = 185;

    private final Date time;
    private final TarArchiveOutputStream out;
    private final Set<String> written = new HashSet<>();
    private final Map<String, byte[]> certificates = new TreeMap<>();

    private BaseLayer(TarArchiveOutputStream out, Instant time) {
        this.out = out;
        this.time = Date.from(time);
        out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    }

    /**
     * Writes it. The same packages make the same bytes.
     *
     * @param packages files of packages
     * @param time of all files
     */
    static void write(List<Path> packages, Instant time, Path file) throws IOException {
        try (TarArchiveOutputStream out =
                new TarArchiveOutputStream(new BufferedOutputStream(Files.newOutputStream(file)), "UTF-8")) {
            BaseLayer layer = new BaseLayer(out, time);
            for (String name : MERGED.stream().sorted().toList()) {
                layer.directory("usr/" + name, 0755, 0);
                layer.link(name, "usr/" + name);
            }
            for (Path one : packages) {
                layer.unpack(one);
            }
            layer.finish();
        }
    }

    private void unpack(Path file) throws IOException {
        try (ArArchiveInputStream deb = new ArArchiveInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            for (ArArchiveEntry part = deb.getNextEntry(); part != null; part = deb.getNextEntry()) {
                if (part.getName().equals("data.tar.xz")) {
                    files(new TarArchiveInputStream(new XZCompressorInputStream(deb)));
                    return;
                }
            }
        }
        throw new ImageException(file + ": no package of Debian with a data.tar.xz");
    }

    private void files(TarArchiveInputStream in) throws IOException {
        for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
            String name = place(entry.getName());
            if (name.isEmpty() || MERGED.contains(name) || LEFT_OUT.stream().anyMatch(name::startsWith)) {
                continue;
            }
            if (entry.isDirectory()) {
                directory(name, entry.getMode() & 07777, entry.getLongUserId());
            } else if (entry.isSymbolicLink()) {
                link(name, entry.getLinkName());
            } else if (entry.isLink()) {
                hardLink(name, place(entry.getLinkName()), entry.getMode());
            } else {
                file(name, entry.getMode() & 07777, in, entry.getSize());
            }
        }
    }

    /** The path without what is before the root, with the folders that are links today replaced by what they are links to. */
    private static String place(String raw) {
        String name = raw.replaceFirst("^\\./", "").replaceFirst("/$", "");
        int slash = name.indexOf('/');
        String first = slash < 0 ? "" : name.substring(0, slash);
        return MERGED.contains(first) ? "usr/" + name : name;
    }

    private void finish() throws IOException {
        text("etc/passwd", USERS);
        text("etc/group", GROUPS);
        text("etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n");
        StringBuilder bundle = new StringBuilder();
        certificates.values().forEach(pem -> bundle.append(new String(pem, StandardCharsets.US_ASCII)));
        text("etc/ssl/certs/ca-certificates.crt", bundle.toString());
        bytes("etc/ssl/certs/java/cacerts", TrustStore.of(certificates));
        directory("opt/spark/work-dir", 0775, SPARK_USER);
        directory("opt/spark/conf", 0755, 0);
        directory("tmp", 01777, 0);
    }

    private void text(String name, String content) throws IOException {
        bytes(name, content.getBytes(StandardCharsets.UTF_8));
    }

    private void bytes(String name, byte[] content) throws IOException {
        file(name, 0644, new java.io.ByteArrayInputStream(content), content.length);
    }

    private void file(String name, int mode, InputStream content, long size) throws IOException {
        if (name.startsWith(CERTIFICATES)) {
            ByteArrayOutputStream copy = new ByteArrayOutputStream();
            content.transferTo(copy);
            certificates.put(name.substring(CERTIFICATES.length()), copy.toByteArray());
            bytesOf(name, mode, copy.toByteArray());
            return;
        }
        parents(name);
        TarArchiveEntry entry = entry(name, mode);
        entry.setSize(size);
        put(entry, name);
        content.transferTo(out);
        out.closeArchiveEntry();
    }

    private void bytesOf(String name, int mode, byte[] content) throws IOException {
        parents(name);
        TarArchiveEntry entry = entry(name, mode);
        entry.setSize(content.length);
        put(entry, name);
        out.write(content);
        out.closeArchiveEntry();
    }

    private void link(String name, String target) throws IOException {
        parents(name);
        TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
        entry.setLinkName(target);
        finish(entry, 0777);
        put(entry, name);
        out.closeArchiveEntry();
    }

    private void hardLink(String name, String target, int mode) throws IOException {
        parents(name);
        TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_LINK);
        entry.setLinkName(target);
        finish(entry, mode & 07777);
        put(entry, name);
        out.closeArchiveEntry();
    }

    private void directory(String name, int mode, long owner) throws IOException {
        if (written.contains(name)) {
            return;
        }
        parents(name);
        TarArchiveEntry entry = entry(name + "/", mode);
        entry.setUserId(owner);
        put(entry, name);
        out.closeArchiveEntry();
    }

    private void parents(String name) throws IOException {
        int slash = name.lastIndexOf('/');
        if (slash > 0) {
            directory(name.substring(0, slash), 0755, 0);
        }
    }

    private TarArchiveEntry entry(String name, int mode) {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        finish(entry, mode);
        return entry;
    }

    private void finish(TarArchiveEntry entry, int mode) {
        entry.setMode(mode);
        entry.setIds(0, 0);
        entry.setNames("", "");
        entry.setModTime(time);
    }

    private void put(TarArchiveEntry entry, String name) throws IOException {
        if (!written.add(name)) {
            throw new ImageException("two packages have the file /" + name);
        }
        out.putArchiveEntry(entry);
    }
}
