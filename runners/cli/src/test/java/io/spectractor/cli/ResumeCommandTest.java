package io.spectractor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.spectractor.batch.run.RunControl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that exists already: gone on with, typed again, cancelled. */
@Timeout(60)
class ResumeCommandTest {
    @TempDir
    Path folder = Path.of("");

    private FakeProgram program = new FakeProgram(Path.of(""));

    @BeforeEach
    void night() throws IOException {
        program = FakeProgram.withNight(folder);
    }

    @Test
    void aStoppedRunEndsWith75AndResumeDoesTheRest() {
        program.onRun(control -> control.stop(RunControl.Cause.SIGNAL, "stopped by a signal"));
        assertThat(program.run("run", "night", "-o", "out", "--set", "ccd.rebin=2"))
                .isEqualTo(75);
        assertThat(program.requests).isEmpty();

        program.onRun(control -> {});
        assertThat(program.run("resume", "out", "--json")).isZero();
        assertThat(program.out()).contains("\"state\" : \"FINISHED\"");
        assertThat(folder.resolve("out/_runs")).isDirectoryContaining("glob:**/20*");
        assertThat(program.run("run", "night", "-o", "out", "--set", "ccd.rebin=2"))
                .isZero();
        assertThat(program.out()).contains("2 kept from before");
    }

    /** What is done stays done, with its numbers, whatever becomes of the raw files. */
    @ParameterizedTest
    @ValueSource(strings = {"file", "folder", "link", "folder in its place", "logbook"})
    void resumeKeepsWhatIsDone(String gone) throws IOException {
        program.image("reduc_1.fits", "ok one");
        program.image("reduc_3.fits", "bad");
        assertThat(program.run("run", "night", "-l", "logbook.csv", "-o", "out", "--run-id", "a", "--guess", "1,2"))
                .isEqualTo(10);
        String before = row("reduc_1.fits");
        assertThat(before).contains("683.06");
        Path raw = folder.resolve("night/reduc_1.fits");
        switch (gone) {
            case "file" -> Files.delete(raw);
            case "link" -> {
                Files.delete(raw);
                Files.createSymbolicLink(raw, folder.resolve("nowhere.fits"));
            }
            case "folder in its place" -> {
                Files.delete(raw);
                Files.createDirectory(raw);
            }
            case "logbook" -> Files.delete(folder.resolve("logbook.csv"));
            default -> Files.move(folder.resolve("night"), folder.resolve("archive"));
        }
        int extracted = program.requests.size();

        assertThat(program.run("resume", "out")).isEqualTo(10);

        assertThat(program.out()).contains("1 done", "1 kept from before");
        assertThat(program.requests).hasSize(extracted);
        assertThat(folder.resolve("out/reduc_1_spectrum.fits")).exists();
        assertThat(row("reduc_1.fits")).isEqualTo(before);
    }

    /** What the summary says of an image from its product on: digests and numbers. */
    private String row(String image) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("out/_runs/a/summary.csv"));
        return lines.stream()
                .filter(l -> l.startsWith(image + ",done,"))
                .map(l -> l.substring(l.indexOf("_spectrum.fits")))
                .findFirst()
                .orElse("not done");
    }

    @Test
    void aRunCanBeTypedAgainAndARunIdCannot() {
        assertThat(program.run("run", "night", "-o", "out", "--run-id", "a")).isZero();
        assertThat(program.run("run", "night", "-o", "out", "--run-id", "a")).isEqualTo(2);
        assertThat(program.err()).contains("a run a exists already");
        assertThat(program.run("run", "night", "-o", "out", "--set", "ccd.rebin=2"))
                .isEqualTo(2);
        assertThat(program.err()).contains("--resume makes them again", "--overwrite");
        assertThat(program.run("run", "night", "-o", "out", "--set", "ccd.rebin=2", "--overwrite"))
                .isZero();
        assertThat(program.requests).hasSize(4);
    }

    @Test
    void cancelOfARunThatIsOverIsWrong() {
        program.run("run", "night", "-o", "out", "--run-id", "a");

        assertThat(program.run("cancel", "out")).isEqualTo(2);
        assertThat(program.err()).contains("run a is not running");
        assertThat(program.run("cancel", "out", "--run-id", "b")).isEqualTo(2);
        assertThat(program.err()).contains("there is no run b", "there are: a");
    }

    @Test
    void anEditedConfigurationIsNotResumed() throws IOException {
        program.run("run", "night", "-o", "out", "--run-id", "a");
        Path config = folder.resolve("out/_runs/a/config.yaml");
        Files.writeString(config, Files.readString(config).replace("rebin: 1", "rebin: 2"));

        assertThat(program.run("resume", "out")).isEqualTo(2);
        assertThat(program.err()).contains("config.yaml is no longer what the run was started with");
    }
}
