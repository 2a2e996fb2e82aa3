package io.spectractor.sky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealpixTest {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    /**
     * Sums over 10⁶ positions, from healpy 1.20.1: ra = 360 f(2i), dec = 180 f(2i + 1) - 90, f(n) = (n GOLDEN mod 2⁶⁴ >>> 11)
     * / 2⁵³; the sum of (i + 1) ang2pix(2^order, ra, dec, nest, lonlat) mod 2⁶⁴.
     */
    @ParameterizedTest
    @CsvSource({
        "0, 2589320889729",
        "1, 11071388424294",
        "5, 2902438042020417",
        "10, 2972350119058081739",
        "18, 16783213461955903062",
        "29, 18214200748743435477"
    })
    void numbersAreThoseOfHealpy(int order, String sum) {
        long total = 0;
        for (int i = 0; i < 1_000_000; i++) {
            total += (i + 1) * Healpix.pixel(order, 360 * fraction(2L * i), 180 * fraction(2L * i + 1) - 90);
        }
        assertThat(Long.toUnsignedString(total)).isEqualTo(sum);
    }

    /**
     * Poles, and just beside the meridian of 0h and the borders of base pixels and of the caps: sums as above over all pairs, by healpy 1.20.1, right
     * ascensions running faster.
     */
    @ParameterizedTest
    @CsvSource({
        "0, 62995",
        "1, 269755",
        "5, 70554640",
        "10, 72253856641",
        "18, 4735229129836936",
        "29, 12293856904644179859"
    })
    void nastyPositionsHaveThePixelsOfHealpy(int order, String sum) {
        double edge = Math.toDegrees(Math.asin(2.0 / 3));
        double[] decs = {
            90,
            -90,
            89.99999999,
            -89.99999999,
            89.9,
            -89.9,
            edge + 1e-9,
            edge - 1e-9,
            -edge + 1e-9,
            -edge - 1e-9,
            1e-7,
            -1e-7,
            60.1,
            -60.1
        };
        double[] ras = {
            0,
            1e-12,
            359.9999999999,
            45.000000001,
            44.999999999,
            89.999999999,
            90.000000001,
            180.000000001,
            179.999999999,
            270.000000001,
            123.456
        };
        long total = 0;
        long i = 0;
        for (double dec : decs) {
            for (double ra : ras) {
                total += ++i * Healpix.pixel(order, ra, dec);
            }
        }
        assertThat(Long.toUnsignedString(total)).isEqualTo(sum);
    }

    private static double fraction(long n) {
        return ((n * GOLDEN) >>> 11) * 0x1p-53;
    }

    @Test
    void centreLiesInItsPixel() {
        SplittableRandom random = new SplittableRandom(1);
        for (int order = 0; order <= 27; order++) {
            for (int i = 0; i < 500; i++) {
                long pixel = random.nextLong(Healpix.pixels(order));
                double[] centre = Healpix.centre(order, pixel);
                assertThat(Healpix.pixel(order, centre[0], centre[1])).isEqualTo(pixel);
                double[] corner = Healpix.point(order, pixel, random.nextInt(2), random.nextDouble());
                assertThat(Sphere.separation(centre[0], centre[1], corner[0], corner[1]))
                        .isLessThanOrEqualTo(Healpix.radius(order) * (1 + 1e-12) + 1e-13);
            }
        }
    }

    @Test
    void polesAndSeamHavePixels() {
        assertThat(Healpix.pixel(29, 0, 90)).isEqualTo(Healpix.pixels(27) * 16 / 12 - 1);
        assertThat(Healpix.pixel(29, 0, -90)).isEqualTo(8 * (Healpix.pixels(29) / 12));
        assertThat(Healpix.pixel(29, -1e-17, 10)).isEqualTo(Healpix.pixel(29, 0, 10));
        assertThat(Healpix.pixel(29, 360, 10)).isEqualTo(Healpix.pixel(29, 0, 10));
        assertThat(Healpix.pixel(29, 360 - 1e-6, 60)).isNotEqualTo(Healpix.pixel(29, 0, 60));
    }

    @Test
    void whatIsNoPositionIsRefused() {
        assertThatThrownBy(() -> Healpix.pixel(29, Double.NaN, 0)).hasMessageContaining("right ascension NaN");
        assertThatThrownBy(() -> Healpix.pixel(29, 0, 90.0001)).hasMessageContaining("declination 90.0001");
        assertThatThrownBy(() -> Healpix.pixel(30, 0, 0)).hasMessageContaining("order 30");
    }
}
