package io.spectractor.serve.vo;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.spectractor.hats.HatsCatalogue;
import io.spectractor.hats.Partition;
import io.spectractor.serve.data.Engine;
import io.spectractor.serve.data.ParquetFilter;
import io.spectractor.serve.data.ServedCatalogue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The HATS folders as they are, with ranges of bytes, and for Parquet files the parameters {@code columns} and
 * {@code filters} that LSDB sends to a server: then only that part is sent.
 */
public final class HatsRoutes {
    private static final int BUFFER = 65_536;
    private static final String PIXEL = "pixel-";
    private static final Pattern LEAF =
            Pattern.compile("([^/]+)/dataset/Norder=([0-9]{1,2})/Dir=[0-9]{1,18}/Npix=([0-9]{1,18})\\.parquet");

    private final ServedCatalogue site;
    private final Engine engine;

    public HatsRoutes(ServedCatalogue site, Engine engine) {
        this.site = site;
        this.engine = engine;
    }

    /** Adds them; HEAD is answered by the same. */
    public void add(RoutesConfig routes) {
        for (String path : List.of("/hats", "/hats/<path>")) {
            routes.get(path, this::answered);
            routes.head(path, this::answered);
        }
    }

    private void answered(Context http) throws IOException {
        try {
            TapRoutes.answer(http, () -> file(http));
        } catch (NoSuchFileException e) {
            // the catalogue has changed meanwhile
            http.status(404).contentType("text/plain").result("there is no such file any more; ask again");
        }
    }

    private void file(Context http) throws IOException {
        String path = http.pathParamMap().getOrDefault("path", "");
        Path file = found(path);
        Matcher leaf = LEAF.matcher(path);
        if (file == null && leaf.matches()) {
            file = joined(leaf);
        }
        if (file == null) {
            http.status(404).contentType("text/plain").result("there is no " + path);
        } else if (Files.isDirectory(file)) {
            http.contentType("text/html").result(listing(file, http.path()));
        } else if (path.endsWith(".parquet")
                && (http.queryParam("columns") != null || http.queryParam("filters") != null)) {
            part(http, file);
        } else if (file.getFileName().toString().endsWith("properties")) {
            // a client of HTTP cannot list folders
            String text =
                    Files.readString(file).replaceFirst("(?m)^hats_npix_suffix *=.*$", "hats_npix_suffix=.parquet");
            http.contentType("text/plain").result(text);
        } else {
            bytes(http, file);
        }
    }

