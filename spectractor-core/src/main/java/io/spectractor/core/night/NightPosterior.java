package io.spectractor.core.night;

import java.util.ArrayList;
import java.util.List;

/**
 * The posterior of a night about its best fit, in coordinates in which it is nearly Gaussian. Outliers and noise are those of
 * the fit. Safe for threads.
 */
public final class NightPosterior implements HamiltonianSampler.Target {
    /** A bounce ends on its wall but for rounding. */
    private static final double ROUNDING = 1e-9;

    private final JointResult fit;
    private final NightLayout layout;
    private final AtmosphereLimits limits;
    private final PosteriorFrame frame;

    public NightPosterior(JointResult fit) {
        this.fit = fit;
        this.layout = fit.layout();
        this.limits = fit.limits();
        this.frame = new PosteriorFrame(fit);
    }

    @Override
    public int shared() {
        return layout.globals();
    }

    @Override
    public int blocks() {
        return fit.spectra().size();
    }

    @Override
    public int perBlock() {
        return layout.locals();
    }

    @Override
    public double[] start() {
        return frame.position();
    }

    @Override
    public List<ReflectingWall> walls() {
        return frame.walls();
    }

    @Override
    public double[] costs(double[] position) {
        PosteriorFrame.Point p = frame.point(position);
        double[] costs = new double[1 + blocks()];
        boolean within = limits.ranges().angstrom().contains(p.all()[layout.angstrom()]);
        costs[0] = within
                ? fit.prior().costAt(p.all()) + frame.idle(position) - 2 * p.logVolume()
                : Double.POSITIVE_INFINITY;
        for (int k = 0; within && k < blocks(); k++) {
            double[] own = p.own().get(k);
            costs[1 + k] = within(k, p)
                    ? fit.prior().costAt(k, own)
                            + frame.idle(position, k)
                            + fit.works().get(k).chi2At(layout, p.all(), own, limits)
                    : Double.POSITIVE_INFINITY;
        }
        return costs;
    }

    private boolean within(int k, PosteriorFrame.Point p) {
        boolean within = true;
        for (AtmosphereQuantity q : AtmosphereQuantity.values()) {
            double value =
                    layout.air().value(q, fit.spectra().get(k), p.all(), p.own().get(k));
            within &= value >= limits.range(q).min() - ROUNDING
                    && value <= limits.range(q).max() + ROUNDING;
        }
        return within;
    }

    /** Names of what {@link #reported} gives. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (AtmosphereQuantity q : AtmosphereQuantity.values()) {
            if (layout.settings().timeVariation(q) == TimeVariation.CONSTANT) {
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
        PosteriorFrame.Point p = frame.point(position);
        List<Double> out = new ArrayList<>();
        int size = fit.spectra().size();
        for (AtmosphereQuantity q : AtmosphereQuantity.values()) {
            int count = layout.settings().timeVariation(q) == TimeVariation.CONSTANT ? 1 : size;
            for (int k = 0; k < count; k++) {
                out.add(limits.clamp(
                        q,
                        layout.air()
                                .value(q, fit.spectra().get(k), p.all(), p.own().get(k))));
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
