package io.spectractor.core.extraction;

import io.spectractor.core.fit.LeastSquaresProblem;
import io.spectractor.core.psf.ChromaticColumns;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The transverse profile fit with the amplitudes eliminated (variable projection): in every column the best amplitude
 * for a profile P is A = Σ w P d / Σ w P², so that only trace and shape remain to be found and their covariance is
 * marginal over all amplitudes.
 *
 * <p>The residuals of a column depend on the parameters by few numbers only, trace and shape there. So they are turned
 * such that few have derivatives: with JᵀJ = RᵀR the residuals R⁻ᵀJᵀr with the derivatives R, and the length of what is
 * left of r. Sums of squares, gradients and normal matrices are those of the pixels.
 *
 * @see "G. Golub, V. Pereyra, SIAM J. Numer. Anal. 10, 413 (1973)"
 */
final class ProfileFitProblem implements LeastSquaresProblem {
    /** Of a diagonal element of JᵀJ: what is left below this is rounding. */
    private static final double DEPENDENT = 1e-13;

    private final ProfileWindow window;
    private final ProfileColumns profiles;
    private final ProfileParameters layout;
    private final double[] weight;
    private final int step;
    private final double[] priorMean;
    private final int locals;
    private final int stride;

    // of one column
    private double amplitude;
    private double norm;
    private double misfit;
    private final double[] byProfile;
    private final double[] byResidual;
    private final double[] normal;
    private final double[] slopes;
    private final double[] row;

    /**
     * @param profiles of the same window and layout
     * @param weight 1/σ² per pixel of the window, 0 for rejected ones
     * @param step of the columns that are fitted, 1 for all
     */
    ProfileFitProblem(
            ProfileWindow window, ProfileColumns profiles, ProfileParameters layout, double[] weight, int step) {
        this.window = window;
        this.profiles = profiles;
        this.layout = layout;
        this.weight = weight;
        this.step = step;
        this.priorMean = layout.start();
        this.locals = profiles.locals;
        this.stride = locals + 1;
        this.byProfile = new double[locals];
        this.byResidual = new double[locals];
        this.normal = new double[locals * locals];
        this.slopes = new double[locals];
        this.row = new double[locals];
    }

    @Override
    public int parameterCount() {
        return layout.count();
    }

    @Override
    public int residualCount() {
        return fittedColumns() * stride + layout.count();
    }

    @Override
    public int dataCount() {
        return fittedColumns() * window.rows + layout.count();
    }

    private int fittedColumns() {
        return (window.columns + step - 1) / step;
    }

    @Override
    public void evaluate(double[] parameters, double[] residuals, double @Nullable [] jacobian) {
        ChromaticColumns values = profiles.at(parameters);
        int first = 0;
        for (int c = 0; c < window.columns; c += step) {
            solveColumn(c);
            if (jacobian == null) {
                measureMisfit(c);
                residuals[first] = Math.sqrt(misfit);
                Arrays.fill(residuals, first + 1, first + stride, 0);
            } else {
                sumProducts(c);
                turn(values, c, first, residuals, jacobian);
            }
            first += stride;
        }
        priors(parameters, first, residuals, jacobian);
    }

    private void priors(double[] parameters, int first, double[] residuals, double @Nullable [] jacobian) {
        int n = layout.count();
        for (int j = 0; j < n; j++) {
            double precision = 1 / layout.priorSigma(j);
            residuals[first + j] = (parameters[j] - priorMean[j]) * precision;
            if (jacobian != null) {
                Arrays.fill(jacobian, (first + j) * n, (first + j + 1) * n, 0);
                jacobian[(first + j) * n + j] = precision;
            }
        }
    }

    /** The best amplitude of a column. */
    private void solveColumn(int c) {
        double[] gradient = profiles.gradient;
        double squares = 0;
        double dot = 0;
        int base = c * window.rows;
        for (int i = base, g = base * stride; i < base + window.rows; i++, g += stride) {
            double wp = weight[i] * gradient[g];
            squares += wp * gradient[g];
            dot += wp * window.signal[i];
        }
        norm = squares;
        amplitude = squares > 0 ? dot / squares : 0;
    }

    private void measureMisfit(int c) {
        double[] gradient = profiles.gradient;
        double sum = 0;
        int base = c * window.rows;
        for (int i = base, g = base * stride; i < base + window.rows; i++, g += stride) {
            double r = amplitude * gradient[g] - window.signal[i];
            sum += weight[i] * r * r;
        }
        misfit = sum;
    }