    /** The files of a pixel's folder as one, made when it is first asked for; null if there are none. */
    private @Nullable Path joined(Matcher leaf) throws IOException {
        HatsCatalogue table = site.now().collection().tables().get(leaf.group(1));
        if (table == null || !table.isFolders()) {
            return null;
        }
        Partition partition = new Partition(Integer.parseInt(leaf.group(2)), Long.parseLong(leaf.group(3)));
        if (!table.partitions().contains(partition)) {
            return null;
        }
        // the name of a table's folder changes with each of its states
        Path made = engine.results()
                .resolve(PIXEL + table.folder().getFileName() + "-" + leaf.group(2) + "-" + leaf.group(3) + ".parquet");
        if (!Files.exists(made)) {
            Path part = Files.createTempFile(engine.results(), "part", ".parquet");
            try {
                String sql = ParquetFilter.all(table.files(partition));
                engine.run(engine.limits().time(), new Engine.Stop(), session -> {
                    ParquetFilter.copy(session, sql, part);
                    return true;
                });
                Files.move(part, made, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
            dropOlder();
        }
        return made;
    }

    /** Removes the joined files of tables that have a newer state. */
    private void dropOlder() throws IOException {
        List<String> now = site.now().collection().tables().values().stream()
                .map(table -> PIXEL + table.folder().getFileName() + "-")
                .toList();
        try (Stream<Path> made = Files.list(engine.results())) {
            for (Path file : made.toList()) {
                String name = file.getFileName().toString();
                if (name.startsWith(PIXEL) && now.stream().noneMatch(name::startsWith)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** The file of a path, null if there is none inside of the catalogue's state or the state's tables. */
    private @Nullable Path found(String path) throws IOException {
        var collection = site.now().collection();
        String[] parts = path.isEmpty() ? new String[0] : path.split("/+", -1);
        for (String part : parts) {
            if (part.startsWith(".") || part.contains("\\") || part.indexOf('\0') >= 0) {
                return null;
            }
        }
        if (parts.length == 0) {
            return collection.state();
        }
        var table = collection.tables().get(parts[0]);
        if (table == null) {
            Path own = collection.state().resolve(parts[0]);
            return parts.length == 1 && parts[0].equals("collection.properties") && Files.isRegularFile(own)
                    ? own
                    : null;
        }
        Path root = table.folder().toRealPath();
        Path file = root;
        for (int i = 1; i < parts.length; i++) {
            file = parts[i].isEmpty() ? file : file.resolve(parts[i]);
        }
        return Files.exists(file) && file.toRealPath().startsWith(root) ? file : null;
    }

    private String listing(Path folder, String path) throws IOException {
        StringBuilder out = new StringBuilder("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>"
                + Xml.escaped(path) + "</title></head><body>\n<ul>\n");
        List<Path> inside;
        try (Stream<Path> list = Files.list(folder)) {
            inside = list.filter(one -> !one.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
        String base = path.endsWith("/") ? path : path + "/";
        for (Path one : inside) {
            String name = one.getFileName() + (Files.isDirectory(one) ? "/" : "");
            out.append("<li><a href=\"")
                    .append(Xml.escaped(base + name))
                    .append("\">")
                    .append(Xml.escaped(name))
                    .append("</a></li>\n");
        }
        return out.append("</ul>\n</body></html>\n").toString();
    }

    private void part(Context http, Path file) throws IOException {
        Path made = Files.createTempFile(engine.results(), "part", ".parquet");
        try {
            String sql = ParquetFilter.sql(file, http.queryParam("columns"), http.queryParam("filters"));
            engine.run(engine.limits().time(), new Engine.Stop(), session -> {
                ParquetFilter.copy(session, sql, made);
                return true;
            });
        } catch (RuntimeException e) {
            Files.deleteIfExists(made);
            throw e;
        }
        TapRoutes.send(http, made, ResultFormat.PARQUET.mime(), StandardOpenOption.DELETE_ON_CLOSE);
    }

    /** Another one whenever a path leads to other bytes, as it does after each change of the catalogue. */
    private static String tag(Path file, long size) throws IOException {
        return "\"" + Integer.toHexString(file.toRealPath().toString().hashCode()) + "-" + Long.toHexString(size) + "-"
                + Long.toHexString(Files.getLastModifiedTime(file).to(TimeUnit.MICROSECONDS)) + "\"";
    }

    private static void bytes(Context http, Path file) throws IOException {
        long size = Files.size(file);
        http.header("Accept-Ranges", "bytes");
        http.contentType(
                file.toString().endsWith(".parquet")
                        ? ResultFormat.PARQUET.mime()
                        : file.toString().endsWith(".fits") ? "application/fits" : "text/plain");
        String tag = tag(file, size);
        http.header("ETag", tag);
        String known = http.header("If-Match");
        if (known != null
                && !known.equals("*")
                && !List.of(known.split("\\s*,\\s*", -1)).contains(tag)) {
            http.status(412).contentType("text/plain").result("the catalogue has changed; begin again with the footer");
            return;
        }
        String seen = http.header("If-None-Match");
        if (seen != null && List.of(seen.split("\\s*,\\s*", -1)).contains(tag)) {
            http.status(304);
            return;
        }
        long first = 0;
        long last = size - 1;
        String range = http.header("Range");
        String condition = http.header("If-Range");
        if (condition != null && !condition.equals(tag)) {
            // a part would not fit to what the client has
            range = null;
        }
        if (range != null && range.matches("bytes=([0-9]{1,18}-[0-9]{0,18}|-[0-9]{1,18})")) {
            String[] ends = range.substring("bytes=".length()).split("-", 2);
            if (ends[0].isEmpty()) {
                first = Math.max(0, size - Long.parseLong(ends[1]));
            } else {
                first = Long.parseLong(ends[0]);
                last = ends[1].isEmpty() ? last : Math.min(last, Long.parseLong(ends[1]));
            }
            if (first > last) {
                http.status(416).header("Content-Range", "bytes */" + size);
                return;
            }
            http.status(206).header("Content-Range", "bytes " + first + "-" + last + "/" + size);
        }
        long length = last - first + 1;
        http.header("Content-Length", Long.toString(length));
        if (http.method().name().equals("HEAD")) {
            return;
        }
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(first);
            byte[] buffer = new byte[BUFFER];
            while (length > 0) {
                int n = in.read(buffer, 0, (int) Math.min(buffer.length, length));
                if (n < 0) {
                    break;
                }
                http.outputStream().write(buffer, 0, n);
                length -= n;
            }
        }
    }
}
