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
    private final Model model;
    private final ColumnSelector judge;
    private double[] all;
    private List<double[]> own = new ArrayList<>();
    private final double[] greyMeans;
    private boolean[] held;
    private boolean[][] ownHeld;
    private SpectrumSums[] sums = {};
    private NightPrior prior;
    private double cost;
    private boolean bounded = true;
    private boolean converged;
    private int iterations;

    /** Where the sums of a spectrum come from. */
    @FunctionalInterface
    interface Model {
        /** Those of spectrum k at a point. */
        SpectrumSums sums(int k, double[] all, double[] own);
    }

    /** From the priors' means, with grey factors from the ratio of data and model. */
    JointSearch(NightLayout layout, List<SpectrumWork> works, AtmosphereLimits limits) {
        this(layout, works, limits, (k, at, ownAt) -> works.get(k).evaluate(layout, at, ownAt, limits));
        for (int k = 0; k < works.size(); k++) {
            double[] start = layout.localMeans();
            double ratio = works.get(k).ratio(layout, all, start, limits);
            greyMeans[k] = ratio > 0 && ratio < Double.POSITIVE_INFINITY ? Math.log(ratio) : 0;
            start[NightLayout.GREY] = greyMeans[k];
            own.add(start);
        }
        this.prior = prior(all, own);
    }

    private JointSearch(NightLayout layout, List<SpectrumWork> works, AtmosphereLimits limits, Model model) {
        this.layout = layout;
        this.works = works;
        this.limits = limits;
        this.model = model;
        this.judge = new ColumnSelector(layout.settings().clipSigma());
        this.all = layout.globalMeans();
        this.greyMeans = new double[works.size()];
        this.held = new boolean[all.length];
        this.ownHeld = new boolean[works.size()][layout.locals()];
        works.forEach(w -> spectra.add(w.spectrum()));
        this.prior = new NightPrior(layout, List.of(), all, own, greyMeans, held, ownHeld);
    }

    /** From where another fit with the same layout ended, over the columns, with the noise that it had. */
    static JointSearch from(JointResult other) {
        List<SpectrumWork> works =
                other.works().stream().map(SpectrumWork::copy).toList();
        NightLayout layout = other.layout();
        AtmosphereLimits limits = other.limits();
        JointSearch search = new JointSearch(
                layout, works, limits, (k, at, own) -> works.get(k).evaluate(layout, at, own, limits));
        search.begin(other.all(), other.own(), other.greyMeans());
        return search;
    }

    /**
     * With another layout over a model that is linear about where a fit ended.
     *
     * @param layout of the same spectra and bases
     * @param model of the linear fit
     */
    static JointSearch linear(JointResult other, NightLayout layout, Model model) {
        JointSearch search = new JointSearch(layout, other.works(), other.limits(), model);
        NightLayout theirs = other.layout();
        double[] start = layout.globalMeans();
        List<double[]> ownStart = new ArrayList<>();
        int count = other.spectra().size();
        int common = layout.settings().order2() ? NightLayout.OWN_ORDER2 : NightLayout.RESOLUTION;
        for (int k = 0; k < count; k++) {
            double[] row = layout.localMeans();
            System.arraycopy(other.own().get(k), 0, row, 0, common + 1);
            ownStart.add(row);
        }
        for (AtmosphereQuantity q : AtmosphereQuantity.values()) {
            double sum = 0;
            for (int k = 0; k < count; k++) {
                double value = theirs.air()
                        .value(
                                q,
                                other.spectra().get(k),
                                other.all(),
                                other.own().get(k));
                sum += value;
                if (layout.air().free(q)) {
                    ownStart.get(k)[layout.air().at(q)] = value;
                } else if (layout.air().scatters(q)) {
                    ownStart.get(k)[layout.air().deviation(q)] = value;
                }
            }
            layout.air().fill(start, q, sum / count);
            for (int k = 0; layout.air().scatters(q) && k < count; k++) {
                ownStart.get(k)[layout.air().deviation(q)] -= sum / count;
            }
        }
        System.arraycopy(other.all(), theirs.angstrom(), start, layout.angstrom(), start.length - layout.angstrom());
        search.begin(start, ownStart, other.greyMeans());
        return search;
    }

    private void begin(double[] from, List<double[]> ownFrom, double[] means) {
        all = from.clone();
        own = JointFit.copy(ownFrom);
        System.arraycopy(means, 0, greyMeans, 0, greyMeans.length);
        prior = prior(all, own);
    }

    /** Lets the air go where it can't, as the linear algebra of an evidence wants it. */
    JointSearch unbounded() {
        bounded = false;
        return this;
    }

    /**
     * Where a linear model without edges leads: one step, over normal equations that are the same everywhere.
     *
     * @param logEvidence of the fit that ends there
     * @param system its normal equations
     */
    record Linear(double logEvidence, ArrowheadSystem system) {}

    /** What the fit over a linear model comes to, without its single results. */
    Linear step() {
        sums = sumsAt(all, own);
        ArrowheadSystem system = system();
        double[] step = system.globalStep();
        for (int k = 0; k < works.size(); k++) {
            own.set(k, moved(own.get(k), system.localStep(k, step), 1));
        }
        all = moved(all, step, 1);
        sums = sumsAt(all, own);
        prior = prior(all, own);
        return new Linear(LaplaceEvidence.log(layout, own, chi2(sums), prior, system), system);
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
        // what is held at an edge is as uncertain as anything else, and everything with it
        ArrowheadSystem free = prior.holds()
                ? new ArrowheadSystem(layout, spectra, Arrays.asList(sums), prior.without(spectra, layout))
                : system;
        return new JointResult(
                layout, works, spectra, all, own, greyMeans, sums, prior, limits, system, free, converged, iterations);
    }

    /** Parameters that one spectrum has to pay for. */
    private double freePerSpectrum() {
        return prior.free() / (double) works.size();
    }

    private NightPrior prior(double[] at, List<double[]> ownAt) {
        return new NightPrior(layout, spectra, at, ownAt, greyMeans, held, ownHeld);
    }

    private SpectrumSums[] sumsAt(double[] at, List<double[]> ownAt) {
        return JointFit.forAll(works.size(), k -> model.sums(k, at, ownAt.get(k)));
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
        boolean newlyHeld = bounded && hold(step, steps);
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
            if (bounded) {
                clamp(at, ownAt);
            }
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
            AirLayout air = layout.air();
            int i = air.at(q);
            if (air.free(q)) {
                ownAt.forEach(o -> o[i] = limits.clamp(q, o[i]));
            }
            for (int j = i; j < i + air.levels(q); j++) {
                at[j] = limits.clamp(q, at[j]);
            }
            for (int k = 0; air.scatters(q) && k < spectra.size(); k++) {
                double value = air.value(q, spectra.get(k), at, ownAt.get(k));
                ownAt.get(k)[air.deviation(q)] += limits.clamp(q, value) - value;
            }
        }
        int angstrom = layout.angstrom();
        at[angstrom] = limits.ranges().angstrom().clamp(at[angstrom]);
    }

    /** Holds what sits at an edge of its range and would go beyond. */
    private boolean hold(double[] step, List<double[]> steps) {
        boolean changed = false;
        for (AtmosphereQuantity q : AtmosphereQuantity.values()) {
            AirLayout air = layout.air();
            int i = air.at(q);
            for (int k = 0; (air.free(q) || air.scatters(q)) && k < works.size(); k++) {
                int l = air.free(q) ? i : air.deviation(q);
                NightSpectrum s = spectra.get(k);
                double value = air.value(q, s, all, own.get(k));
                double change = air.value(q, s, step, steps.get(k));
                if (!ownHeld[k][l] && beyond(q, value, change)) {
                    ownHeld[k][l] = true;
                    changed = true;
                }
            }
            for (int j = i; j < i + air.levels(q); j++) {
                if (!held[j] && beyond(q, all[j], step[j])) {
                    held[j] = true;
                    changed = true;
                }
            }
        }
        return changed;
    }

    private boolean beyond(AtmosphereQuantity q, double value, double step) {
        return (value <= limits.range(q).min() && step < 0)
                || (value >= limits.range(q).max() && step > 0);
    }
}
