package io.spectractor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.spectractor.batch.Json;
import io.spectractor.batch.run.RunControl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Joint fits of several nights: distributed, taken up again, and each on its own. */
@Tag("slow")
class ManyNightsTest {
    private static final List<String> EVENINGS = List.of("2017-05-30", "2017-06-02", "2017-06-05");
    private static final List<String> MORNINGS = List.of("2017-05-31", "2017-06-03", "2017-06-06");

    @TempDir
    Path folder = Path.of("");

    private FakeProgram program = new FakeProgram(folder);

    @BeforeEach
    void threeNights() throws IOException {
        program = new FakeProgram(folder);
        for (int k = 0; k < 9; k++) {
            String date = MORNINGS.get(k / 3) + "T0" + (2 + k % 3) + ":00:00";
            GoldenNight.spectrum(
                    "constant",
                    k,
                    folder.resolve(k + "_spectrum.fits"),
                    b -> GoldenNight.card(b, "DATE-OBS=", "DATE-OBS= '" + date + "'"));
        }
    }

    private int fit(String out, String... more) {
        List<String> words = new ArrayList<>(List.of(
                "fit",
                "--joint",
                folder.toString(),
                "--pwv",
                "constant",
                "--ozone",
                "constant",
                "--aerosols",
                "constant",
                "--json",
                "--out",
                out));
        words.addAll(List.of(more));
        return program.run(words.toArray(String[]::new));
    }

