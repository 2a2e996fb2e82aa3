package io.spectractor.core.astrometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.observation.PixelTransform;
import io.spectractor.core.optics.CameraOrientation;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** World coordinates against the camera, the target's place, and how both travel. */
class SkyTest {
    private static final CameraOrientation CTIO = new CameraOrientation(0.401, 180, -1, 1);
    private static final SkyPosition TARGET = new SkyPosition(193.314, -18.526);

    private static SkyImage run134(PixelTransform to) {
        return new SkyImage(WcsParser.parse("run134.wcs", WcsCards.ofRun134()::get), to);
    }

    @Test
    void coordinatesOfTheCameraArePlausible() {
        assertThat(CameraCheck.fault(run134(PixelTransform.IDENTITY), TARGET, CTIO))
                .isNull();
    }

    @Test
    void mirroredTurnedAndBinnedOnesAreNot() {
        PixelTransform mirrored = new PixelTransform(2047, -1, 0, 0, 0, 1);
        PixelTransform swapped = new PixelTransform(0, 0, 1, 0, 1, 0);
        PixelTransform turned = new PixelTransform(2047, 0, -1, 0, 1, 0);
        assertThat(CameraCheck.fault(run134(mirrored), TARGET, CTIO)).contains("mirrored");
        assertThat(CameraCheck.fault(run134(swapped), TARGET, CTIO)).contains("mirrored");
        assertThat(CameraCheck.fault(run134(turned), TARGET, CTIO))
                .contains("north is")
                .contains("turned");
        assertThat(CameraCheck.fault(run134(PixelTransform.binned(2)), TARGET, CTIO))
                .contains("binning");
        assertThat(CameraCheck.fault(run134(PixelTransform.IDENTITY), new SkyPosition(20, 60), CTIO))
                .contains("another part of the sky");
    }

    @Test
    void theTargetIsTheBrightestRowNearItsCatalogue() {
        SkyStar own = new SkyStar(193.31387874, -18.52522967, 314.62, -802.79, 2015.5, 8.21, Double.NaN);
        SkyStar faint = new SkyStar(193.3128, -18.5222, 0, 0, 2016, 15, Double.NaN);
        SkyPosition rough = new SkyPosition(193.31272, -18.52222);
        TargetPlace place = TargetPlace.of("HD111980", rough, List.of(faint, own), 2017.4117);
        assertThat(place.star()).isEqualTo(own);
        assertThat(place.moved()).isTrue();
        assertThat(place.position().arcsecTo(own.at(2017.4117))).isLessThan(1e-9);
    }

    @Test
    void withoutARowTheKnownMotionCountsAndWithoutADateNone() {
        SkyPosition rough = new SkyPosition(193.31272, -18.52222);
        TargetPlace moved = TargetPlace.of("HD111980", rough, List.of(), 2017.4117);
        SkyPosition gaia =
                new SkyStar(193.31387874, -18.52522967, 314.62, -802.79, 2015.5, 8.21, Double.NaN).at(2017.4117);
        assertThat(moved.position().arcsecTo(gaia)).isLessThan(2);
        assertThat(moved.errorArcsec()).isEqualTo(TargetMotions.ERROR_ARCSEC);
        assertThat(TargetPlace.of("HD111980", rough, List.of(), Double.NaN).moved())
                .isFalse();
        TargetPlace unknown = TargetPlace.of("nobody", rough, List.of(), 2017.4117);
        assertThat(unknown.moved()).isFalse();
        assertThat(unknown.position()).isEqualTo(rough);
    }

    @Test
    void dataTravelAsBytes() {
        SkyStar star = new SkyStar(1, 2, 3, 4, 2016, Double.NaN, 5800);
        String header = String.format("%-80s%-80s%-80s", "CTYPE1  = 'RA---TAN'", "CRVAL1  = 10.5 / deg", "END");
        SkyData data = new SkyData("gaia.csv", List.of(star), new TreeMap<>(Map.of("a", header)));
        SkyData back = SkyData.fromBytes(data.toBytes());
        assertThat(back).isEqualTo(data);
        assertThat(back.sha256())
                .isEqualTo(data.sha256())
                .isNotEqualTo(SkyData.none().sha256());
        Map<String, String> cards = Objects.requireNonNull(back.cards("night/a.fits.gz"));
        assertThat(cards).containsEntry("CTYPE1", "RA---TAN").containsEntry("CRVAL1", "10.5");
        assertThat(back.cards("b.fits")).isNull();
        byte[] torn = java.util.Arrays.copyOf(data.toBytes(), 60);
        assertThatThrownBy(() -> SkyData.fromBytes(torn)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void pixelsOfAFileAreTurnedShiftedAndBinned() {
        PixelTransform map = PixelTransform.shift(3, 5)
                .then(new PixelTransform(99, 0, -1, 0, 1, 0))
                .then(PixelTransform.binned(2));
        PixelPosition p = map.apply(new PixelPosition(10, 20));
        assertThat(p.x()).isCloseTo((99 - 25 + 0.5) / 2 - 0.5, within(1e-12));
        assertThat(p.y()).isCloseTo((13 + 0.5) / 2 - 0.5, within(1e-12));
    }
}
