package io.spectractor.catalogue.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DipFinderTest {

    /** The generator of scripts/dipper-golden.py. */
    private static final class Generator {
        private long state;

        Generator(long seed) {
            state = seed;
        }

        double uniform() {
            state = state * 6364136223846793005L + 1442695040888963407L;
            return (state >>> 11) / 0x1p53;
        }

        double normal() {
            double sum = 0;
            for (int i = 0; i < 12; i++) {
                sum += uniform();
            }
            return sum - 6;
        }
    }

    static LightCurve curve(int seed) {
        Generator g = new Generator(seed);
        int count = 30 + (int) (g.uniform() * 200);
        double depth = new double[] {0, 0.3, 1}[seed % 3];
        double centre = 58000 + 400 * g.uniform();
        double width = 3 + 20 * g.uniform();
        List<String> band = new ArrayList<>();
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = g.uniform() < 0.45 ? "g" : "r";
            double mjd = g.uniform() < 0.5 ? 58000 + 400 * g.uniform() : centre + 4 * width * (g.uniform() - 0.5);
            double err = 0.01 + 0.03 * g.uniform();
            double dip = depth * Math.max(0, 1 - Math.abs(mjd - centre) / width);
            double mag = (name.equals("g") ? 17.2 : 16.8) + dip + err * g.normal();
            double x = 3072 * g.uniform();
            double y = 3080 * g.uniform();
            double flags = g.uniform() < 0.97 ? 0 : 4;
            err = g.uniform() < 0.99 ? err : 0;
            band.add(name);
            points.add(new double[] {mjd, mag, err, x, y, flags});
            if (g.uniform() < 0.03) {
                band.add(name);
                points.add(new double[] {mjd + 2e-6, mag, err, x, y, flags});
            }
        }
        return new LightCurve(
                band.toArray(String[]::new),
                column(points, 0),
                column(points, 1),
                column(points, 2),
                Map.of("xpos", column(points, 3), "ypos", column(points, 4), "catflags", column(points, 5)));
    }

    private static double[] column(List<double[]> points, int k) {
        return points.stream().mapToDouble(p -> p[k]).toArray();
    }

    /** dips.csv is what the original finds; see scripts/dipper-golden.py. */
    @Test
    void resultsAreThoseOfTheOriginal() throws IOException {
        List<String> lines;
        try (InputStream in = DipFinderTest.class.getResourceAsStream("dips.csv")) {
            lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .toList();
        }
        int found = 0;
        for (String line : lines) {
            double[] cells = Arrays.stream(line.split(",", -1))
                    .mapToDouble(cell -> cell.equals("nan") ? Double.NaN : Double.parseDouble(cell))
                    .toArray();
            double[] expected = Arrays.copyOfRange(cells, 2, cells.length);
            double[] result = new DipFinder(Map.of("max_gap", Double.toString(cells[1]))).apply(curve((int) cells[0]));
            for (int k = 0; k < expected.length; k++) {
                if (Double.isNaN(expected[k])) {
                    assertThat(result[k]).isNaN();
                } else {
                    assertThat(result[k]).as(line).isEqualTo(expected[k], within(1e-11 * Math.abs(expected[k])));
                }
            }
            found += expected[3] > 0 ? 1 : 0;
        }
        assertThat(lines).hasSize(120);
        assertThat(found).as("curves with a dip").isGreaterThan(30);
    }

    @Test
    void fewPointsHaveNoDip() {
        LightCurve none = new LightCurve(new String[0], new double[0], new double[0], new double[0], Map.of());
        assertThat(new DipFinder(Map.of()).apply(none)).startsWith(-1, Double.NaN, Double.NaN, 0, Double.NaN, 0, 0);
    }

    @Test
    void unknownParametersAreNamed() {
        assertThatThrownBy(() -> new DipFinder(Map.of("gap", "3"))).hasMessageContaining("no parameter gap");
        assertThatThrownBy(() -> new DipFinder(Map.of("max_gap", "x"))).hasMessageContaining("max_gap is not a number");
    }
}
