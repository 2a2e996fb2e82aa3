package io.spectractor.core.night;

import io.spectractor.core.fit.Deadline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The state of one joint fit. */
final class JointSearch {
    private static final int MAX_ITERATIONS = 40;
    private static final int MAX_HALVINGS = 8;
    private static final double COST_TOLERANCE = 1e-3;
    /** The tables are linear between their nodes: at a kink a whole step may lead upwards although all is done. */
    private static final double KINK_TOLERANCE = 0.02;

    private final NightLayout layout;
    private final List<SpectrumWork> works;
    private final List<NightSpectrum> spectra = new ArrayList<>();
    private final AtmosphereLimits limits;
    private final ColumnSelector judge;
    private double[] all;
    private List<double[]> own = new ArrayList<>();
    private final double[] greyMeans;
    private boolean[] held;
    private boolean[][] ownHeld;
    private SpectrumSums[] sums = {};
    private NightPrior prior;
    private double cost;
    private boolean converged;
    private int iterations;

    JointSearch(NightLayout layout, List<SpectrumWork> works, AtmosphereLimits limits) {
        this.layout = layout;
        this.works = works;
        this.limits = limits;
        this.judge = new ColumnSelector(layout.settings().clipSigma());
        this.all = layout.globalMeans();
        this.greyMeans = new double[works.size()];
        this.held = new boolean[all.length];
        this.ownHeld = new boolean[works.size()][layout.locals()];
        for (int k = 0; k < works.size(); k++) {
            spectra.add(works.get(k).spectrum());
            double[] start = layout.localMeans();
            double ratio = works.get(k).ratio(layout, all, start, limits);
            greyMeans[k] = ratio > 0 && ratio < Double.POSITIVE_INFINITY ? Math.log(ratio) : 0;
            start[NightLayout.GREY] = greyMeans[k];
            own.add(start);
        }
        this.prior = prior(all, own);
    }

    /** Takes over outliers, noise and the values that both fits have. */
    void adopt(JointResult other) {
        NightLayout theirs = other.layout();
        for (int k = 0; k < works.size(); k++) {
            SpectrumWork from = other.works().get(k);
            boolean[] used = new boolean[spectra.get(k).size()];
            for (int i : from.columns()) {
                used[i] = true;
            }
            works.get(k).use(used);
            works.get(k)
                    .noise()
                    .set(
                            from.noise().rough(),
                            from.noise().smooth(),
                            from.noise().reachNm());
            works.get(k).noise().ringing(from.noise().ringing());
            double[] values = other.own().get(k);
            int common = layout.settings().order2() ? NightLayout.OWN_ORDER2 : NightLayout.RESOLUTION;
            for (int l = 0; l <= common; l++) {
                own.get(k)[l] = values[l];
            }
            for (AtmosphereQuantity q : AtmosphereQuantity.values()) {
                if (layout.settings().timeVariation(q) == TimeVariation.EACH) {
                    own.get(k)[layout.air(q)] = theirs.value(q, spectra.get(k), other.all(), values);
                }
            }
        }
        for (AtmosphereQuantity q : AtmosphereQuantity.values()) {
            if (layout.settings().timeVariation(q) != TimeVariation.EACH) {
                double sum = 0;
                for (int k = 0; k < works.size(); k++) {
                    sum += theirs.value(
                            q, spectra.get(k), other.all(), other.own().get(k));
                }
                all[layout.air(q)] = sum / works.size();
            }
        }
        int tail = all.length - layout.angstrom();
        System.arraycopy(other.all(), theirs.angstrom(), all, layout.angstrom(), tail);
        System.arraycopy(other.greyMeans(), 0, greyMeans, 0, greyMeans.length);
    }

    JointResult run(Deadline deadline, int rounds) {
        minimise(deadline);
        boolean settled = rounds == 0;
        for (int round = 0; round < rounds && !settled; round++) {
            settled = judge.judge(works, freePerSpectrum());
            if (!settled) {
                minimise(deadline);
            }
        }
        ArrowheadSystem system = system();
        return new JointResult(
                layout, works, spectra, all, own, greyMeans, sums, prior, limits, system, converged, iterations);
    }

    /** Parameters that one spectrum has to pay for. */
    private double freePerSpectrum() {
        return prior.free() / (double) works.size();
    }

