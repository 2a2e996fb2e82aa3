package io.spectractor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
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
