package io.spectractor.core.astrometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.observation.PixelPosition;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Golden numbers: astropy 8.0, {@code WCS.all_pix2world(..., 0)} and {@code all_world2pix(..., 0, tolerance=1e-12)}. */
class WcsTest {
    private static final double DEG = 1e-12;
    private static final double PX = 1e-9;

    private static Wcs run134() {
        return WcsParser.parse("run134.wcs", WcsCards.ofRun134()::get);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 193.40128481038357, -18.44954902186077",
        "2047, 0, 193.16100141008582, -18.4505260909454",
        "0, 2047, 193.40241325715402, -18.677483300137435",
        "2047, 2047, 193.1615289810704, -18.678562967861172",
        "743.73, 683.08, 193.31439600218633, -18.525887481866963",
        "1500.25, 12.5, 193.22514493099143, -18.451665744739618"
    })
    void skyOfAPixelIsThatOfAstropy(double x, double y, double ra, double dec) {
        SkyPosition sky = run134().sky(new PixelPosition(x, y));
        assertThat(sky.raDeg()).isCloseTo(ra, within(10 * DEG));
        assertThat(sky.decDeg()).isCloseTo(dec, within(10 * DEG));
        PixelPosition back = Objects.requireNonNull(run134().pixel(sky));
        assertThat(back.distanceTo(new PixelPosition(x, y))).isLessThan(PX * 2);
    }

    @ParameterizedTest
    @CsvSource({
        "193.31387874, -18.52522967, 748.1034084582159, 677.149640844282",
        "193.2, -18.7, 1719.682202834426, 2240.4929234986826",
        "193.45, -18.55, -408.3265361684241, 905.1047942192979"
    })
    void pixelOfAPositionIsThatOfAstropy(double ra, double dec, double x, double y) {
        PixelPosition p = Objects.requireNonNull(run134().pixel(new SkyPosition(ra, dec)));
        assertThat(p.x()).isCloseTo(x, within(PX));
        assertThat(p.y()).isCloseTo(y, within(PX));
    }

    @Test
    void gaiasPositionOfTheTargetFallsWhereTheOriginalPutsIt() {
        // spec/09 section 4: HD111980, run 134, without the factor cos(dec) that the original applies twice
        SkyStar star = new SkyStar(193.31387874, -18.52522967, 314.62, -802.79, 2015.5, 8.21, Double.NaN);
        SkyPosition then = star.at(2017.4116926508987);
        assertThat(then.raDeg()).isCloseTo(193.31405494209312, within(1e-9));
        assertThat(then.decDeg()).isCloseTo(-18.525655972691265, within(1e-9));
        PixelPosition p = Objects.requireNonNull(run134().pixel(then));
        assertThat(p.x()).isCloseTo(746.62234437, within(2e-5));
        assertThat(p.y()).isCloseTo(680.9867858, within(2e-5));
    }

    @Test
    void motionNearThePoleFollowsAGreatCircle() {
        // astropy: SkyCoord(...).apply_space_motion over 20 years, distance 10 pc, which also knows the time of light
        SkyPosition then = new SkyStar(10, 80, 5000, -3000, 2016, 10, Double.NaN).at(2036);
        assertThat(then.raDeg()).isCloseTo(10.15970196823386, within(5e-9));
        assertThat(then.decDeg()).isCloseTo(79.98329521128655, within(1e-9));
    }

    @Test
    void swappedAxesAndOldRotationsAreRead() {
        Map<String, String> cards = plain();
        cards.put("CROTA2", "30.0");
        SkyPosition sky = WcsParser.parse("a.wcs", cards::get).sky(new PixelPosition(100, 200));
        assertThat(sky.raDeg()).isCloseTo(10.087580418779956, within(1e-11));
        assertThat(sky.decDeg()).isCloseTo(44.98044623628957, within(1e-11));
        Map<String, String> swapped = new TreeMap<>(Map.of(
                "CTYPE1",
                "DEC--TAN",
                "CTYPE2",
                "RA---TAN",
                "CRVAL1",
                "-87.4",
                "CRVAL2",
                "307.0",
                "CRPIX1",
                "500.0",
                "CRPIX2",
                "600.0",
                "CDELT1",
                "1.1e-4",
                "CDELT2",
                "1.2e-4",
                "CROTA2",
                "30.0"));
        SkyPosition other = WcsParser.parse("b.wcs", swapped::get).sky(new PixelPosition(100, 200));
        assertThat(other.decDeg()).isCloseTo(-87.44344189448512, within(1e-11));
        assertThat(other.raDeg()).isCloseTo(305.92652890046156, within(1e-10));
    }

    private static Map<String, String> plain() {
        return new TreeMap<>(Map.of(
                "CTYPE1",
                "RA---TAN",
                "CTYPE2",
                "DEC--TAN",
                "CRVAL1",
                "10.",
                "CRVAL2",
                "45.0",
                "CRPIX1",
                "500.0",
                "CRPIX2",
                "600.0",
                "CDELT1",
                "-1.1e-4",
                "CDELT2",
                "1.2e-4"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CTYPE1 |               | it has no CTYPE1",
                "CTYPE1 | RA---ZEA      | CTYPE 'RA---ZEA' is not understood",
                "CTYPE2 | DEC--TPV      | CTYPE 'DEC--TPV' is not understood",
                "CTYPE1 | GLON-TAN      | CTYPE 'GLON-TAN' is not understood",
                "CRVAL2 | 120           | are not a position in degrees",
                "CRVAL1 | 12:53:15      | CRVAL1 = '12:53:15' is not a number",
                "CRPIX1 |               | it has no CRPIX1",
                "CDELT1 |               | nothing says how large a pixel is",
                "CDELT1 | 0             | its matrix has no inverse",
                "EQUINOX| 1950          | its positions are of equinox 1950",
                "RADESYS| FK4           | RADESYS = FK4",
                "LONPOLE| 0             | LONPOLE = 0"
            })
    void whatCannotBeUsedIsNamed(String card, String value, String message) {
        Map<String, String> cards = plain();
        if (value == null) {
            cards.remove(card);
        } else {
            cards.put(card, value);
        }
        assertThatThrownBy(() -> WcsParser.parse("night/a.wcs", cards::get))
                .isInstanceOf(WcsException.class)
                .hasMessageStartingWith("night/a.wcs: no usable world coordinates: ")
                .hasMessageContaining(message);
    }

    @Test
    void theOtherSideOfTheSkyHasNoPixel() {
        assertThat(run134().pixel(new SkyPosition(13.3, 18.6))).isNull();
    }
}
