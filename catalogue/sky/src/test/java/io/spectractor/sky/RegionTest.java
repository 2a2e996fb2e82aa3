package io.spectractor.sky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RegionTest {
    static List<Region> regions() {
        return List.of(
                new Cone(10, 20, 5),
                new Cone(0.001, -0.001, 0.5),
                new Cone(123, 90, 0.3),
                new Cone(77, -89.9, 0.5),
                new Cone(200, 60, 100),
                new Cone(45, 41.8, 0),
                new Box(350, 10, -5, 5),
                new Box(10, 20, 88, 90),
                new Box(0, 360, -90, -89),
                new Box(0, 0, -1, 1),
                new Box(300, 360, 40, 41),
                new Box(20, 10, 0, 30),
                new Polygon(new double[] {350, 10, 0}, new double[] {-5, -5, 10}),
                new Polygon(new double[] {0, 90, 180, 270}, new double[] {80, 80, 80, 80}),
                new Polygon(new double[] {0, 20, 20, 10, 0}, new double[] {0, 0, 20, 5, 20}));
    }

    /** Positions all over, at the poles and along 0h, and near the region's own border. */
    @ParameterizedTest
    @MethodSource("regions")
    void coverHoldsEveryPositionOfIt(Region region) {
        PixelCoverage coverage = PixelCoverage.of(region, 9);
        for (int i = 1; i < coverage.size(); i++) {
            assertThat(coverage.first(i)).isGreaterThan(coverage.end(i - 1));
        }
        SplittableRandom random = new SplittableRandom(7);
        long inside = 0;
        long covered = 0;
        for (int i = 0; i < 200_000; i++) {
            double dec = Math.toDegrees(Math.asin(2 * random.nextDouble() - 1));
            double ra = 360 * random.nextDouble();
            if (i % 4 == 1) {
                dec = (i % 8 == 1 ? 1 : -1) * (90 - Math.pow(random.nextDouble(), 4));
            } else if (i % 4 == 2) {
                ra = Sphere.normalRa(random.nextDouble() * 1e-3 - 5e-4);
            }
            boolean holds = coverage.holds(Healpix.pixel(29, ra, dec));
            if (region.contains(ra, dec)) {
                inside += i % 4 == 0 ? 1 : 0;
                assertThat(holds).as("%s: %s %s", region, ra, dec).isTrue();
            }
            covered += holds && i % 4 == 0 ? 1 : 0;
        }
        // and it is not much too large, as the positions all over tell
        assertThat(covered).isLessThanOrEqualTo((long) (1.1 * inside) + 300);
    }

    static List<Arguments> sumsOfHealpy() {
        return List.of(
                Arguments.of(new Cone(10, 20, 5), 1498, 475907724L),
                Arguments.of(new Cone(0.001, -0.001, 0.5), 14, 4128761L),
                Arguments.of(new Cone(123, 90, 3), 544, 89087136L),
                Arguments.of(new Cone(77, -89.9, 5), 1482, 921308614L),
                Arguments.of(new Cone(200, 60, 100), 461494, 133417239395L),
                Arguments.of(new Cone(359.9, 41.8, 12.3), 9019, 1561713601L),
                Arguments.of(new Polygon(new double[] {350, 10, 0}, new double[] {-5, -5, 10}), 2870, 850358489L),
                Arguments.of(
                        new Polygon(new double[] {0, 90, 180, 270}, new double[] {80, 80, 80, 80}), 3820, 623341956L),
                Arguments.of(
                        new Polygon(new double[] {100, 140, 150, 120, 95}, new double[] {-30, -35, 0, 20, 5}),
                        40844,
                        18277283461L),
                Arguments.of(
                        new Polygon(new double[] {330, 30, 30, 330}, new double[] {-70, -70, -40, -40}),
                        17732,
                        11447518480L),
                Arguments.of(new Box(0, 360, -5, 5.1), 69632, 27344730112L),
                Arguments.of(new Box(0, 360, 66.1, 90), 33540, 5335297020L),
                Arguments.of(new Box(0, 360, -90, -41.7), 131584, 84394124288L));
    }

    /**
     * Number and sum of the pixels of order 8 whose centres lie in a region, by healpy 1.20.1 (nest=True, inclusive=False):
     * query_disc for cones, query_polygon for polygons, query_strip for boxes around the whole circle. No centre is nearer than
     * 2e-5 degrees to a border, so rounding decides nothing.
     */
    @ParameterizedTest
    @MethodSource("sumsOfHealpy")
    void pixelsOfARegionAreThoseOfHealpy(Region region, int count, long sum) {
        int order = 8;
        PixelCoverage coverage = PixelCoverage.of(region, order);
        int shift = 2 * (Healpix.MAX_ORDER - order);
        long[] inside = IntStream.range(0, coverage.size())
                .mapToObj(range -> LongStream.range(coverage.first(range) >> shift, coverage.end(range) >> shift))
                .flatMapToLong(pixels -> pixels)
                .filter(pixel -> {
                    double[] centre = Healpix.centre(order, pixel);
                    return region.contains(centre[0], centre[1]);
                })
                .toArray();
        assertThat(inside).hasSize(count);
        assertThat(LongStream.of(inside).sum()).isEqualTo(sum);
    }

    @Test
    void polygonIsWhatLiesOnOneSideOfAllItsArcs() {
        Polygon triangle = new Polygon(new double[] {350, 10, 0}, new double[] {-5, -5, 10});
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 100_000; i++) {
            double ra = Sphere.normalRa(40 * random.nextDouble() - 20);
            double dec = 40 * random.nextDouble() - 20;
            boolean all =
                    left(350, -5, 10, -5, ra, dec) && left(10, -5, 0, 10, ra, dec) && left(0, 10, 350, -5, ra, dec);
            assertThat(triangle.contains(ra, dec)).isEqualTo(all);
        }
    }

    private static boolean left(double ra1, double dec1, double ra2, double dec2, double ra, double dec) {
        double[] a = vector(ra1, dec1);
        double[] b = vector(ra2, dec2);
        double[] p = vector(ra, dec);
        return (a[1] * b[2] - a[2] * b[1]) * p[0]
                        + (a[2] * b[0] - a[0] * b[2]) * p[1]
                        + (a[0] * b[1] - a[1] * b[0]) * p[2]
                > 0;
    }

    private static double[] vector(double ra, double dec) {
        double lambda = Math.toRadians(ra);
        double phi = Math.toRadians(dec);
        return new double[] {Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)};
    }

    @Test
    void whatIsNoRegionIsRefused() {
        assertThatThrownBy(() -> new Cone(1, 2, -1)).hasMessageContaining("radius -1.0");
        assertThatThrownBy(() -> new Box(1, 2, 5, 4)).hasMessageContaining("southward");
        assertThatThrownBy(() -> new Polygon(new double[] {1, 2}, new double[] {1, 2}))
                .hasMessageContaining("three corners");
        assertThatThrownBy(() -> new Polygon(new double[] {0, 100, 200, 100}, new double[] {0, 0, 0, 1}))
                .hasMessageContaining("reaches 90 degrees");
    }
}
