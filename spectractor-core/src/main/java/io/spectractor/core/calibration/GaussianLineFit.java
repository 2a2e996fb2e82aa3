package io.spectractor.core.calibration;

import io.spectractor.core.fit.Deadline;
import io.spectractor.core.fit.FitException;
import io.spectractor.core.fit.LeastSquaresFit;
import io.spectractor.core.fit.LeastSquaresProblem;
import io.spectractor.core.fit.Legendre;
import io.spectractor.core.fit.LevenbergMarquardt;
import io.spectractor.core.fit.ParameterBounds;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gaussian lines on a Legendre baseline, fitted to a piece of a spectrum. Abscissa in any unit (columns or nm).
 */
final class GaussianLineFit {
    private final double[] x;
    private final double[] y;
    private final double[] sigma;
    private final int degree;
    private final double scale;
    private final double middle;
    private final double half;

    /**
     * @param x abscissae of the window
     * @param y values
     * @param sigma 1σ of the values, positive
     * @param degree of the baseline
     */
    GaussianLineFit(double[] x, double[] y, double[] sigma, int degree) {
        this.x = x;
        this.y = y;
        this.sigma = sigma;
        this.degree = degree;
        double sum = 0;
        for (double v : y) {
            sum += Math.abs(v);
        }
        this.scale = sum > 0 ? sum / y.length : 1;
        this.middle = 0.5 * (x[0] + x[x.length - 1]);
        this.half = Math.max(0.5 * (x[x.length - 1] - x[0]), 1e-9);
    }

    /** A start and its limits. */
    record Start(double centre, double maxShift, double width, double minWidth, double maxWidth, int sign) {}

    /**
     * A fitted line; the errors are scaled by the reduced χ² when that exceeds 1.
     *
     * @param residuals model minus value over σ of every point of the window, the same for all lines of one fit
     */
    record Line(
            double centre,
            double centreErr,
            double width,
            double amplitude,
            double amplitudeErr,
            double baseline,
            double reducedChi2,
            double[] residuals,
            boolean atBound) {
        double snr() {
            return amplitudeErr > 0 ? Math.abs(amplitude) / amplitudeErr : 0;
        }
    }

    /** Fits all lines together; nothing if there are too few points or the fit fails. */
    Optional<Line[]> fit(Start[] starts, Deadline deadline) {
        int baseline = degree + 1;
        int parameters = baseline + 3 * starts.length;
        if (x.length < parameters + 2) {
            return Optional.empty();
        }
        double[] p = new double[parameters];
        ParameterBounds bounds = ParameterBounds.none(parameters);
        p[0] = 1;
        for (int i = 0; i < starts.length; i++) {
            Start s = starts[i];
            int k = baseline + 3 * i;
            p[k] = 0.05 * s.sign();
            p[k + 1] = s.centre();
            p[k + 2] = s.width();
            bounds = bounds.with(k, s.sign() < 0 ? -20 : 0, s.sign() < 0 ? 0 : 1e4)
                    .with(k + 1, s.centre() - s.maxShift(), s.centre() + s.maxShift())
                    .with(k + 2, s.minWidth(), s.maxWidth());
        }
        LeastSquaresFit fit;
        try {
            fit = new LevenbergMarquardt()
                    .withMaxIterations(80)
                    .withRelativeTolerance(1e-9)
                    .fit(new Problem(starts.length), p, bounds, deadline);
        } catch (FitException noFit) {
            return Optional.empty();
        }
        double reduced = fit.reducedChi2();
        double inflation = Math.sqrt(Math.max(1, Double.isNaN(reduced) ? 1 : reduced));
        double[] residuals = new double[x.length];
        new Problem(starts.length).evaluate(fit.parameters(), residuals, null);
        Line[] lines = new Line[starts.length];
        for (int i = 0; i < lines.length; i++) {
            int k = baseline + 3 * i;
            double[] q = fit.parameters();
            boolean bound = fit.atBound()[k] || fit.atBound()[k + 1] || fit.atBound()[k + 2];
            lines[i] = new Line(
                    q[k + 1],
                    fit.error(k + 1) * inflation,
                    q[k + 2],
                    q[k] * scale,
                    fit.error(k) * scale * inflation,
                    baselineAt(q, q[k + 1]) * scale,
                    reduced,
                    residuals,
                    bound);
        }
        return Optional.of(lines);
    }

    private double baselineAt(double[] p, double at) {
        double[] basis = new double[degree + 1];
        Legendre.values(degree, (at - middle) / half, basis);
        double sum = 0;
        for (int l = 0; l <= degree; l++) {
            sum += p[l] * basis[l];
        }
        return sum;
    }

    private final class Problem implements LeastSquaresProblem {
        private final int lines;
        private final double[] basis = new double[degree + 1];

        Problem(int lines) {
            this.lines = lines;
        }

        @Override
        public int parameterCount() {
            return degree + 1 + 3 * lines;
        }

        @Override
        public int residualCount() {
            return x.length;
        }

        @Override
        public void evaluate(double[] p, double[] residuals, double @Nullable [] jacobian) {
            int n = parameterCount();
            for (int i = 0; i < x.length; i++) {
                double weight = scale / sigma[i];
                Legendre.values(degree, (x[i] - middle) / half, basis);
                double model = 0;
                for (int l = 0; l <= degree; l++) {
                    model += p[l] * basis[l];
                    if (jacobian != null) {
                        jacobian[i * n + l] = weight * basis[l];
                    }
                }
                for (int k = degree + 1; k < n; k += 3) {
                    double u = (x[i] - p[k + 1]) / p[k + 2];
                    double g = Math.exp(-0.5 * u * u);
                    model += p[k] * g;
                    if (jacobian != null) {
                        jacobian[i * n + k] = weight * g;
                        jacobian[i * n + k + 1] = weight * p[k] * g * u / p[k + 2];
                        jacobian[i * n + k + 2] = weight * p[k] * g * u * u / p[k + 2];
                    }
                }
                residuals[i] = weight * (model - y[i] / scale);
            }
        }
    }
}
