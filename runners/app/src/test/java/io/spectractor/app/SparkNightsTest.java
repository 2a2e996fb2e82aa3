package io.spectractor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Joint fits of several nights by tasks of Spark: the same files to the byte as by the threads of one program. */
@Tag("cluster")
class SparkNightsTest {
    private static final long PATIENCE_S = 240;
    private static final int CARD = 80;
    private static final List<String> MORNINGS = List.of("2017-05-31", "2017-06-03", "2017-06-06");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void nightsAreThoseOfTheLocalScheduler() throws IOException {
        spectra();
        List<String> local = words("local", "--workers", "2");
        LocalProgram.run(folder.resolve("local.log"), local.toArray(String[]::new));

        List<String> command = new ArrayList<>(List.of(ClusterPaths.java(), "-Xmx1200m"));
        command.addAll(ClusterPaths.SHORT_LIVED);
        command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
        command.add("-cp");
        command.add(ClusterPaths.sparkClassPath(ClusterPaths.jar().toString()));
        command.add("io.spectractor.cli.Main");
        command.addAll(words("spark", "--scheduler", "spark", "--master", "local[2]"));
        try (Daemon program =
                Daemon.start(folder.resolve("spark.log"), Map.of("SPARK_LOCAL_IP", "127.0.0.1"), command)) {
            assertThat(program.exit(PATIENCE_S)).as(program.said()).isZero();
        }

        Map<String, String> files = content("local");
        assertThat(files).hasSize(5 * MORNINGS.size()).containsKey("2017-06-02/columns.h5");
        assertThat(content("spark")).isEqualTo(files);
    }

    /** Two spectra for each of three nights, out of those with known air. */
    private void spectra() throws IOException {
        String shared = System.getenv("SPECTRACTOR_SHARED");
        assumeTrue(shared != null, "SPECTRACTOR_SHARED names no folder of shared material");
        Path golden = Path.of(shared).toAbsolutePath().resolve("golden/multi/constant");
        assumeTrue(Files.isDirectory(golden), golden + " is not there");
        Path spectra = Files.createDirectories(folder.resolve("spectra"));
        for (int k = 0; k < 2 * MORNINGS.size(); k++) {
            Path packed = golden.resolve(String.format(Locale.ROOT, "%02d_spectrum.fits.gz", k));
            byte[] bytes;
            try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(packed))) {
                bytes = in.readAllBytes();
            }
            int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("DATE-OBS=");
            String date = MORNINGS.get(k / 2) + "T0" + (2 + k % 2) + ":00:00";
            byte[] card = String.format(Locale.ROOT, "%-" + CARD + "s", "DATE-OBS= '" + date + "'")
                    .getBytes(StandardCharsets.ISO_8859_1);
            System.arraycopy(card, 0, bytes, at, CARD);
            Files.write(spectra.resolve(k + "_spectrum.fits"), bytes);
        }
    }

    private List<String> words(String out, String... more) {
        List<String> words = new ArrayList<>(
                List.of("fit", "--joint", folder.resolve("spectra").toString()));
        words.addAll(List.of("--pwv", "constant", "--ozone", "constant", "--aerosols", "constant"));
        words.addAll(List.of("--out", folder.resolve(out).toString()));
        words.addAll(List.of(more));
        return words;
    }

    /** The content of the files of all nights by their names. */
    private Map<String, String> content(String out) throws IOException {
        Path root = folder.resolve(out);
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = root.relativize(file).toString();
                if (!name.startsWith("_runs")) {
                    content.put(name, Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            }
        }
        return content;
    }
}
