package io.spectractor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.spectractor.batch.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fits of single spectra through the throughput that a joint fit of another night left. */
@Tag("slow")
class ThroughputFileTest {
    @TempDir
    Path folder = Path.of("");

    private FakeProgram program = new FakeProgram(folder);

    @BeforeEach
    void programInFolder() {
        program = new FakeProgram(folder);
    }

    private void throughputOfACalmNight() {
        assertThat(program.run(
                        "fit",
                        "--joint",
                        GoldenNight.folder("constant").toString(),
                        "--pwv",
                        "constant",
                        "--ozone",
                        "constant",
                        "--aerosols",
                        "constant",
                        "--out",
                        "joint"))
                .as(program.err())
                .isZero();
    }

    private List<JsonNode> fits(String... more) throws IOException {
        List<String> words = new ArrayList<>(List.of("fit", "--data", "spectrum", "--json", "--out", "single"));
        for (int k = 0; k < 12; k++) {
            GoldenNight.spectrum("drift", k, folder.resolve(k + "_spectrum.fits"), b -> {});
            words.add(k + "_spectrum.fits");
        }
        words.addAll(List.of(more));
        assertThat(program.run(words.toArray(String[]::new))).as(program.err()).isZero();
        List<JsonNode> results = new ArrayList<>();
        for (String line : program.out().lines().toList()) {
            results.add(Json.read(line, JsonNode.class));
        }
        return results;
    }

    private static Map<String, Double> truth(int k) throws IOException {
        JsonNode truth = Json.read(Files.readString(GoldenNight.folder("drift").resolve("truth.json")), JsonNode.class);
        Map<String, Double> air = new TreeMap<>();
        air.put("VAOD", truth.get("VAOD").asDouble());
        air.put("ozone", truth.get("ozone_DU").asDouble());
        air.put("PWV", truth.get("PWV_mm").get(k).asDouble());
        return air;
    }

    /** Pulls of a quantity in all twelve spectra of different air. */
    private static double[] pulls(List<JsonNode> results, String label) throws IOException {
        double[] pulls = new double[results.size()];
        for (int k = 0; k < pulls.length; k++) {
            for (JsonNode p : results.get(k).get("parameters")) {
                if (p.get("label").asText().equals(label)) {
                    pulls[k] = (p.get("value").asDouble() - truth(k).get(label))
                            / p.get("sigma").asDouble();
                }
            }
        }
        return pulls;
    }

    private static double rms(double[] pulls) {
        double sum = 0;
        for (double p : pulls) {
            sum += p * p;
        }
        return Math.sqrt(sum / pulls.length);
    }

    /** Another night, through the same instrument that the table is wrong about. */
    @Test
    void theErrorsCoverTheTruth() throws IOException {
        throughputOfACalmNight();

        List<JsonNode> with = fits("--throughput-file", "joint/throughput_HoloAmAg.txt");
        List<JsonNode> without = fits();

        for (String label : List.of("VAOD", "ozone", "PWV")) {
            double[] pulls = pulls(with, label);
            assertThat(Arrays.stream(pulls).map(Math::abs).max().orElse(9))
                    .as(label)
                    .isLessThan(3);
            assertThat(rms(pulls)).as(label).isBetween(0.3, 1.5);
        }
        assertThat(with).allMatch(r -> r.get("throughput").asText().equals("throughput_HoloAmAg.txt"));
        assertThat(rms(pulls(without, "ozone"))).isGreaterThan(4);
        assertThat(without).noneMatch(r -> r.has("throughput"));
    }

    @Test
    void aFileThatIsNotWhatItShouldBeIsRefused() throws IOException {
        Files.createDirectories(folder.resolve("joint"));
        Path file = folder.resolve("joint/throughput_X.txt");
        Path covariance = folder.resolve("joint/throughput_X_covariance.csv");
        GoldenNight.spectrum("drift", 0, folder.resolve("a_spectrum.fits"), b -> {});
        String[] words = {"fit", "--data", "spectrum", "a_spectrum.fits", "--throughput-file", "joint/throughput_X.txt"
        };

        assertThat(program.run(words)).isEqualTo(2);
        assertThat(program.err()).contains("throughput_X.txt, a throughput, cannot be read");
        Files.writeString(file, "# instrument X\n400 0.5 0.01\n900 0.4 0.01\n");
        assertThat(program.run(words)).isEqualTo(2);
        assertThat(program.err()).contains("throughput_X_covariance.csv, the covariance of throughput_X.txt");
        Files.writeString(covariance, "1e-4,0\n");
        assertThat(program.run(words)).isEqualTo(2);
        assertThat(program.err()).contains("has 1 rows, ").contains("has 2; both must come from the same joint fit");
        Files.writeString(covariance, "4e-4,0\n0,4e-4\n");
        assertThat(program.run(words)).isEqualTo(2);
        assertThat(program.err()).contains("at 400.0 nm they give different errors");
        Files.writeString(covariance, "1e-4,1.5e-4\n1.5e-4,1e-4\n");
        assertThat(program.run(words)).isEqualTo(2);
        assertThat(program.err()).contains("the covariance is not positive");
        Files.writeString(covariance, "1e-4,0\n0,1e-4\n");
        assertThat(program.run(words)).isEqualTo(11);
        assertThat(program.err())
                .contains("throughput_X.txt is the throughput with X, the spectrum was taken with HoloAmAg");
        Files.writeString(
                file, "# factor on the throughput that the spectra came with, from a joint fit\n400 1 0.01\n");
        assertThat(program.run(words)).isEqualTo(2);
        assertThat(program.err()).contains("is a factor on throughputs that came with the spectra");
        assertThat(program.run("fit", "--joint", "a_spectrum.fits", "--throughput-file", "joint/throughput_X.txt"))
                .isEqualTo(2);
        assertThat(program.err()).contains("--throughput-file is for fits of single spectra");
    }
}
