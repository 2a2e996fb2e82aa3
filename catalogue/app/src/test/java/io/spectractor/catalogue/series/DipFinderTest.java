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
import java.util.TreeMap;
import java.util.stream.IntStream;
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

    private static LightCurve permuted(LightCurve curve, int[] order) {
        Map<String, double[]> others = new TreeMap<>();
        curve.others().forEach((name, values) -> others.put(name, permuted(values, order)));
        return new LightCurve(
                Arrays.stream(order).mapToObj(i -> curve.band()[i]).toArray(String[]::new),
                permuted(curve.time(), order),
                permuted(curve.value(), order),
                permuted(curve.error(), order),
                others);
    }

    private static double[] permuted(double[] values, int[] order) {
        return Arrays.stream(order).mapToDouble(i -> values[i]).toArray();
    }

    @Test
    void orderAndOtherBandsMakeNoDifference() {
        DipFinder finder = new DipFinder(Map.of());
        for (int seed = 0; seed < 30; seed++) {
            LightCurve curve = curve(seed);
            int n = curve.time().length;
            int[] sorted = IntStream.range(0, n)
                    .boxed()
                    .sorted(java.util.Comparator.comparingDouble(i -> curve.time()[i]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            assertThat(finder.apply(permuted(curve, sorted))).isEqualTo(finder.apply(curve));
            // every point once more in two bands that nobody asks for, names not the same objects
            int[] thrice = IntStream.range(0, 3 * n).map(i -> i / 3).toArray();
            LightCurve more = permuted(curve, thrice);
            for (int i = 0; i < 3 * n; i++) {
                more.band()[i] = i % 3 == 0 ? new String(more.band()[i].toCharArray()) : i % 3 == 1 ? "i" : "z";
            }
            assertThat(finder.apply(more)).isEqualTo(finder.apply(curve));
        }
    }

    /** Of equal times the point of the band named first comes first: here it is the faint one of each pair. */
    @Test
    void pointsOfEqualTimeStandInTheOrderOfTheBands() {
        String[] band = new String[120];
        double[] mjd = new double[120];
        double[] mag = new double[120];
        double[] err = new double[120];
        Arrays.setAll(band, i -> i % 2 == 0 ? "r" : "g");
        Arrays.setAll(mjd, i -> 58000 + i / 2);
        Arrays.setAll(mag, i -> (i / 2 % 2 == 0 ? 0.01 : -0.01) + (i / 2 >= 30 && i / 2 < 36 && i % 2 == 1 ? 1 : 0));
        Arrays.fill(err, 0.02);
        double[] result = new DipFinder(Map.of("min_num_observations", "0", "min_dip_time", "-1"))
                .apply(new LightCurve(band, mjd, mag, err, Map.of()));
        // each faint g is followed by an r that is not: six dips of one point, which begin and end at the same time
        assertThat(result).startsWith(0, 58030, 58030, 1).endsWith(6);
        double[] other = new DipFinder(Map.of("bands", "r,g", "min_num_observations", "0", "min_dip_time", "-1"))
                .apply(new LightCurve(band, mjd, mag, err, Map.of()));
        assertThat(other).startsWith(0, 58030, 58030, 1).endsWith(6);
    }

    @Test
    void bandOfTooFewPointsIsLeftOut() {
        LightCurve curve = curve(5);
        int[] order = IntStream.range(0, curve.time().length)
                .filter(i -> curve.band()[i].equals("r") || i < 12)
                .toArray();
        int[] red = IntStream.range(0, curve.time().length)
                .filter(i -> curve.band()[i].equals("r"))
                .toArray();
        assertThat(order.length).isGreaterThan(red.length);
        assertThat(new DipFinder(Map.of()).apply(permuted(curve, order)))
                .isEqualTo(new DipFinder(Map.of("bands", "r")).apply(permuted(curve, red)));
    }

    @Test
    void medianIsThatOfTheSortedValues() {
        Generator g = new Generator(4);
        for (int n = 1; n < 60; n++) {
            int kinds = 1 + n % 7;
            double[] v = new double[n + 2];
            for (int i = 0; i < v.length; i++) {
                v[i] = n % 2 == 0 ? Math.floor(kinds * g.uniform()) : g.normal();
            }
            double[] sorted = Arrays.copyOfRange(v, 1, n + 1);
            Arrays.sort(sorted);
            double expected = (sorted[n / 2] + sorted[(n - 1) / 2]) / 2;
            assertThat(Medians.median(v, 1, n)).isEqualTo(expected);
        }
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
        assertThatThrownBy(() -> new DipFinder(Map.of("bands", "g,r,g"))).hasMessage("a band is named twice: g,r,g");
    }
}
