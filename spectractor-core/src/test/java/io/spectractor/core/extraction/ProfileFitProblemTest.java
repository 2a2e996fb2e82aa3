package io.spectractor.core.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.SyntheticSpectrogram;
import io.spectractor.core.background.BackgroundEstimator;
import io.spectractor.core.background.SkyModel;
import io.spectractor.core.config.PsfConfig;
import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.observation.CcdImage;
import io.spectractor.core.outcome.Caveat;
import io.spectractor.core.psf.ChromaticColumns;
import io.spectractor.core.psf.PointSpreadFunction;
import io.spectractor.core.psf.PsfProfile;
import java.util.EnumSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The condensed residuals have the sums of those of the pixels. */
class ProfileFitProblemTest {
    private static final int COLUMNS = 60;

    private final double[] traceY = new double[COLUMNS];
    private final ProfileWindow window;
    private final double[] weight;

    ProfileFitProblemTest() {
        CcdImage image = new SyntheticSpectrogram(COLUMNS, 420)
                .sky((x, y) -> 0.2)
                .spectrum(x -> 20 + 0.2 * x, x -> 210.2 - 0.02 * x, 3, 2.5)
                .image(5);
        for (int c = 0; c < COLUMNS; c++) {
            traceY[c] = 210 - 0.02 * c;
        }
        SkyModel sky = new BackgroundEstimator(Instruments.ctio().config().background())
                .estimate(image, 0, traceY, EnumSet.noneOf(Caveat.class));
        window = ProfileWindow.cut(image, sky, 0, traceY, 15);
        weight = new double[window.signal.length];
        for (int i = 0; i < weight.length; i++) {
            // some pixels without weight, and a column without any
            weight[i] = i % 17 == 3 || i / window.rows == 9 ? 0 : 1 / window.variance(i, window.signal[i]);
        }
    }

    @ParameterizedTest
    @EnumSource(PsfConfig.Type.class)
    void sumsAreThoseOfThePixels(PsfConfig.Type type) {
        PointSpreadFunction psf = PointSpreadFunction.of(type);
        ProfileParameters layout = new ProfileParameters(psf, COLUMNS, 2, 2, 15);
        ProfileColumns profiles = new ProfileColumns(window, traceY, layout, true, 1);
        ProfileFitProblem problem = new ProfileFitProblem(window, profiles, layout, weight, 1);
        int n = problem.parameterCount();
        double[] p = layout.start();
        for (int j = 0; j < n; j++) {
            p[j] += 0.02 * Math.sin(3 + 2.0 * j);
        }

        double[] residuals = new double[problem.residualCount()];
        double[] jacobian = new double[residuals.length * n];
        problem.evaluate(p, residuals, jacobian);
        double[] direct = pixels(layout, p);

        assertThat(problem.dataCount()).isEqualTo(direct.length);
        assertThat(dot(residuals, residuals)).isCloseTo(dot(direct, direct), within(1e-9 * dot(direct, direct)));
        double[] alone = new double[residuals.length];
        problem.evaluate(p, alone, null);
        assertThat(dot(alone, alone)).isCloseTo(dot(direct, direct), within(1e-9 * dot(direct, direct)));
        double[][] slopes = new double[n][];
        for (int j = 0; j < n; j++) {
            slopes[j] = slope(layout, p, j);
        }
        for (int j = 0; j < n; j++) {
            double[] column = column(jacobian, n, j);
            double norm = Math.sqrt(dot(slopes[j], slopes[j]));
            assertThat(dot(column, residuals))
                    .as("gradient by %d", j)
                    .isCloseTo(dot(slopes[j], direct), within(2e-6 * norm * Math.sqrt(dot(direct, direct))));
            for (int k = 0; k <= j; k++) {
                double scale = norm * Math.sqrt(dot(slopes[k], slopes[k]));
                assertThat(dot(column, column(jacobian, n, k)))
                        .as("matrix at %d, %d", j, k)
                        .isCloseTo(dot(slopes[j], slopes[k]), within(2e-6 * scale));
            }
        }
    }

    /** Residuals of all pixels with the best amplitudes, then those of the priors. */
    private double[] pixels(ProfileParameters layout, double[] parameters) {
        ChromaticColumns values = layout.over(parameters);
        int stride = 2 + layout.psf.shapeCount();
        double[] profile = new double[window.rows * stride];
        double[] out = new double[window.signal.length + layout.count()];
        for (int c = 0; c < COLUMNS; c++) {
            PsfProfile psf = layout.psf.at(ProfileParameters.shape(values, c));
            psf.pixelTransverseColumn(traceY[c] + values.shape(c)[0] - window.firstRow[c], 0, window.rows, profile, 0);
            double norm = 0;
            double light = 0;
            for (int k = 0; k < window.rows; k++) {
                int i = c * window.rows + k;
                norm += weight[i] * profile[k * stride] * profile[k * stride];
                light += weight[i] * profile[k * stride] * window.signal[i];
            }
            for (int k = 0; k < window.rows; k++) {
                int i = c * window.rows + k;
                double model = norm > 0 ? light / norm * profile[k * stride] : 0;
                out[i] = Math.sqrt(weight[i]) * (model - window.signal[i]);
            }
        }
        for (int j = 0; j < layout.count(); j++) {
            out[window.signal.length + j] = (parameters[j] - layout.start()[j]) / layout.priorSigma(j);
        }
        return out;
    }

    private double[] slope(ProfileParameters layout, double[] at, int j) {
        double h = 1e-5;
        double[] up = at.clone();
        up[j] += h;
        double[] down = at.clone();
        down[j] -= h;
        double[] a = pixels(layout, up);
        double[] b = pixels(layout, down);
        for (int i = 0; i < a.length; i++) {
            a[i] = (a[i] - b[i]) / (2 * h);
        }
        return a;
    }

    private static double[] column(double[] jacobian, int n, int j) {
        double[] out = new double[jacobian.length / n];
        for (int i = 0; i < out.length; i++) {
            out[i] = jacobian[i * n + j];
        }
        return out;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
