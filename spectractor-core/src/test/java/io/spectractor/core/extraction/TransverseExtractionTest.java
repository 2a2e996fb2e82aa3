package io.spectractor.core.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.SyntheticSpectrogram;
import io.spectractor.core.background.BackgroundEstimator;
import io.spectractor.core.background.SkyModel;
import io.spectractor.core.config.PsfConfig;
import io.spectractor.core.config.SpectrumConfig;
import io.spectractor.core.fit.Deadline;
import io.spectractor.core.fit.RobustStatistics;
import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.observation.CcdImage;
import io.spectractor.core.outcome.Caveat;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransverseExtractionTest {
    private static final int WIDTH = 400;
    private static final int HEIGHT = 460;

    private static double flux(int x) {
        return 20 + 15 * Math.sin(x / 40.0);
    }

    private static double truthY(double x) {
        return 230.3 - 0.027 * (x - 200) + 2e-6 * (x - 200) * (x - 200);
    }

    private static double[] predicted(double offset, double slope) {
        double[] y = new double[WIDTH];
        for (int x = 0; x < WIDTH; x++) {
            y[x] = 230 + offset + slope * (x - 200);
        }
        return y;
    }

    private static SyntheticSpectrogram frame() {
        return new SyntheticSpectrogram(WIDTH, HEIGHT)
                .sky((x, y) -> 0.2)
                .spectrum(TransverseExtractionTest::flux, TransverseExtractionTest::truthY, 3, 2.5);
    }

    private static ColumnSpectrum extract(
            CcdImage image, double[] predicted, SpectrumConfig.Method method, PsfConfig psf, Set<Caveat> caveats) {
        SpectrumConfig base = Instruments.ctio().config().extraction();
        SpectrumConfig config = new SpectrumConfig(method, base.halfHeightPx(), base.clipSigma(), 0);
        SkyModel sky = new BackgroundEstimator(Instruments.ctio().config().background())
                .estimate(image, 0, predicted, caveats);
        TransverseExtraction extraction = new TransverseExtraction(config, psf);
        double[] ridge = extraction.findRidge(image, sky, 0, predicted).traceY();
        return extraction.extract(image, sky, 0, ridge, Deadline.none(), caveats);
    }

    private static ColumnSpectrum extract(CcdImage image) {
        return extract(
                image,
                predicted(0, -0.027),
                SpectrumConfig.Method.PSF1D,
                Instruments.ctio().config().psf(),
                EnumSet.noneOf(Caveat.class));
    }

    private static double pullWidth(ColumnSpectrum s) {
        double[] pulls = new double[s.size()];
        for (int i = 0; i < pulls.length; i++) {
            pulls[i] = (s.rate()[i] - flux(i)) / s.error(i);
        }
        return RobustStatistics.madSigma(pulls);
    }

    @Test
    void amplitudesTraceAndShapeComeBack() {
        ColumnSpectrum s = extract(frame().image(11));

        assertThat(Arrays.stream(s.rate()).sum() / (20.0 * WIDTH + sine())).isCloseTo(1, within(5e-3));
        assertThat(pullWidth(s)).isBetween(0.85, 1.15);
        assertThat(s.reducedChi2()).isBetween(0.96, 1.04);
        for (int x = 0; x < WIDTH; x += 50) {
            assertThat(s.traceY()[x]).isCloseTo(truthY(x), within(0.05));
            assertThat(s.shape().get(0)[x]).isCloseTo(3, within(0.3));
            assertThat(s.shape().get(1)[x]).isCloseTo(2.5, within(0.35));
        }
    }

    private static double sine() {
        double sum = 0;
        for (int x = 0; x < WIDTH; x++) {
            sum += 15 * Math.sin(x / 40.0);
        }
        return sum;
    }

    @ParameterizedTest
    @EnumSource(SpectrumConfig.Method.class)
    void bothMethodsConserveTheLight(SpectrumConfig.Method method) {
        ColumnSpectrum s = extract(
                frame().image(12),
                predicted(0, -0.027),
                method,
                Instruments.ctio().config().psf(),
                EnumSet.noneOf(Caveat.class));

        // The strip of ±20 px misses (1 + (20/3)²)^-1.5 of the Moffat wings, 0.5%.
        assertThat(Arrays.stream(s.rate()).sum() / (20.0 * WIDTH + sine())).isCloseTo(1, within(1.2e-2));
        assertThat(pullWidth(s)).isBetween(0.85, 1.2);
    }

    @ParameterizedTest
    @EnumSource(PsfConfig.Type.class)
    void everyProfileFamilyFitsAMoffatOrSaysSo(PsfConfig.Type type) {
        Set<Caveat> caveats = EnumSet.noneOf(Caveat.class);
        ColumnSpectrum s = extract(
                frame().image(13),
                predicted(0, -0.027),
                SpectrumConfig.Method.PSF1D,
                new PsfConfig(type, 1, 2, true),
                caveats);

        double ratio = Arrays.stream(s.rate()).sum() / (20.0 * WIDTH + sine());
        // A Gauss has no wings and loses their light; the others hold a Moffat as a special case.
        assertThat(ratio).isCloseTo(1, within(type == PsfConfig.Type.GAUSS ? 0.12 : 0.02));
        assertThat(s.reducedChi2()).isLessThan(type == PsfConfig.Type.GAUSS ? 6 : 1.06);
    }

    @Test
    void aTracePredictedTwelvePixelsOffIsFound() {
        Set<Caveat> caveats = EnumSet.noneOf(Caveat.class);
        ColumnSpectrum s = extract(
                frame().image(14),
                predicted(4, 0.01),
                SpectrumConfig.Method.PSF1D,
                Instruments.ctio().config().psf(),
                caveats);

        assertThat(s.traceY()[0]).isCloseTo(truthY(0), within(0.05));
        assertThat(s.traceY()[WIDTH - 1]).isCloseTo(truthY(WIDTH - 1), within(0.05));
    }

    /** Where only the flanks of a sharp profile are left, its width must not bend out of its bounds before it is known. */
    @ParameterizedTest
    @ValueSource(doubles = {-0.6, -0.3, 0.3, 0.6})
    void aSharpSaturatedSpectrumKeepsItsWidth(double bendPx) {
        SyntheticSpectrogram frame = new SyntheticSpectrogram(WIDTH, HEIGHT)
                .sky((x, y) -> 0.2)
                .spectrum(
                        x -> 1 + 3000 * Math.exp(-0.5 * Math.pow((x - 170) / 100.0, 2)),
                        x -> 230.3 - 0.027 * (x - 200) + bendPx * (1.5 * Math.pow(x / 200 - 1, 2) - 0.4 * (x / 200)),
                        1.9,
                        2.8);
        CcdImage image = frame.image(21);
        byte[] mask = new byte[WIDTH * HEIGHT];
        for (int y = 1; y < HEIGHT - 1; y++) {
            for (int x = 1; x < WIDTH - 1; x++) {
                for (int i = 0; i < 9 && image.rate(x, y) > 500; i++) {
                    mask[(y + i / 3 - 1) * WIDTH + x + i % 3 - 1] = CcdImage.SATURATED;
                }
            }
        }
        Set<Caveat> caveats = EnumSet.noneOf(Caveat.class);
        ColumnSpectrum s = extract(
                image.withMask(mask),
                predicted(0, -0.027),
                SpectrumConfig.Method.PSF1D,
                Instruments.ctio().config().psf(),
                caveats);

        assertThat(caveats).doesNotContain(Caveat.PSF_AT_BOUND);
        assertThat(s.reducedChi2()).isLessThan(1.1);
        assertThat(s.shape().get(0)[20]).isCloseTo(1.9, within(0.05));
        assertThat(s.shape().get(0)[200]).isCloseTo(1.9, within(0.05));
        assertThat(s.shape().get(0)[380]).isCloseTo(1.9, within(0.05));
    }

    @Test
    void aCosmicRayIsRejectedAndDoesNotMoveItsColumn() {
        SyntheticSpectrogram frame = frame();
        int x = 150;
        int y = (int) Math.round(truthY(x)) + 2;
        frame.rate[y * WIDTH + x] += 120;

        ColumnSpectrum s = extract(frame.image(15));

        assertThat(Math.abs(s.rate()[x] - flux(x))).isLessThan(4 * s.error(x));
        int k = y - s.firstRow()[x];
        assertThat(s.rejected()[x * s.rows() + k]).isEqualTo(CcdImage.COSMIC);
        assertThat(s.residuals()[x * s.rows() + k]).isZero();
    }

    @Test
    void deadColumnsAreInterpolatedAndFlagged() {
        SyntheticSpectrogram frame = frame();
        for (int y = 0; y < HEIGHT; y++) {
            frame.mask[y * WIDTH + 200] = CcdImage.BAD;
            frame.mask[y * WIDTH + 201] = CcdImage.BAD;
        }

        ColumnSpectrum s = extract(frame.image(16));

        assertThat(s.flags()[200] & ColumnSpectrum.INTERPOLATED).isNotZero();
        assertThat(s.flags()[199]).isZero();
        assertThat(s.rate()[200]).isCloseTo(flux(200), within(2.0));
        assertThat(s.error(200)).isGreaterThan(20);
    }

    /** Its profile is right, and only beside its neighbours is its light seen to be none of the star's. */
    @Test
    void aColumnThatSeesATwentiethOfTheLightIsDeadWithoutAMask() {
        SyntheticSpectrogram frame = new SyntheticSpectrogram(WIDTH, HEIGHT)
                .sky((x, y) -> 0.2)
                .spectrum(x -> (x == 200 ? 0.05 : 1) * flux(x), TransverseExtractionTest::truthY, 3, 2.5);

        ColumnSpectrum s = extract(frame.image(19));

        assertThat(s.flags()[200] & ColumnSpectrum.INTERPOLATED).isNotZero();
        assertThat(s.flags()[199]).isZero();
        assertThat(s.flags()[201]).isZero();
        assertThat(s.rate()[200]).isCloseTo(flux(200), within(2.0));
    }

    @Test
    void theCovarianceIsSymmetricAndPositiveOnTheDiagonal() {
        ColumnSpectrum s = extract(frame().image(17));
        int n = s.size();
        for (int i = 0; i < n; i += 7) {
            assertThat(s.covariance()[i * n + i]).isPositive();
            for (int j = 0; j < n; j += 11) {
                assertThat(s.covariance()[i * n + j]).isEqualTo(s.covariance()[j * n + i]);
            }
        }
        // The shared sky and profile make neighbours move together.
        assertThat(s.covariance()[1]).isPositive();
    }

    @Test
    void theSameImageGivesTheSameBits() {
        CcdImage image = frame().image(18);
        assertThat(extract(image).rate()).containsExactly(extract(image).rate());
    }
}