    private NightPrior prior(double[] at, List<double[]> ownAt) {
        return new NightPrior(layout, spectra, at, ownAt, greyMeans, held, ownHeld);
    }

    private SpectrumSums[] sumsAt(double[] at, List<double[]> ownAt) {
        return JointFit.forAll(works.size(), k -> works.get(k).evaluate(layout, at, ownAt.get(k), limits));
    }

    private static double chi2(SpectrumSums[] at) {
        double sum = 0;
        for (SpectrumSums s : at) {
            sum += s.chi2();
        }
        return sum;
    }

    private ArrowheadSystem system() {
        return new ArrowheadSystem(layout, spectra, Arrays.asList(sums), prior);
    }

    private void minimise(Deadline deadline) {
        Arrays.fill(held, false);
        for (boolean[] row : ownHeld) {
            Arrays.fill(row, false);
        }
        sums = sumsAt(all, own);
        prior = prior(all, own);
        cost = chi2(sums) + prior.cost();
        converged = false;
        for (int i = 0; i < MAX_ITERATIONS && !converged; i++) {
            deadline.check();
            iterations++;
            converged = iterate();
        }
    }

    /** One step; true when there is nothing more to gain. */
    private boolean iterate() {
        ArrowheadSystem system = system();
        double[] step = system.globalStep();
        List<double[]> steps = new ArrayList<>();
        for (int k = 0; k < works.size(); k++) {
            steps.add(system.localStep(k, step));
        }
        boolean newlyHeld = hold(step, steps);
        if (newlyHeld) {
            prior = prior(all, own);
            return false;
        }
        double part = 1;
        for (int half = 0; half <= MAX_HALVINGS; half++) {
            double[] at = moved(all, step, part);
            List<double[]> ownAt = new ArrayList<>();
            for (int k = 0; k < works.size(); k++) {
                ownAt.add(moved(own.get(k), steps.get(k), part));
            }
            clamp(at, ownAt);
            SpectrumSums[] there = sumsAt(at, ownAt);
            NightPrior priorThere = prior(at, ownAt);
            double costThere = chi2(there) + priorThere.cost();
            if (costThere <= cost) {
                double gain = cost - costThere;
                all = at;
                own = ownAt;
                sums = there;
                prior = priorThere;
                cost = costThere;
                return gain < COST_TOLERANCE || (part < 1 && gain < KINK_TOLERANCE);
            }
            part *= 0.5;
        }
        sums = sumsAt(all, own);
        return true;
    }

    private static double[] moved(double[] from, double[] step, double part) {
        double[] to = from.clone();
        for (int i = 0; i < to.length; i++) {
            to[i] += part * step[i];
        }
        return to;
    }

    private void clamp(double[] at, List<double[]> ownAt) {
        for (AtmosphereQuantity q : AtmosphereQuantity.values()) {
            TimeVariation variation = layout.settings().timeVariation(q);
            int i = layout.air(q);
            if (variation == TimeVariation.EACH) {
                ownAt.forEach(o -> o[i] = limits.clamp(q, o[i]));
            } else {
                at[i] = limits.clamp(q, at[i]);
            }
        }
        int angstrom = layout.angstrom();
        at[angstrom] = limits.ranges().angstrom().clamp(at[angstrom]);
    }

    /** Holds what sits at an edge of its range and would go beyond. */
    private boolean hold(double[] step, List<double[]> steps) {
        boolean changed = false;
        for (AtmosphereQuantity q : AtmosphereQuantity.values()) {
            int i = layout.air(q);
            if (layout.settings().timeVariation(q) == TimeVariation.EACH) {
                for (int k = 0; k < works.size(); k++) {
                    if (!ownHeld[k][i] && beyond(q, own.get(k)[i], steps.get(k)[i])) {
                        ownHeld[k][i] = true;
                        changed = true;
                    }
                }
            } else if (!held[i] && beyond(q, all[i], step[i])) {
                held[i] = true;
                changed = true;
            }
        }
        return changed;
    }

    private boolean beyond(AtmosphereQuantity q, double value, double step) {
        return (value <= limits.range(q).min() && step < 0)
                || (value >= limits.range(q).max() && step > 0);
    }
}
