package io.spectractor.core.forward.neighbours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.SyntheticSpectrogram;
import io.spectractor.core.background.SkyModel;
import io.spectractor.core.config.PsfConfig;
import io.spectractor.core.extraction.OutlierRejection;
import io.spectractor.core.extraction.ProfileWindow;
import io.spectractor.core.forward.stamps.ProfileTable;
import io.spectractor.core.forward.stamps.StampRows;
import io.spectractor.core.observation.CcdImage;
import io.spectractor.core.psf.ChromaticColumns;
import io.spectractor.core.psf.ChromaticShape;
import io.spectractor.core.psf.PointSpreadFunction;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What is found in the residuals of a fit, here an empty strip with something in it. */
class NeighbourSearchTest {
    private static final int COLUMNS = 300;
    private static final int HALF_HEIGHT = 20;
    private static final double GAMMA = 2.5;
    private static final PointSpreadFunction PSF = PointSpreadFunction.of(PsfConfig.Type.MOFFAT);

    private final double[] traceY = new double[COLUMNS];

    NeighbourSearchTest() {
        for (int c = 0; c < COLUMNS; c++) {
            traceY[c] = 40.4 + 0.01 * c;
        }
    }

    private static SyntheticSpectrogram strip() {
        return new SyntheticSpectrogram(COLUMNS, 90).sky((x, y) -> 1);
    }

    private static ChromaticColumns shapes() {
        double inf = Double.POSITIVE_INFINITY;
        return new ChromaticShape(new double[][] {{0}, {GAMMA}, {3}})
                .overColumns(COLUMNS, new double[] {-inf, 1, 1.1}, new double[] {inf, 20, 10});
    }

    private ProfileWindow window(CcdImage image) {
        SkyModel sky = SkyModel.of(0, traceY, 40, 0, 0, new double[] {1}, new double[] {0});
        return ProfileWindow.cut(image, sky, 0, traceY, HALF_HEIGHT);
    }

    private static double[] weights(ProfileWindow w) {
        return OutlierRejection.weights(w, new double[w.signal.length], w.mask);
    }

    private NeighbourSearch.Result points(SyntheticSpectrogram strip) {
        ProfileWindow w = window(strip.image(5));
        ProfileTable table = new ProfileTable(COLUMNS, 10, HALF_HEIGHT + 8, 2, true, StampRows.own());
        table.fill(shapes(), PSF);
        return new NeighbourSearch(w, table, 10).find(w.signal, weights(w));
    }

    private java.util.Optional<NeighbourSpectrumSearch.Found> spectrum(SyntheticSpectrogram strip) {
        ProfileWindow w = window(strip.image(6));
        return new NeighbourSpectrumSearch(w, traceY, shapes(), PSF).find(w.signal, weights(w));
    }

    @Test
    void aHotPixelIsNoStar() {
        SyntheticSpectrogram strip = strip();
        strip.rate[45 * COLUMNS + 120] += 30;
        NeighbourSearch.Result found = points(strip);

        int pixel = 120 * (2 * HALF_HEIGHT + 1) + 45 - ((int) Math.round(traceY[120]) - HALF_HEIGHT);
        assertThat(found.lonePixels()).containsExactly(pixel);
        double[] weight = new double[COLUMNS * (2 * HALF_HEIGHT + 1)];
        Arrays.fill(weight, 1);
        assertThat(Arrays.stream(found.without(weight)).sum()).isEqualTo(weight.length - 1.0);
    }

    /** It is significant as a star too, but no point source looks like it. */
    @Test
    void aCosmicRayThroughTwoPixelsIsNoStar() {
        SyntheticSpectrogram strip = strip();
        for (int i = 0; i < 2; i++) {
            strip.rate[(45 + i) * COLUMNS + 120 + i] += 60;
        }

        assertThat(points(strip).stars()).isEmpty();
        assertThat(points(strip.star(60.4, 46.3, 60, GAMMA)).stars())
                .extracting(NeighbourSearch.Candidate::column)
                .containsExactly(60);
    }

    @Test
    void aStarIsNoHotPixel() {
        NeighbourSearch.Result found = points(strip().star(120.4, 45.3, 60, GAMMA));

        assertThat(found.lonePixels()).isEmpty();
        assertThat(found.stars()).hasSize(1);
        assertThat(found.stars().get(0).rate()).isCloseTo(60, within(6.0));
    }

    @Test
    void aSpectrumBesideTheTraceIsFoundWithItsLight() {
        NeighbourSpectrumSearch.Found found = spectrum(
                        strip().spectrum(x -> x > 80 ? 2 : 0, x -> 40.4 + 0.01 * x + 9.2, GAMMA, 3))
                .orElseThrow();

        assertThat(found.offsetPx()).isEqualTo(9);
        assertThat(found.light()[0]).isLessThan(0.3);
        assertThat(found.light()[4]).isCloseTo(2, within(0.3));
    }

    @Test
    void whatAWrongProfileLeavesOnBothSidesIsNoSpectrum() {
        SyntheticSpectrogram strip = strip();
        for (double side : new double[] {-9, 9}) {
            strip.spectrum(x -> 2, x -> 40.4 + 0.01 * x + side, GAMMA, 3);
        }

        assertThat(spectrum(strip)).isEmpty();
        assertThat(spectrum(strip())).isEmpty();
    }
}
