package io.spectractor.sky;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeighboursTest {
    /** Against the comparison of every pair: around a pole, along 0h, elsewhere, and with equal positions. */
    @ParameterizedTest
    @CsvSource({
        "0, 90, 2, 0.3",
        "10, -89.5, 1, 0.2",
        "0, 0, 1, 0.05",
        "359.9, 60, 1, 0.1",
        "100, 30, 20, 3",
        "5, 89, 3, 40",
        "45, 41.81, 1, 0.2",
        "90, 0, 0.01, 0.0003"
    })
    void nearestAreThoseOfAllPairs(double ra, double dec, double spread, double radius) {
        SplittableRandom random = new SplittableRandom(5);
        int n = 600;
        double[] ras = new double[n];
        double[] decs = new double[n];
        for (int i = 0; i < n; i++) {
            decs[i] = Math.max(-90, Math.min(90, dec + spread * (2 * random.nextDouble() - 1)));
            double width = spread / Math.max(0.02, Math.cos(Math.toRadians(decs[i])));
            ras[i] = Sphere.normalRa(ra + width * (2 * random.nextDouble() - 1));
            if (i % 50 == 1) {
                ras[i] = ras[i - 1];
                decs[i] = decs[i - 1];
            }
        }
        Neighbours index = new Neighbours(ras, decs, radius);
        int[] rows = new int[3];
        double[] separations = new double[3];
        for (int i = 0; i < n; i++) {
            int at = i;
            List<Integer> near = new ArrayList<>();
            for (int j = 0; j < n; j++) {
                if (Sphere.separation(ras[at], decs[at], ras[j], decs[j]) <= radius) {
                    near.add(j);
                }
            }
            near.sort(Comparator.<Integer>comparingDouble(j -> Sphere.separation(ras[at], decs[at], ras[j], decs[j]))
                    .thenComparing(j -> j));
            int found = index.nearest(Healpix.pixel(29, ras[at], decs[at]), ras[at], decs[at], 3, rows, separations);
            assertThat(found).isEqualTo(Math.min(3, near.size()));
            for (int k = 0; k < found; k++) {
                assertThat(rows[k]).isEqualTo(near.get(k));
            }
        }
    }

    /** Small circles all over the sky, with rows that lie on the borders of the base pixels, and only some pixels asked for. */
    @ParameterizedTest
    @CsvSource({"0.00028", "0.01", "2"})
    void noNeighbourIsLostAtABorder(double radius) {
        SplittableRandom random = new SplittableRandom(8);
        int n = 1500;
        double[] ras = new double[n];
        double[] decs = new double[n];
        for (int i = 0; i < n; i++) {
            double[] corner = Healpix.point(0, random.nextInt(12), random.nextInt(2), random.nextDouble());
            decs[i] = Math.max(-90, Math.min(90, corner[1] + radius * (2 * random.nextDouble() - 1)));
            double width = radius / Math.max(0.02, Math.cos(Math.toRadians(decs[i])));
            ras[i] = Sphere.normalRa(corner[0] + width * (2 * random.nextDouble() - 1));
        }
        long[] pixels = java.util.stream.IntStream.range(0, n)
                .mapToLong(i -> Healpix.pixel(29, ras[i], decs[i]))
                .toArray();
        long first = 3L << 58;
        long end = 5L << 58;
        Neighbours index = new Neighbours(pixels, ras, decs, radius, first, end);
        int[] rows = new int[1];
        double[] separations = new double[1];
        int asked = 0;
        for (int i = 0; i < n; i++) {
            double angle = random.nextDouble(2 * Math.PI);
            double distance = radius * Math.sqrt(random.nextDouble());
            double dec = Math.max(-90, Math.min(90, decs[i] + distance * Math.sin(angle)));
            double ra = Sphere.normalRa(
                    ras[i] + distance * Math.cos(angle) / Math.max(0.001, Math.cos(Math.toRadians(dec))));
            long pixel = Healpix.pixel(29, ra, dec);
            double nearest = Double.POSITIVE_INFINITY;
            for (int j = 0; j < n; j++) {
                nearest = Math.min(nearest, Sphere.separation(ra, dec, ras[j], decs[j]));
            }
            boolean inside = pixel >= first && pixel < end;
            int found = index.nearest(pixel, ra, dec, 1, rows, separations);
            assertThat(found).isEqualTo(inside && nearest <= radius ? 1 : 0);
            if (found == 1) {
                assertThat(separations[0]).isEqualTo(nearest);
                asked++;
            }
        }
        assertThat(asked).isGreaterThan(100);
    }

    @org.junit.jupiter.api.Test
    void emptyTableHasNoNeighbours() {
        assertThat(new Neighbours(new double[0], new double[0], 1).nearest(0, 0, 0, 2, new int[2], new double[2]))
                .isZero();
    }
}