    /**
     * The weighted sums of a column over products of residuals r, profile P and its derivatives D: r², D P, D r, D D' (lower
     * triangle); and the response of the amplitude, dA/dp = Σ w D (d - 2 A P) / Σ w P².
     */
    private void sumProducts(int c) {
        double[] gradient = profiles.gradient;
        Arrays.fill(byProfile, 0);
        Arrays.fill(byResidual, 0);
        Arrays.fill(normal, 0);
        double sum = 0;
        int base = c * window.rows;
        for (int i = base, g = base * stride; i < base + window.rows; i++, g += stride) {
            double w = weight[i];
            double p = gradient[g];
            double r = amplitude * p - window.signal[i];
            sum += w * r * r;
            for (int m = 0; m < locals; m++) {
                double wd = w * gradient[g + 1 + m];
                byProfile[m] += wd * p;
                byResidual[m] += wd * r;
                for (int l = 0; l <= m; l++) {
                    normal[m * locals + l] += wd * gradient[g + 1 + l];
                }
            }
        }
        misfit = sum;
        for (int m = 0; m < locals; m++) {
            slopes[m] = norm > 0 ? -(byResidual[m] + amplitude * byProfile[m]) / norm : 0;
        }
    }

    /** The residuals of a column, turned, from index {@code first}, and their derivatives. */
    private void turn(ChromaticColumns values, int c, int first, double[] residuals, double[] jacobian) {
        int n = layout.count();
        // from derivatives of the profile to those of A P
        for (int m = 0; m < locals; m++) {
            byResidual[m] *= amplitude;
            for (int l = 0; l <= m; l++) {
                normal[m * locals + l] = amplitude * amplitude * normal[m * locals + l]
                        + amplitude * (slopes[l] * byProfile[m] + slopes[m] * byProfile[l])
                        + slopes[m] * slopes[l] * norm;
            }
        }
        double rest = misfit;
        for (int m = 0; m < locals; m++) {
            double root = factor(m);
            double r = byResidual[m];
            for (int l = 0; l < m; l++) {
                r -= normal[m * locals + l] * residuals[first + l];
            }
            residuals[first + m] = root > 0 ? r / root : 0;
            rest -= residuals[first + m] * residuals[first + m];
        }
        for (int m = 0; m < locals; m++) {
            for (int l = 0; l < locals; l++) {
                row[l] = l < m ? 0 : normal[l * locals + m];
            }
            values.chain(c, row, 0, jacobian, (first + m) * n);
        }
        residuals[first + locals] = Math.sqrt(Math.max(0, rest));
        Arrays.fill(jacobian, (first + locals) * n, (first + stride) * n, 0);
    }

    /** Row m of the Cholesky factor in place; returns its diagonal, 0 where the row depends on those before. */
    private double factor(int m) {
        int at = m * locals;
        double diagonal = normal[at + m];
        for (int l = 0; l < m; l++) {
            double sum = normal[at + l];
            for (int k = 0; k < l; k++) {
                sum -= normal[at + k] * normal[l * locals + k];
            }
            double above = normal[l * locals + l];
            normal[at + l] = above > 0 ? sum / above : 0;
        }
        double left = diagonal;
        for (int l = 0; l < m; l++) {
            left -= normal[at + l] * normal[at + l];
        }
        double root = left > DEPENDENT * diagonal ? Math.sqrt(left) : 0;
        normal[at + m] = root;
        return root;
    }

    /** Amplitudes, and what goes with them, at the given parameters. */
    ColumnAmplitudes amplitudes(double[] parameters) {
        double[] gradient = profiles.gradient;
        ChromaticColumns values = profiles.at(parameters);
        ColumnAmplitudes out = new ColumnAmplitudes(window.columns, window.columns * window.rows, layout.count());
        for (int c = 0; c < window.columns; c++) {
            solveColumn(c);
            boolean measured = norm > 0;
            out.amplitude[c] = measured ? amplitude : Double.NaN;
            out.variance[c] = measured ? 1 / norm : Double.NaN;
            double weightedSum = 0;
            double light = 0;
            double total = 0;
            int base = c * window.rows;
            for (int i = base; i < base + window.rows; i++) {
                double p = gradient[i * stride];
                weightedSum += weight[i] * p;
                total += p;
                light += weight[i] > 0 ? p : 0;
                out.model[i] = amplitude * p;
            }
            out.skyResponse[c] = measured ? -weightedSum / norm : 0;
            out.coverage[c] = total > 0 ? light / total : 0;
            sumProducts(c);
            values.chain(c, slopes, 0, out.parameterResponse, c * layout.count());
        }
        return out;
    }
}
