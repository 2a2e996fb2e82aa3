package io.spectractor.batch.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** A browser without a window; tests are skipped where none is installed. */
final class Chromium {
    private static final List<String> PROGRAMS = List.of("chromium-headless-shell", "chromium", "google-chrome");

    private final String program;
    private final Path folder;

    private Chromium(String program, Path folder) {
        this.program = program;
        this.folder = folder;
    }

    /** @param folder for its profile and pictures */
    static Chromium in(Path folder) {
        Optional<String> found = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(place -> PROGRAMS.stream().map(name -> Path.of(place, name)))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
        assumeTrue(found.isPresent(), "no Chromium is installed");
        return new Chromium(found.orElseThrow(), folder);
    }

    /** What the page looks like. */
    BufferedImage picture(Path page, int width, int height) throws IOException, InterruptedException {
        Path png = folder.resolve("screen.png");
        run(
                "--screenshot=" + png,
                "--window-size=" + width + "," + height,
                page.toUri().toString());
        return ImageIO.read(png.toFile());
    }

    /** The elements as the browser understood them. */
    String elements(Path page) throws IOException, InterruptedException {
        return run("--dump-dom", page.toUri().toString());
    }

    /** Standard output; what the page complains of, such as its own security policy, fails. */
    private String run(String... words) throws IOException, InterruptedException {
        Path out = folder.resolve("chromium.out");
        Path err = folder.resolve("chromium.err");
        List<String> command = new ArrayList<>(List.of(
                program,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--enable-logging=stderr",
                "--user-data-dir=" + folder.resolve("profile")));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        boolean ended = process.waitFor(2, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended).as("%s ended: %s", command, Files.readString(err)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(err)).isZero();
        assertThat(Files.readString(err)).doesNotContain("CONSOLE");
        return Files.readString(out);
    }
}
