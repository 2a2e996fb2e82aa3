package io.spectractor.core.night;

import io.spectractor.core.fit.SymmetricSolver;
import java.util.List;

/**
 * The evidence of a value per spectrum when the values scatter by some amount about a mean of the night, over that when each
 * may be anything: from the values of the fit and their covariance, a diagonal and a part of low rank.
 */
final class ScatterEvidence {
    private static final double FEWEST = 1e-3;
    private static final double STEP = 1.25;
    private static final int STEPS = 40;
    /** What the freedom of the amount itself costs. */
    private static final double COST_OF_SCATTER = 2;

    private ScatterEvidence() {}

    static double gain(NightLayout layout, List<double[]> own, ArrowheadSystem system, AtmosphereQuantity q) {
        int n = own.size();
        int g = layout.globals();
        int locals = layout.locals();
        int at = layout.air().at(q);
        double mean = layout.settings().priors().mean(q);
        double spread = layout.settings().priors().spread(q);
        double[] r = new double[n];
        double[] diagonal = new double[n];
        double[] v = new double[n * (g + 1)];
        double separate = 0;
        for (int k = 0; k < n; k++) {
            r[k] = own.get(k)[at] - mean;
            diagonal[k] = system.conditional(k)[at * locals + at];
            for (int j = 0; j < g; j++) {
                v[k * (g + 1) + j] = -system.coupling(k)[at * g + j];
            }
            v[k * (g + 1) + g] = 1;
            separate += logNormal(r[k], spread * spread);
        }
        double best = Double.NEGATIVE_INFINITY;
        double scatter = FEWEST * spread;
        for (int i = 0; i < STEPS; i++) {
            best = Math.max(best, together(system, spread, r, diagonal, v, scatter));
            scatter *= STEP;
        }
        return best - separate - COST_OF_SCATTER;
    }

    private static double logNormal(double r, double variance) {
        return -0.5 * (r * r / variance + Math.log(2 * Math.PI * variance));
    }

    /** log N(r; 0, D + V P V^T) by way of the small matrix P^-1 + V^T D^-1 V. */
    private static double together(
            ArrowheadSystem system, double spread, double[] r, double[] diagonal, double[] v, double scatter) {
        int n = r.length;
        int m = v.length / n;
        int g = m - 1;
        double[] small = new double[m * m];
        for (int i = 0; i < g; i++) {
            System.arraycopy(system.reduced(), i * g, small, i * m, g);
        }
        small[g * m + g] = 1 / (spread * spread);
        double[] right = new double[m];
        double sum = n * Math.log(2 * Math.PI) - system.reducedLogDeterminant() + 2 * Math.log(spread);
        for (int k = 0; k < n; k++) {
            double w = 1 / (diagonal[k] + scatter * scatter);
            sum += w * r[k] * r[k] - Math.log(w);
            for (int i = 0; i < m; i++) {
                double vi = v[k * m + i];
                right[i] += w * r[k] * vi;
                for (int j = 0; vi != 0 && j <= i; j++) {
                    small[i * m + j] += w * vi * v[k * m + j];
                }
            }
        }
        SymmetricSolver solver = SymmetricSolver.factor(small, m);
        double[] x = solver.solve(right);
        for (int i = 0; i < m; i++) {
            sum -= right[i] * x[i];
        }
        return -0.5 * (sum + solver.logDeterminant());
    }
}
