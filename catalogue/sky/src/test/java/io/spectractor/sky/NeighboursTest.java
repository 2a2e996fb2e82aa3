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
        "5, 89, 3, 40"
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
            int found = index.nearest(ras[at], decs[at], 3, rows, separations);
            assertThat(found).isEqualTo(Math.min(3, near.size()));
            for (int k = 0; k < found; k++) {
                assertThat(rows[k]).isEqualTo(near.get(k));
            }
        }
    }

    @org.junit.jupiter.api.Test
    void emptyTableHasNoNeighbours() {
        assertThat(new Neighbours(new double[0], new double[0], 1).nearest(0, 0, 2, new int[2], new double[2]))
                .isZero();
    }
}
