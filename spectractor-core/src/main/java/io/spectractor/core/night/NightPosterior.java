package io.spectractor.core.night;

import io.spectractor.core.fit.SymmetricSolver;
import java.util.ArrayList;
import java.util.List;

/**
 * The posterior of a night about its best fit, in units of the fit's covariance: parameters of all spectra first, then those
 * of each. Outliers and noise are those of the fit. Safe for threads.
 */
public final class NightPosterior implements HamiltonianSampler.Target {
    private final JointResult fit;
    private final NightLayout layout;
    private final AirLimits limits;
    private final double[] globalRoot;
    private final double[][] localRoots;

    public NightPosterior(JointResult fit) {
        this.fit = fit;
        this.layout = fit.layout();
        this.limits = fit.limits();
        this.globalRoot = lower(fit.globalCovariance(), layout.globals());
        this.localRoots = new double[fit.spectra().size()][];
        for (int k = 0; k < localRoots.length; k++) {
            localRoots[k] = lower(fit.system().conditional(k), layout.locals());
        }
    }

    /** Number of parameters, those held included: they don't move. */
    public int dimension() {
        return layout.globals() + layout.locals() * localRoots.length;
    }

    /** Lower triangle L of a covariance L L^T; rows of next to no variance stay 0. */
    private static double[] lower(double[] covariance, int n) {
        double[] scaled = new double[n * n];
        double[] scale = new double[n];
        for (int i = 0; i < n; i++) {
            scale[i] = Math.sqrt(covariance[i * n + i]);
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                scaled[i * n + j] = i == j ? 1 : covariance[i * n + j] / (scale[i] * scale[j]);
            }
        }
        double[] factor = SymmetricSolver.factor(scaled, n).lower();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                factor[i * n + j] *= scale[i];
            }
        }
        return factor;
    }

    /** A point of the posterior in its own units. */
    private record Point(double[] all, List<double[]> own) {}

    private Point point(double[] position) {
        int g = layout.globals();
        int n = layout.locals();
        double[] step = times(globalRoot, g, position, 0);
        double[] all = fit.all().clone();
        for (int i = 0; i < g; i++) {
            all[i] += step[i];
        }
        List<double[]> own = new ArrayList<>();
        for (int k = 0; k < localRoots.length; k++) {
            double[] local = fit.own().get(k).clone();
            double[] ownStep = times(localRoots[k], n, position, g + k * n);
            double[] u = fit.system().coupling(k);
            for (int l = 0; l < n; l++) {
                local[l] += ownStep[l];
                for (int j = 0; j < g; j++) {
                    local[l] -= u[l * g + j] * step[j];
                }
            }
            own.add(local);
        }
        return new Point(all, own);
    }

    private static double[] times(double[] lower, int n, double[] v, int offset) {
        double[] out = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                out[i] += lower[i * n + j] * v[offset + j];
            }
        }
        return out;
    }

    @Override
    public double cost(double[] position) {
        Point p = point(position);
        for (int k = 0; k < localRoots.length; k++) {
            for (AirQuantity q : AirQuantity.values()) {
                if (!limits.range(q)
                        .contains(layout.value(
                                q, fit.spectra().get(k), p.all(), p.own().get(k)))) {
                    return Double.POSITIVE_INFINITY;
                }
            }
        }
        if (!limits.ranges().angstrom().contains(p.all()[layout.angstrom()])) {
            return Double.POSITIVE_INFINITY;
        }
        double sum = fit.prior().costAt(p.all(), p.own());
        for (int k = 0; k < localRoots.length; k++) {
            sum += fit.works().get(k).chi2At(layout, p.all(), p.own().get(k), limits);
        }
        return sum;
    }

    /** Names of what {@link #reported} gives. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (AirQuantity q : AirQuantity.values()) {
            if (layout.settings().course(q) == Course.CONSTANT) {
                names.add(q.label());
            } else {
                fit.spectra().forEach(s -> names.add(q.label() + " " + s.name()));
            }
        }
        if (layout.settings().angstromFree()) {
            names.add("angstrom");
        }
        fit.spectra().forEach(s -> names.add("grey " + s.name()));
        fit.spectra().forEach(s -> names.add("shift " + s.name()));
        return names;
    }

    /** What a position means: air, grey factors over their mean, shifts. */
    public double[] reported(double[] position) {
        Point p = point(position);
        List<Double> out = new ArrayList<>();
        int size = fit.spectra().size();
        for (AirQuantity q : AirQuantity.values()) {
            int count = layout.settings().course(q) == Course.CONSTANT ? 1 : size;
            for (int k = 0; k < count; k++) {
                out.add(layout.value(q, fit.spectra().get(k), p.all(), p.own().get(k)));
            }
        }
        if (layout.settings().angstromFree()) {
            out.add(p.all()[layout.angstrom()]);
        }
        double mean = 0;
        for (double[] own : p.own()) {
            mean += Math.exp(own[NightLayout.GREY]) / size;
        }
        for (double[] own : p.own()) {
            out.add(Math.exp(own[NightLayout.GREY]) / mean);
        }
        for (double[] own : p.own()) {
            out.add(own[NightLayout.SHIFT]);
        }
        return out.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
