package io.spectractor.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.result.SummaryCsv;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The program without a cluster, whose products those of clusters are compared with, and what a run left in its folder. */
final class LocalProgram {
    private static final long PATIENCE_S = 240;

    private LocalProgram() {}

    /** Runs it to its end, which must be a good one. */
    static void run(Path log, String... words) {
        List<String> command = new ArrayList<>(List.of(ClusterPaths.java(), "-Xmx1500m", "-XX:+UseSerialGC", "-cp"));
        command.addAll(List.of(ClusterPaths.jar().toString(), "io.spectractor.cli.Main"));
        command.addAll(List.of(words));
        try (Daemon program = Daemon.start(log, Map.of(), command)) {
            assertThat(program.exit(PATIENCE_S)).as(program.said()).isZero();
        }
    }

    /** Draws frames of HD111980 through HoloAmAg with their logbook. */
    static void simulate(Path log, int count, String out) {
        List<String> words = new ArrayList<>(List.of("simulate", "--target", "HD111980", "--disperser", "HoloAmAg"));
        words.addAll(List.of("--count", "" + count, "--seed", "1", "--out", out));
        run(log, words.toArray(String[]::new));
    }

    /** The summary of the run called r1. */
    static List<ImageResult> images(Path out) throws IOException {
        return SummaryCsv.read(Files.readString(out.resolve("_runs/r1/summary.csv")));
    }

    /** The digests of the science by image. */
    static Map<String, String> science(List<ImageResult> images) {
        Map<String, String> digests = new TreeMap<>();
        images.forEach(i -> digests.put(i.name(), String.valueOf(i.scienceSha256())));
        return digests;
    }

    static void assertNoLitter(Path out) throws IOException {
        try (Stream<Path> all = Files.walk(out, FileVisitOption.FOLLOW_LINKS)) {
            assertThat(all.map(p -> String.valueOf(p.getFileName())))
                    .noneMatch(n -> n.endsWith(".crc") || n.endsWith(".part") || n.endsWith("_spectrum.fits.lock"))
                    .doesNotContain("stop", "_SUCCESS", "_temporary");
        }
    }
}
