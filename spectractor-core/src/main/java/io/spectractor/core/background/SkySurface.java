package io.spectractor.core.background;

import io.spectractor.core.fit.FitException;
import io.spectractor.core.fit.RobustStatistics;
import io.spectractor.core.fit.SymmetricSolver;
import java.util.Arrays;
import java.util.List;

/** One polynomial surface through the boxes, outlying boxes rejected. */
final class SkySurface {
    private static final double BOX_CLIP_SIGMA = 4;
    private static final int MAX_ROUNDS = 5;

    private final int along;
    private final int across;
    private final int size;
    private final double[] coefficients;
    private final double[] covariance;
    private final double reducedChi2;
    private final double crossValidation;

    SkySurface(List<SkyBox> boxes, int firstColumn, int columns, double halfHeight, int along, int across) {
        this.along = along;
        this.across = across;
        this.size = (along + 1) * (across + 1);
        int n = boxes.size();
        double[][] basis = new double[n][size];
        for (int b = 0; b < n; b++) {
            double t = columns == 1 ? 0 : 2 * (boxes.get(b).x() - firstColumn) / (columns - 1) - 1;
            SkyModel.fill(t, boxes.get(b).offsetY() / halfHeight, along, across, basis[b]);
        }
        boolean[] used = new boolean[n];
        Arrays.fill(used, true);
        double[] c = new double[size];
        double[] cov = new double[size * size];
        double chi2 = 0;
        int count = n;
        for (int round = 0; round < MAX_ROUNDS; round++) {
            cov = solve(boxes, basis, used, c);
            chi2 = chi2(boxes, basis, used, c);
            double scale = Math.max(1, robustScatter(boxes, basis, c));
            int kept = reject(boxes, basis, used, c, BOX_CLIP_SIGMA * scale);
            if (kept == count || kept <= size) {
                break;
            }
            count = kept;
        }
        this.reducedChi2 = chi2 / Math.max(1, count - size);
        // Errors of the boxes are relative: stars too faint to be masked scatter their levels as well.
        double inflation = Math.max(1, reducedChi2);
        this.coefficients = c;
        this.covariance = cov;
        for (int k = 0; k < cov.length; k++) {
            cov[k] *= inflation;
        }
        double freedom = 1 - (double) size / n;
        // Rejected boxes are counted as if they lay at the rejection limit: rejecting must not look like fitting.
        double total = chi2 + (n - count) * BOX_CLIP_SIGMA * BOX_CLIP_SIGMA * inflation;
        this.crossValidation = freedom <= 0 ? Double.POSITIVE_INFINITY : total / n / (freedom * freedom);
    }

    /** Generalised cross validation: χ² per box over the squared fraction of free ones. */
    double crossValidation() {
        return crossValidation;
    }

    private double[] solve(List<SkyBox> boxes, double[][] basis, boolean[] used, double[] c) {
        double[] normal = new double[size * size];
        double[] right = new double[size];
        for (int b = 0; b < basis.length; b++) {
            if (!used[b]) {
                continue;
            }
            double w = 1 / (boxes.get(b).error() * boxes.get(b).error());
            for (int i = 0; i < size; i++) {
                right[i] += w * basis[b][i] * boxes.get(b).level();
                for (int j = 0; j < size; j++) {
                    normal[i * size + j] += w * basis[b][i] * basis[b][j];
                }
            }
        }
        try {
            double[] inverse = SymmetricSolver.inverse(normal, size);
            for (int i = 0; i < size; i++) {
                c[i] = 0;
                for (int j = 0; j < size; j++) {
                    c[i] += inverse[i * size + j] * right[j];
                }
            }
            return inverse;
        } catch (FitException singular) {
            // Too few distinct boxes for this degree: a lower one will win.
            Arrays.fill(c, Double.NaN);
            return new double[size * size];
        }
    }

    private double residual(SkyBox box, double[] basis, double[] c) {
        double model = 0;
        for (int k = 0; k < size; k++) {
            model += c[k] * basis[k];
        }
        return (box.level() - model) / box.error();
    }

    private double chi2(List<SkyBox> boxes, double[][] basis, boolean[] used, double[] c) {
        double sum = 0;
        for (int b = 0; b < basis.length; b++) {
            if (used[b]) {
                double r = residual(boxes.get(b), basis[b], c);
                sum += r * r;
            }
        }
        return Double.isNaN(sum) ? Double.POSITIVE_INFINITY : sum;
    }

    /** Scatter of all boxes about the surface in units of their errors, not moved by a few boxes with stars. */
    private double robustScatter(List<SkyBox> boxes, double[][] basis, double[] c) {
        double[] r = new double[basis.length];
        for (int b = 0; b < basis.length; b++) {
            r[b] = residual(boxes.get(b), basis[b], c);
        }
        return RobustStatistics.madSigma(r);
    }

    private int reject(List<SkyBox> boxes, double[][] basis, boolean[] used, double[] c, double limit) {
        int kept = 0;
        for (int b = 0; b < basis.length; b++) {
            used[b] = Math.abs(residual(boxes.get(b), basis[b], c)) <= limit;
            kept += used[b] ? 1 : 0;
        }
        return kept;
    }

    SkyModel model(int firstColumn, double[] traceY, double halfHeight, double cleanFraction) {
        return new SkyModel(
                firstColumn, traceY.clone(), halfHeight, along, across, coefficients, covariance, cleanFraction);
    }
}
