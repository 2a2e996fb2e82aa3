package io.spectractor.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.optics.CameraOrientation;
import io.spectractor.core.optics.TabulatedCurve;
import io.spectractor.core.target.Target;
import java.util.List;
import org.junit.jupiter.api.Test;

class StarCatalogueTest {
    /** A star of G = 8: 2.5e-8 erg/s/cm2/nm is magnitude 0. */
    private static final Target TARGET = new Target(
            "star", Target.Kind.STAR, 193.3, -18.5, 0, TabulatedCurve.constant(2.5e-8 * Math.pow(10, -0.4 * 8)));

    private static final PixelPosition ORDER0 = new PixelPosition(700, 600);
    /** 0.4 arcsec per pixel, north up, west right. */
    private static final CameraOrientation CAMERA = new CameraOrientation(0.4, 0, 1, 1);

    private static List<FieldStar> stars(String... lines) {
        return StarCatalogue.parse(List.of(lines), "field.csv").around(TARGET, ORDER0, 1000, CAMERA, 2017.4);
    }

    @Test
    void placesStarsOfTheSkyAroundTheTargetWithTheirBrightness() {
        // 40 arcsec north; 40 arcsec west; 5 magnitudes are a factor of 100
        double west = 193.3 - 40 / 3600.0 / Math.cos(Math.toRadians(18.5));
        List<FieldStar> stars = stars(
                "# Gaia",
                "source,ra,dec,phot_g_mean_mag",
                "1,193.3," + (-18.5 + 40 / 3600.0) + ",13",
                "2," + west + ",-18.5,8");
        assertThat(stars).hasSize(2);
        assertThat(stars.get(0).x()).isCloseTo(700, within(1e-4));
        assertThat(stars.get(0).y()).isCloseTo(700, within(1e-4));
        assertThat(stars.get(0).rateAduPerS()).isCloseTo(10, within(1e-9));
        assertThat(stars.get(1).x()).isCloseTo(800, within(1e-4));
        // a circle of declination is no straight line: 40 arcsec from the target it has left it by a milliarcsecond
        assertThat(stars.get(1).y()).isCloseTo(600, within(0.005));
        assertThat(stars.get(1).rateAduPerS()).isCloseTo(1000, within(1e-6));
    }

    /** The entry 3.6 arcsec away with the target's magnitude is the target, and the others keep their distance to it. */
    @Test
    void theTargetItselfIsLeftOut() {
        List<FieldStar> stars = stars("ra dec pmra mag", "193.3 -18.499 \"\" 8.2", "193.3 -18.489 1.5 12.0");
        assertThat(stars).hasSize(1);
        assertThat(stars.get(0).y()).isCloseTo(600 + 0.01 * 3600 / 0.4, within(1e-4));
    }

    @Test
    void starsMoveWithTheYears() {
        List<FieldStar> stars = stars("ra,dec,pmra,pmdec,ref_epoch,mag", "193.3,-18.489,0,1000,2007.4,12");
        assertThat(stars.get(0).y()).isCloseTo(600 + (0.011 * 3600 + 10) / 0.4, within(1e-4));
    }

    @Test
    void pixelsAreTakenAsTheyAre() {
        List<FieldStar> stars = stars("x;y;mag", "10.5;20.25;10.5", "5;5;nan");
        assertThat(stars).hasSize(1);
        assertThat(stars.get(0).x()).isEqualTo(10.5);
        assertThat(stars.get(0).y()).isEqualTo(20.25);
        assertThat(stars.get(0).rateAduPerS()).isCloseTo(100, within(1e-9));
    }

    @Test
    void temperaturesComeFromTheirColumnOrFromTheColour() {
        List<FieldStar> stars =
                stars("x,y,mag,bp_rp,teff_gspphot", "1,1,9,0.82,4321", "1,1,9,1.8,", "1,1,9,,null", "1,1,9");
        assertThat(stars)
                .extracting(FieldStar::temperatureK)
                .satisfiesExactly(
                        t -> assertThat(t).isEqualTo(4321),
                        t -> assertThat(t).isEqualTo(FieldStar.temperatureOf(1.8)),
                        t -> assertThat(t).isEqualTo(FieldStar.SUN_K),
                        t -> assertThat(t).isEqualTo(FieldStar.SUN_K));
    }

    @Test
    void whatIsWrongIsNamedWithItsLine() {
        assertThatThrownBy(() -> stars("ra,mag", "1,2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("field.csv")
                .hasMessageContaining("ra and dec, or x and y")
                .hasMessageContaining("found ra, mag");
        assertThatThrownBy(() -> stars("x,y,mag", "1,2,3", "1,two,3"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("field.csv, line 3")
                .hasMessageContaining("two where a number");
        assertThatThrownBy(() -> stars("x,y,mag"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no star");
    }
}