    /** The content of all files of the nights below a folder. */
    private Map<String, String> content(String out) throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder.resolve(out))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = folder.resolve(out).relativize(file).toString();
                if (!name.startsWith("_runs")) {
                    content.put(name, Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            }
        }
        return content;
    }

    private JsonNode result(String out, String evening) throws IOException {
        return Json.read(Files.readString(folder.resolve(out).resolve(evening).resolve("joint.json")), JsonNode.class);
    }

    /** A worker or three, all nights or one of them alone: the same files to the byte, and the same lines. */
    @Test
    void theNumberOfWorkersChangesNothing() throws IOException {
        assertThat(fit("one", "--workers", "1")).as(program.err()).isZero();
        String lines = program.out();
        assertThat(fit("three", "--workers", "3")).as(program.err()).isZero();

        assertThat(content("three")).isEqualTo(content("one")).hasSize(15);
        assertThat(program.out()).isEqualTo(lines);
        List<String> evenings = new ArrayList<>();
        for (String line : lines.lines().toList()) {
            double mjd = Json.read(line, JsonNode.class)
                    .get("spectra")
                    .get(0)
                    .get("mjd")
                    .asDouble();
            evenings.add(java.time.LocalDate.ofEpochDay((long) Math.floor(mjd - 40587.5))
                    .toString());
        }
        assertThat(evenings).isEqualTo(EVENINGS);

        assertThat(program.run(
                        "fit",
                        "--joint",
                        "0_spectrum.fits",
                        "1_spectrum.fits",
                        "2_spectrum.fits",
                        "--pwv",
                        "constant",
                        "--ozone",
                        "constant",
                        "--aerosols",
                        "constant",
                        "--json",
                        "--out",
                        "alone"))
                .as(program.err())
                .isZero();
        assertThat(Files.readString(folder.resolve("alone/joint.json")))
                .isEqualTo(Files.readString(folder.resolve("one/2017-05-30/joint.json")));
    }

    /** Nights of a season are one fit: ozone and aerosols have a value for each of them, and the throughput is one. */
    @Test
    void theNightsOfASeasonShareTheThroughput() throws IOException {
        assertThat(program.run("fit", "--joint", folder.toString(), "--season", "--json", "--out", "season"))
                .as(program.err())
                .isZero();

        JsonNode season = Json.read(program.out(), JsonNode.class);
        assertThat(season.get("spectra")).hasSize(9);
        assertThat(season.get("evidence")).isEmpty();
        assertThat(season.get("instruments")).hasSize(1);
        List<JsonNode> ozone = new ArrayList<>();
        List<JsonNode> pwv = new ArrayList<>();
        for (JsonNode p : season.get("parameters")) {
            if (p.get("name").asText().equals("ozone")) {
                ozone.add(p);
            } else if (p.get("name").asText().equals("pwv")) {
                pwv.add(p);
            }
        }
        assertThat(ozone).hasSize(9);
        for (int k = 0; k < 9; k++) {
            // of all spectra the truth is 275 DU and 4.2 mm
            assertThat(Math.abs(ozone.get(k).get("value").asDouble() - 275))
                    .isLessThan(4 * ozone.get(k).get("error").asDouble());
            assertThat(Math.abs(pwv.get(k).get("value").asDouble() - 4.2))
                    .isLessThan(4 * pwv.get(k).get("error").asDouble());
            assertThat(ozone.get(k).get("value")).isEqualTo(ozone.get(k / 3 * 3).get("value"));
        }
        assertThat(ozone.get(3).get("value")).isNotEqualTo(ozone.get(0).get("value"));
        assertThat(pwv.get(1).get("value")).isNotEqualTo(pwv.get(0).get("value"));

        assertThat(program.run("fit", "--joint", folder.toString(), "--season", "--ozone", "linear"))
                .isEqualTo(2);
        assertThat(program.err()).contains("--ozone linear: the nights of --season differ; expected each or nightly");
        assertThat(program.run("fit", "--joint", folder.toString(), "--ozone", "nightly"))
                .isEqualTo(2);
        assertThat(program.err()).contains("--ozone nightly: only with --season");
    }

    /** Ranks in processes of their own do what threads do. */
    @Test
    void ranksOfMpiGiveTheSame() throws IOException {
        assumeTrue(Files.isReadable(Path.of("/usr/share/java/mpj.jar")), "Debian's libmpj-java is not installed");
        assertThat(fit("local", "--workers", "1")).as(program.err()).isZero();
        String lines = program.out();

        assertThat(fit("mpi", "--scheduler", "mpi", "--ranks", "2"))
                .as(program.err())
                .isZero();

        assertThat(content("mpi")).isEqualTo(content("local")).hasSize(15);
        assertThat(program.out()).isEqualTo(lines);
        try (Stream<Path> logs = Files.walk(folder.resolve("mpi/_runs"))) {
            assertThat(logs.map(p -> String.valueOf(p.getFileName()))).anyMatch(name -> name.contains("rank"));
        }
    }

    /** A night whose spectra cannot be used costs itself only. */
    @Test
    void aNightThatFailsCostsItselfOnly() throws IOException {
        for (int k = 3; k < 6; k++) {
            byte[] bytes = Files.readAllBytes(folder.resolve(k + "_spectrum.fits"));
            // the headers are whole, what follows is not
            Files.write(folder.resolve(k + "_spectrum.fits"), java.util.Arrays.copyOf(bytes, bytes.length / 3));
        }

        assertThat(fit("fit", "--workers", "2")).as(program.err()).isEqualTo(10);

        assertThat(program.err())
                .contains(
                        "spectractor: the joint fit of the night of 2017-06-02 cannot be done: none of its spectra can be"
                                + " used: 3_spectrum.fits: ")
                .contains("4_spectrum.fits: ", "5_spectrum.fits: ");
        assertThat(folder.resolve("fit/2017-06-02/joint.json")).doesNotExist();
        assertThat(result("fit", "2017-05-30").get("converged").asBoolean()).isTrue();
        assertThat(result("fit", "2017-06-05").get("spectra")).hasSize(3);
        assertThat(result("fit", "2017-06-05").get("leftOut")).isEmpty();
        assertThat(program.out().lines()).hasSize(2);
    }

    /** Nights that are done stay as they are, whatever else is fitted again. */
    @Test
    void whatIsDoneIsNotDoneAgain() throws IOException {
        assertThat(fit("fit")).as(program.err()).isZero();
        Map<String, String> first = content("fit");
        String lines = program.out();
        // one night is damaged, one was never done, one has become another
        Files.writeString(folder.resolve("fit/2017-06-02/throughput_HoloAmAg.txt"), "edited");
        Files.delete(folder.resolve("fit/2017-06-05/joint.json"));

        assertThat(fit("fit", "--resume")).as(program.err()).isZero();

        assertThat(content("fit")).isEqualTo(first);
        assertThat(program.out()).isEqualTo(lines);
        assertThat(program.err())
                .contains("night of 2017-05-30: done before, kept")
                .doesNotContain("night of 2017-06-02: done before", "night of 2017-06-05: done before");

        assertThat(fit("fit", "--resume", "--throughput", "bins"))
                .as(program.err())
                .isZero();
        assertThat(program.err()).doesNotContain("done before");
        assertThat(content("fit")).isNotEqualTo(first);

        GoldenNight.spectrum(
                "constant",
                9,
                folder.resolve("9_spectrum.fits"),
                b -> GoldenNight.card(b, "DATE-OBS=", "DATE-OBS= '2017-06-06T05:00:00'"));
        assertThat(fit("fit", "--resume", "--throughput", "bins"))
                .as(program.err())
                .isZero();
        assertThat(program.err())
                .contains("night of 2017-05-30: done before, kept", "night of 2017-06-02: done before, kept")
                .doesNotContain("night of 2017-06-05: done before");
        assertThat(result("fit", "2017-06-05").get("spectra")).hasSize(4);
    }

    /** A signal ends the command after the nights in progress. */
    @Test
    void aStopLeavesTheRestToResume() throws IOException {
        program.onRun(control -> control.stop(RunControl.Cause.SIGNAL, "stopped by a signal"));

        assertThat(fit("fit")).isEqualTo(75);

        assertThat(program.err()).contains("3 of 3 nights are not fitted; the same command with --resume goes on");
        for (String evening : EVENINGS) {
            assertThat(folder.resolve("fit").resolve(evening).resolve("joint.json"))
                    .doesNotExist();
        }
        program.onRun(control -> {});
        assertThat(fit("fit", "--resume")).as(program.err()).isZero();
        assertThat(content("fit")).hasSize(15);
    }

    @Test
    void aNumberOfWorkersIsANumber() {
        assertThat(fit("fit", "--workers", "0")).isEqualTo(2);
        assertThat(program.err()).contains("--workers 0: must be 1 or more");
    }
}
