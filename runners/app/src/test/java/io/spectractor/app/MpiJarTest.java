package io.spectractor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.result.SummaryCsv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar that Spark runs makes ranks too. */
@Tag("cluster")
class MpiJarTest {
    private static final long PATIENCE_S = 240;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void sameJarSameScience() throws IOException {
        assumeTrue(Files.isReadable(Path.of("/usr/share/java/mpj.jar")), "Debian's libmpj-java is not installed");
        String night = folder.resolve("night").toString();
        run("simulate", "--target=HD111980", "--disperser=HoloAmAg", "--count=5", "--seed=8", "--out=" + night);
        List<String> local = extract(night, "local", "--workers=2");
        assertThat(local).hasSize(5).doesNotContain("null");
        assertThat(extract(night, "mpi", "--scheduler=mpi", "--ranks=2")).isEqualTo(local);
    }

    private List<String> extract(String night, String name, String... more) throws IOException {
        Path out = folder.resolve(name);
        List<String> words = new ArrayList<>(List.of("run", night, "--logbook=" + night + "/logbook.csv"));
        words.addAll(List.of("--out=" + out, "--run-id=r1", "--extraction=aperture", "--set=ccd.rebin=2"));
        words.addAll(List.of(more));
        run(words.toArray(String[]::new));
        return SummaryCsv.read(Files.readString(out.resolve("_runs/r1/summary.csv"))).stream()
                .map(ImageResult::scienceSha256)
                .map(String::valueOf)
                .toList();
    }

    private void run(String... words) {
        List<String> command = new ArrayList<>(List.of(ClusterPaths.java(), "-Xmx1g", "-XX:+UseSerialGC", "-cp"));
        command.addAll(List.of(ClusterPaths.jar().toString(), "io.spectractor.cli.Main"));
        command.addAll(List.of(words));
        try (Daemon program = Daemon.start(folder.resolve(words[0] + command.hashCode() + ".log"), Map.of(), command)) {
            assertThat(program.exit(PATIENCE_S)).as(program.said()).isZero();
        }
    }
}
