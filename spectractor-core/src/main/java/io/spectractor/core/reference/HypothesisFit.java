package io.spectractor.core.reference;

import io.spectractor.core.fit.FitException;
import io.spectractor.core.fit.SymmetricSolver;

/**
 * Refines distance, shift and redshift of a hypothesis by Gauss-Newton steps, with the smooth factor solved anew at every
 * place (variable projection).
 */
final class HypothesisFit {
    private static final int STEPS = 5;
    private static final double[] DELTA = {2e-3, 2e-2, 2e-5};
    private static final double SHARE_DELTA = 0.01;
    /** Errors of a template stretch over a resolution element: they count for so many columns. */
    private static final int MAX_LAG = 12;

    private final ColumnModel model;
    private final SmoothFactor factor;
    private final double[] data;
    private final double[] weight;
    private final double[] mean;
    private final double[] sigma;

    /**
     * @param mean of the priors of distance (mm), shift (px) and redshift
     * @param sigma their 1σ
     */
    HypothesisFit(
            ColumnModel model, SmoothFactor factor, double[] data, double[] weight, double[] mean, double[] sigma) {
        this.model = model;
        this.factor = factor;
        this.data = data;
        this.weight = weight;
        this.mean = mean.clone();
        this.sigma = sigma.clone();
    }

    /** The same with another geometry. */
    HypothesisFit with(ColumnModel other) {
        return new HypothesisFit(other, factor, data, weight, mean, sigma);
    }

    /**
     * The best place near a start.
     *
     * @param scale variance of the columns over what their errors say, 1 or more
     */
    Hypothesis refine(Hypothesis start, double scale) {
        return refine(start, scale, TemplateBlend.Blend.none(start.template()));
    }

    /**
     * The best place near a start, with the errors of a template that may change.
     *
     * @param scale variance of the columns over what their errors say, 1 or more
     * @param blend the start's template
     */
    Hypothesis refine(Hypothesis start, double scale, TemplateBlend.Blend blend) {
        StarTemplate template = start.template();
        double[] p = {start.distanceMm(), start.shiftPx(), start.redshift()};
        double cost = cost(template, p, scale);
        double[] covariance = new double[9];
        for (int step = 0; step < STEPS; step++) {
            double[] r = residuals(template, p);
            double[][] slope = new double[3][];
            for (int q = 0; q < 3; q++) {
                double[] moved = p.clone();
                moved[q] += DELTA[q];
                slope[q] = residuals(template, moved);
                for (int i = 0; i < r.length; i++) {
                    slope[q][i] = (slope[q][i] - r[i]) / DELTA[q];
                }
            }
            double[] normal = new double[9];
            double[] right = new double[3];
            for (int q = 0; q < 3; q++) {
                for (int k = 0; k <= q; k++) {
                    double sum = 0;
                    for (int i = 0; i < r.length; i++) {
                        sum += slope[q][i] * slope[k][i];
                    }
                    normal[3 * q + k] = sum / scale;
                    normal[3 * k + q] = sum / scale;
                }
                double sum = 0;
                for (int i = 0; i < r.length; i++) {
                    sum -= slope[q][i] * r[i];
                }
                right[q] = sum / scale + (mean[q] - p[q]) / (sigma[q] * sigma[q]);
                normal[3 * q + q] += 1 / (sigma[q] * sigma[q]);
            }
            double[] move;
            try {
                SymmetricSolver solver = SymmetricSolver.factor(normal, 3);
                covariance = solver.inverse();
                move = solver.solve(right);
            } catch (FitException e) {
                break;
            }
            boolean better = false;
            double[] next = p;
            double nextCost = cost;
            for (double length = 1; length > 0.1 && !better; length /= 3) {
                next = new double[] {p[0] + length * move[0], p[1] + length * move[1], p[2] + length * move[2]};
                nextCost = cost(template, next, scale);
                better = nextCost < cost;
            }
            if (!better) {
                break;
            }
            boolean done = cost - nextCost < 0.02;
            p = next;
            cost = nextCost;
            if (done) {
                break;
            }
        }
        double[] last = residuals(template, p);
        if (blend.directions().length > 0) {
            covariance = marginal(blend, p, last, scale);
        }
        double correlated = correlation(last);
        for (int k = 0; k < 9; k++) {
            covariance[k] *= correlated;
        }
        return new Hypothesis(template, p[0], p[1], p[2], cost * scale, covariance);
    }

    /** Covariance of distance, shift and redshift, whatever the shares of a blend are. */
    private double[] marginal(TemplateBlend.Blend blend, double[] p, double[] r, double scale) {
        int shares = blend.directions().length;
        int n = 3 + shares;
        double[][] slope = new double[n][];
        double[] normal = new double[n * n];
        for (int q = 0; q < n; q++) {
            double[] moved = p.clone();
            StarTemplate template = blend.template();
            double delta = SHARE_DELTA;
            if (q < 3) {
                delta = DELTA[q];
                moved[q] += delta;
            } else {
                template = blend.moved(q - 3, delta);
            }
            slope[q] = residuals(template, moved);
            for (int i = 0; i < r.length; i++) {
                slope[q][i] = (slope[q][i] - r[i]) / delta;
            }
            for (int k = 0; k <= q; k++) {
                double sum = 0;
                for (int i = 0; i < r.length; i++) {
                    sum += slope[q][i] * slope[k][i];
                }
                normal[n * q + k] = sum / scale;
            }
            double width = q < 3 ? sigma[q] : blend.width();
            normal[n * q + q] += 1 / (width * width);
        }
        double[] inverse = SymmetricSolver.inverse(normal, n);
        double[] out = new double[9];
        for (int q = 0; q < 3; q++) {
            System.arraycopy(inverse, n * q, out, 3 * q, 3);
        }
        return out;
    }

    /** Residuals of neighbouring columns are alike where the template fails: their sum varies by so much more. */
    private double correlation(double[] r) {
        double own = 0;
        for (double v : r) {
            own += v * v;
        }
        double sum = 1;
        for (int lag = 1; lag <= MAX_LAG; lag++) {
            double product = 0;
            for (int i = lag; i < r.length; i++) {
                product += r[i] * r[i - lag];
            }
            double rho = product / Math.max(own, 1e-300);
            if (rho <= 0) {
                break;
            }
            sum += 2 * rho;
        }
        return sum;
    }

    private double cost(StarTemplate template, double[] p, double scale) {
        double[] edges = model.edgesNm(p[0], p[1]);
        double[] light = ColumnModel.light(model.seen(template, p[2]), edges);
        return factor.with(model.bands(edges)).chi2(light) / scale + prior(p);
    }

    private double prior(double[] p) {
        double sum = 0;
        for (int q = 0; q < 3; q++) {
            double d = (p[q] - mean[q]) / sigma[q];
            sum += d * d;
        }
        return sum;
    }

    private double[] residuals(StarTemplate template, double[] p) {
        double[] edges = model.edgesNm(p[0], p[1]);
        double[] light = ColumnModel.light(model.seen(template, p[2]), edges);
        double[] smooth = factor.with(model.bands(edges)).fit(light).factor();
        double[] r = new double[light.length];
        for (int i = 0; i < r.length; i++) {
            r[i] = Math.sqrt(weight[i]) * (data[i] - smooth[i] * light[i]);
        }
        return r;
    }
}
