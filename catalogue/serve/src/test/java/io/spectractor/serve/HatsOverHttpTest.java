package io.spectractor.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HATS folders over HTTP while the catalogue changes, or is damaged. */
class HatsOverHttpTest {
    private static final String LEAF = "/hats/points/dataset/Norder%3D1/Dir%3D0/Npix%3D7.parquet";

    @TempDir
    private Path temp;

    /** A state of a catalogue, which {@code .current} names, with pixels that are folders of files. */
    private void state(String name) throws IOException {
        Path built = temp.resolve("built-" + name);
        SmallCatalogue.write(built);
        Path points = temp.resolve("catalogue/points-" + name);
        Files.createDirectories(points.getParent());
        Files.move(built.resolve("points"), points);
        try (Stream<Path> all = Files.walk(points.resolve("dataset"))) {
            for (Path leaf : all.filter(path -> path.getFileName().toString().startsWith("Npix="))
                    .toList()) {
                Path folder = leaf.resolveSibling(leaf.getFileName().toString().replace(".parquet", ""));
                Files.createDirectories(folder);
                Files.move(leaf, folder.resolve("part0.parquet"));
            }
        }
        Path properties = points.resolve("hats.properties");
        Files.writeString(
                properties,
                Files.readString(properties).replaceFirst("(?m)^hats_npix_suffix *=.*$", "")
                        + "\nhats_npix_suffix=/\n");
        Path state = Files.createDirectories(temp.resolve("catalogue/state-" + name));
        Files.createSymbolicLink(state.resolve("points"), points);
        Path link = temp.resolve("catalogue/.current");
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, state);
    }

    private List<String> made() throws IOException {
        try (Stream<Path> all = Files.walk(temp.resolve("temporary"))) {
            return all.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(".parquet"))
                    .sorted()
                    .toList();
        }
    }

    private static void waitFor(RunningServer server, String path, String tag)
            throws IOException, InterruptedException {
        for (int i = 0;
                i < 100
                        && server.get(path)
                                .headers()
                                .firstValue("etag")
                                .orElse("")
                                .equals(tag);
                i++) {
            Thread.sleep(100);
        }
    }

    @Test
    void aPixelThatCannotBeJoinedIsNoFailureOfTheServer() throws IOException, InterruptedException {
        state("1");
        Path leaf = temp.resolve("catalogue/points-1/dataset/Norder=1/Dir=0/Npix=7/part0.parquet");
        byte[] whole = Files.readAllBytes(leaf);
        try (RunningServer server = new RunningServer(temp, null, "")) {
            Files.writeString(leaf, "this is no Parquet");
            assertThat(server.get(LEAF).statusCode()).isEqualTo(400);
            assertThat(made()).isEmpty();
            Files.write(leaf, whole);
            assertThat(server.get(LEAF).body()).startsWith("PAR1");
            assertThat(made()).containsExactly("pixel-points-1-1-7.parquet");
        }
    }

    @Test
    void joinedPixelsOfAnOlderStateAreRemoved() throws IOException, InterruptedException {
        state("1");
        try (RunningServer server = new RunningServer(temp, null, "")) {
            String tag = server.get(LEAF).headers().firstValue("etag").orElseThrow();
            state("2");
            waitFor(server, LEAF, tag);
            assertThat(made()).containsExactly("pixel-points-2-1-7.parquet");
        }
    }

    /** Reads the footer, then the catalogue changes, then it reads columns. */
    @Test
    void rangesOfTwoStatesAreNotMixed() throws IOException, InterruptedException {
        SmallCatalogue.write(temp.resolve("catalogue"));
        Path file = temp.resolve("catalogue/points/dataset/Norder=1/Dir=0/Npix=7.parquet");
        try (RunningServer server = new RunningServer(temp, null, "")) {
            HttpResponse<String> footer = server.get(LEAF, "Range", "bytes=-8");
            String tag = footer.headers().firstValue("etag").orElseThrow();
            assertThat(server.get(LEAF, "Range", "bytes=0-3", "If-Range", tag).statusCode())
                    .isEqualTo(206);
            assertThat(server.get(LEAF, "If-None-Match", tag).statusCode()).isEqualTo(304);
            Files.copy(
                    temp.resolve("catalogue/points/dataset/Norder=1/Dir=0/Npix=8.parquet"),
                    file,
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            assertThat(server.get(LEAF, "Range", "bytes=0-3", "If-Match", tag).statusCode())
                    .isEqualTo(412);
            HttpResponse<String> whole = server.get(LEAF, "Range", "bytes=0-3", "If-Range", tag);
            assertThat(whole.statusCode()).isEqualTo(200);
            assertThat(whole.headers().firstValue("etag")).isPresent().isNotEqualTo(tag);
            assertThat(whole.body()).startsWith("PAR1").endsWith("PAR1");
        }
    }
}
