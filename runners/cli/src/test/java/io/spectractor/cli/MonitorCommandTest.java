package io.spectractor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonitorCommandTest {
    @TempDir
    private Path folder;

    private FakeProgram program;

    @BeforeEach
    void night() throws IOException {
        program = new FakeProgram(folder);
        Path night = Files.createDirectory(folder.resolve("night"));
        Files.writeString(night.resolve("reduc_1.fits"), "ok");
        Files.writeString(night.resolve("reduc_2.fits"), "bad");
    }

    @Test
    void shortRunIsShownWithItsImagesAndItsFailures() {
        assertThat(program.run("run", "night", "-o", "out", "--run-id", "a")).isEqualTo(10);
        assertThat(program.run("monitor", "out")).isZero();
        assertThat(program.out())
                .contains("run a finished: 1 done, 1 failed of 2 images", "failed: 1 unprocessable in read")
                .contains("the last one reduc_2.fits");
        assertThat(program.run("monitor", "out", "--plot", "x.png")).isEqualTo(2);
        assertThat(program.err()).contains("has no resource samples");
    }

    /** Samples of two workers beside those that the run takes itself, looked at while an image is in work, and afterwards. */
    @Test
    void runWithSamplesIsShownDrawnAndReported() throws Exception {
        Path gate = folder.resolve("gate");
        for (int i = 3; i <= 5; i++) {
            Files.writeString(folder.resolve("night/reduc_" + i + ".fits"), "ok " + i);
        }
        Files.writeString(folder.resolve("night/reduc_6.fits"), FakeProgram.UNTIL + gate);
        FakeProgram running = new FakeProgram(folder);
        CompletableFuture<Integer> run = CompletableFuture.supplyAsync(() ->
                running.run("run", "night", "-o", "out", "--run-id", "a", "--workers", "1", "--max-failures", "9"));
        Path runFolder = folder.resolve("out/_runs/a");
        while (!Files.exists(runFolder.resolve("journal.jsonl"))
                || !Files.readString(runFolder.resolve("journal.jsonl")).contains("reduc_6.fits")
                || !Files.exists(folder.resolve("out/reduc_5_spectrum.fits"))) {
            assertThat(run).isNotDone();
            Thread.sleep(20);
        }
        long start = System.currentTimeMillis() - 30_000;
        samples(runFolder, "rank-1", 4711, start, 80, 400L << 20);
        samples(runFolder, "rank-2", 4712, start, 40, 200L << 20);

        assertThat(program.run("monitor", "out", "--once")).isZero();
        assertThat(program.out())
                .contains("run a running: 4 done, 1 failed, 1 not run of 6 images")
                .containsPattern("rate: [\\d.]+ images per minute, about .* left for 1 images, at work for ")
                .containsPattern("in progress: reduc_6.fits for \\d+ s, ")
                .containsPattern("PROCESS +CPU % +MEMORY +PEAK +HEAP +OF LIMIT")
                .containsPattern("rank-1 \\(4711 on n1\\) +80 +429 MB +429 MB +64 MB +5 %")
                .containsPattern("rank-2 \\(4712 on n1\\) +40 +229 MB +229 MB +64 MB +3 %")
                .contains("n1: load 1.50, unused memory 4.00 GB of 8.00 GB")
                .containsPattern("slowest: reduc_\\d.fits, \\d+\\.\\d s");
        Files.createFile(gate);
        assertThat(run.get()).isEqualTo(10);

        assertThat(program.run("monitor", "out", "--plot", "took.png")).isZero();
        BufferedImage picture = ImageIO.read(folder.resolve("took.png").toFile());
        for (int panel = 0; panel < 4; panel++) {
            assertThat(coloured(picture, 80 + panel * 211, 165))
                    .as("panel " + panel)
                    .isGreaterThan(300);
        }
        // and the stages in bands of their own below
        int bands = 80 + 4 * 211 - 20;
        assertThat(coloured(picture, bands, picture.getHeight() - bands))
                .as("extract")
                .isGreaterThan(300);
        // the end of the run put the same picture into its report, and 'report' does it again
        Path reported = runFolder.resolve("resources.png");
        assertThat(picture.getWidth()).isEqualTo(ImageIO.read(reported.toFile()).getWidth());
        assertThat(runFolder.resolve("report.html")).content().contains(base64(reported));
        Files.delete(reported);
        assertThat(program.run("report", "out")).isZero();
        assertThat(Files.readAllBytes(reported)).isEqualTo(Files.readAllBytes(folder.resolve("took.png")));
        assertThat(runFolder.resolve("report.html")).content().contains(base64(reported));
    }

    private static String base64(Path file) throws IOException {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(Files.readAllBytes(file));
    }

    /** Half a minute of samples as a process writes them, one a second, with memory that grows by a megabyte each time. */
    private static void samples(Path runFolder, String role, long pid, long startMs, int percent, long rss)
            throws IOException {
        StringBuilder text = new StringBuilder("spectractor-resources-1\tn1\t" + pid + "\t" + role + "\t\n");
        for (int i = 0; i < 30; i++) {
            String stage = (i < 15 ? "read" : "extract") + ":reduc_6.fits";
            text.append(startMs + 1000L * i).append('\t').append(stage).append('\t');
            text.append(i * percent / 100.0).append('\t').append(percent).append('\t');
            text.append(rss + ((long) i << 20)).append("\t-1\t67108864\t134217728\t3\t0.25\t4096\t8192\t1.5\t");
            text.append((4L << 30) + "\t" + (8L << 30) + "\t-1\t-1\t0\t0\n");
        }
        Path file = runFolder.resolve("resources").resolve("n1-" + pid + "-" + startMs + ".tsv");
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void pictureOfALogOfTopHasLinesInAllPanels() throws IOException {
        StringBuilder log = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            log.append(String.format("top - 20:10:%02d up 1 day, load average: %d.00, 1.00, 1.00%n", i, 1 + i % 5))
                    .append("MiB Mem :  24105.6 total,  15324.4 free,   4748.0 used,   4424.9 buff/cache\n")
                    .append("MiB Swap: 0.0 total, 0.0 free, 0.0 used.  ")
                    .append(19000 - 100 * i)
                    .append(".0 avail Mem\n\n")
                    .append("  PID USER PR NI VIRT RES SHR S %CPU %MEM TIME+ COMMAND\n")
                    .append("  17 root 20 0 9049904 ")
                    .append(800_000 + 9000 * i)
                    .append(" 8 S ")
                    .append(50 + i)
                    .append(".0 3.4 1:28.22 java\n");
        }
        Path file = Files.writeString(folder.resolve("top.log"), log);
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-03-02T20:11:00Z")));

        assertThat(program.run("monitor", "top.log", "--plot", "all.png")).isZero();
        BufferedImage picture = ImageIO.read(folder.resolve("all.png").toFile());
        for (int panel = 0; panel < 4; panel++) {
            assertThat(coloured(picture, 80 + panel * 211, 165))
                    .as("panel " + panel)
                    .isGreaterThan(300);
        }
        assertThat(program.run("monitor", "top.log", "--plot", "zoom.png", "--between", "20:10:05", "20:10:10"))
                .isZero();
        assertThat(program.run("monitor", "top.log", "--plot", "none.png", "--between", "21:00", "22:00"))
                .isEqualTo(2);
        assertThat(program.err()).contains("nothing was sampled then", "20:10:29");
        assertThat(program.run("monitor", "top.log", "--plot", "none.png", "--between", "late", "22:00"))
                .isEqualTo(2);
        assertThat(program.err()).contains("late: expected a time of day");
        assertThat(folder.resolve("none.png")).doesNotExist();
    }

    /** Pixels of the line's blue in the part of the picture that a panel has. */
    private static int coloured(BufferedImage picture, int top, int height) {
        int count = 0;
        for (int y = top; y < top + height; y++) {
            for (int x = 100; x < 950; x++) {
                int rgb = picture.getRGB(x, y);
                boolean blue = (rgb & 0xff) > 120 && (rgb >> 16 & 0xff) < 80;
                count += blue ? 1 : 0;
            }
        }
        return count;
    }
}
