package io.spectractor.core.forward;

import io.spectractor.core.calibration.OrderOverlap;
import io.spectractor.core.extraction.ProfileWindow;
import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.fit.Deadline;
import io.spectractor.core.forward.equations.ExpectedSpectrum;
import io.spectractor.core.forward.equations.ForwardParameters;
import io.spectractor.core.forward.equations.ParameterPriors;
import io.spectractor.core.forward.equations.PixelEquations;
import io.spectractor.core.forward.equations.PriorSearch;
import io.spectractor.core.forward.equations.PriorWidths;
import io.spectractor.core.forward.equations.SpectrumPrior;
import io.spectractor.core.forward.stamps.LightMap;
import io.spectractor.core.forward.stamps.StampRows;
import org.jspecify.annotations.Nullable;

/**
 * One fit of a spectrogram: amplitudes and parameters together, by Gauss-Newton steps in which the amplitudes are
 * eliminated (variable projection), so that every covariance is marginal.
 *
 * <p>With A = M^T W M + Q, B = J^T W M and D = J^T W J + priors the parameters step by S^-1 g, S = D - B A^-1 B^T, and the
 * covariance of the amplitudes is A^-1 + A^-1 B^T S^-1 B A^-1.
 *
 * @see "G. Golub, V. Pereyra, SIAM J. Numer. Anal. 10, 413 (1973); L. Kaufman, BIT 15, 49 (1975)"
 */
final class ForwardFit {
    /** Tries of one step, each damped ten times more. */
    private static final int TRIES = 5;

    private static final double LEAST_DAMPING = 0.1;
    /** A step that promises more than this of what the one before did asks for new sums. */
    private static final double SLOW = 0.1;
    /** How many times more than it promises such a step might gain. */
    private static final double UNSURE = 4;

    /** Steps that promised less than this of χ² together leave curvature and products what they are. */
    private static final double NEAR = 9;

    private final ForwardSetup setup;
    private final ProfileWindow window;
    private final ForwardParameters layout;
    private final ParameterPriors priors;
    private final SpectrogramModel model;
    private final ExpectedSpectrum expectation;
    private final double[] weight;
    private final Deadline deadline;
    private PriorWidths widths;
    /** Factors on the second order's light per column, see {@link OrderMaps#detail}. */
    private double[] detail;

    private final OrderMaps orders;
    private int iterations;
    private boolean converged;
    private final AmplitudeSolver amplitudes;
    /** That of the state seen last, whose other sums may belong to an earlier one. */
    private @Nullable Curvature curvature;
    /** What the steps since it was computed whole promised together. */
    private double moved;

    /**
     * The first fit of a window.
     *
     * @param rows of the stamps, until the last fit of the window is done
     */
    ForwardFit(
            ForwardSetup setup,
            ExpectedSpectrum expectation,
            PriorWidths widths,
            double[] weight,
            Deadline deadline,
            StampRows rows) {
        this(
                setup,
                model(
                        setup,
                        expectation,
                        new StampWorkspace(setup, orders(setup).startLight(), rows)),
                expectation,
                widths,
                weight,
                new AmplitudeSolver(weight),
                orders(setup).withoutDetail(),
                deadline);
    }

    private ForwardFit(
            ForwardSetup setup,
            SpectrogramModel model,
            ExpectedSpectrum expectation,
            PriorWidths widths,
            double[] weight,
            AmplitudeSolver amplitudes,
            double[] detail,
            Deadline deadline) {
        this.setup = setup;
        this.window = setup.window;
        this.layout = setup.layout;
        this.priors = setup.priors;
        this.model = model;
        this.expectation = expectation;
        this.widths = widths;
        this.weight = weight;
        this.amplitudes = amplitudes;
        this.deadline = deadline;
        this.detail = detail;
        this.orders = orders(setup);
    }

    private static OrderMaps orders(ForwardSetup setup) {
        return new OrderMaps(setup, setup.input.reference() != null);
    }

    /** A new fit with other weights, which takes over model and work arrays: this one is not to be used any more. */
    ForwardFit restarted(double[] newWeight) {
        return new ForwardFit(setup, model, expectation, widths, newWeight, amplitudes.of(newWeight), detail, deadline);
    }

    /** A new fit with other priors of the same parameters, which takes over model, work arrays and sums. */
    ForwardFit reconsidered(ForwardSetup with) {
        ForwardFit next = new ForwardFit(with, model, expectation, widths, weight, amplitudes, detail, deadline);
        next.curvature = curvature;
        next.moved = moved;
        return next;
    }

    /** A fit with other parameters and weights. Both may be used; they share the work arrays. */
    ForwardFit of(ForwardSetup with, double[] newWeight) {
        return new ForwardFit(
                with,
                model(with, expectation, model.work()),
                expectation,
                widths,
                newWeight,
                amplitudes.of(newWeight),
                detail,
                deadline);
    }

    TraceGeometry geometry(double[] p) {
        return orders.geometry(p);
    }

    /** The second order that geometry and disperser predict for parameters. */
    OrderOverlap.Overlap overlap(double[] p) {
        return setup.input.overlap().secondOrder(setup.input.profile(), geometry(p));
    }

    private static SpectrogramModel model(ForwardSetup setup, ExpectedSpectrum expectation, StampWorkspace work) {
        LightMap one = LightMap.ofFirst(
                setup.window.columns, setup.half, expectation.beyond(setup.half, setup.layout, setup.start));
        return new SpectrogramModel(setup, one, orders(setup).startLight(), work);
    }

    /** Computes anew what stays as it is during a fit: the faintest light and the detail of the second order's. */
    void renewHigherOrders(double[] p, double[] amplitudes) {
        detail = orders.detail(setup.input.overlap(), p);
        evaluate(p);
        OrderOverlap third = setup.input.thirdOrder();
        model.renewFaintLight(
                amplitudes, orders.light(third, p, orders.detail(third, p)), orders.rows(p, third.order()));
    }

    SpectrogramModel model() {
        return model;
    }

    int iterations() {
        return iterations;
    }

    /** Whether the last minimisation ended with a small step. */
    boolean converged() {
        return converged;
    }

    PriorWidths widths() {
        return widths;
    }

    ForwardSetup setup() {
        return setup;
    }

    double[] weight() {
        return weight;
    }

    /** Makes the model's stamps those of parameters. */
    void evaluate(double[] p) {
        deadline.check();
        model.evaluate(p, orders.rows(p, 1), orders.rows(p, 2), orders.light(p, detail));
    }

    private double[] target(double[] p) {
        double[] sky = model.foreground(p);
        double[] target = new double[sky.length];
        for (int i = 0; i < sky.length; i++) {
            target[i] = window.signal[i] - sky[i];
        }
        return target;
    }

    /**
     * Chooses the widths of the prior at the given parameters; the best amplitudes under it.
     *
     * @param near amplitudes that should be near them
     * @param noise by how much the variance of the pixels about their model is larger than their noise
     */
    ForwardState choosePrior(double[] p, double[] near, boolean profileFits, double noise) {
        evaluate(p);
        double[] target = target(p);
        double[] weighted = ForwardResiduals.product(weight, target);
        int used = 0;
        for (double w : weight) {
            used += w > 0 ? 1 : 0;
        }
        PixelEquations pixels = new PixelEquations(
                amplitudes.renewed(model), model.project(weighted), SpectrumPrior.dot(weighted, target), used);
        widths = new PriorSearch(pixels, expectation, layout.template(p), profileFits, noise, deadline).search(widths);
        return solve(p, widths, near);
    }

    /** The best amplitudes and what they leave, at given parameters. */
    ForwardState solve(double[] p) {
        return solve(p, widths, null);
    }

    /**
     * The same under a prior of other widths.
     *
     * @param near amplitudes that should be near them, if known
     */
    ForwardState solve(double[] p, PriorWidths under, double @Nullable [] near) {
        evaluate(p);
        SpectrumPrior prior = expectation.prior(under, layout.template(p));
        AmplitudeSolver.Solution found = amplitudes.solve(model, prior, target(p), near);
        double[] residual = found.residual();
        double chi2 = 0;
        for (int i = 0; i < residual.length; i++) {
            chi2 += weight[i] * residual[i] * residual[i];
        }
        double cost = chi2 + prior.penalty(found.amplitudes()) + priors.penalty(p);
        return new ForwardState(p, prior, found.factor(), found.pixels(), found.amplitudes(), residual, chi2, cost);
    }

    /** χ² per used pixel less the degrees of freedom of the amplitudes, at most one per column, and the parameters. */
    double reducedChi2(ForwardState s) {
        return reducedChi2(s, weight);
    }

    /** The same with other weights. */
    double reducedChi2(ForwardState s, double[] otherWeight) {
        int used = 0;
        double chi2 = 0;
        for (int i = 0; i < otherWeight.length; i++) {
            used += otherWeight[i] > 0 ? 1 : 0;
            chi2 += otherWeight[i] * s.residual[i] * s.residual[i];
        }
        return chi2 / Math.max(1, used - window.columns - layout.count);
    }

    /** The equations of the parameters at a state. */
    ParameterStep step(ForwardState s) {
        evaluate(s.parameters);
        if (curvature == null) {
            curvature = Curvature.of(this, s);
            moved = 0;
        } else if (!curvature.isAt(s)) {
            curvature = curvature.turnedTo(this, s);
        }
        return step(s, curvature);
    }

    private ParameterStep step(ForwardState s, Curvature sums) {
        double[] schur = sums.matrix().clone();
        double[] gradient = sums.gradient().clone();
        priors.addTo(s.parameters, schur, gradient);
        priors.hold(schur, gradient);
        return new ParameterStep(schur, gradient, sums.response());
    }

    /**
     * The equations whose matrix gives the covariance of a state from {@link #settled}. Their gradient may be that of a
     * state near by.
     */
    ParameterStep curvature(ForwardState s) {
        return curvature == null ? step(s) : step(s, curvature.near(this, s));
    }

    /** The state of another fit with the same parameters and weights, under the priors of this one. */
    ForwardState taken(ForwardState other) {
        double cost = other.chi2 + other.prior.penalty(other.amplitudes) + priors.penalty(other.parameters);
        return new ForwardState(
                other.parameters,
                other.prior,
                other.factor,
                other.pixels,
                other.amplitudes,
                other.residual,
                other.chi2,
                cost);
    }

    /**
     * Gauss-Newton steps until they are small, damped (Levenberg and Marquardt) while they make things worse. The sums of the
     * first serve the others, with the gradient of each, while steps shrink fast.
     *
     * @param noGain a step that promises less than this of χ² isn't made
     * @param smallGain a step that promises less than this is the last
     */
    ForwardState minimise(ForwardState start, int maxSteps, double noGain, double smallGain) {
        converged = false;
        ForwardState best = start;
        double damping = 0;
        double before = Double.POSITIVE_INFINITY;
        for (int k = 0; k < maxSteps && !converged; k++) {
            ParameterStep step = step(best).inside(layout, best.parameters);
            // sums of an earlier state may promise too little
            if (UNSURE * step.forecast() >= noGain && step.forecast() > SLOW * before && !isWhole()) {
                best = renewed(best);
                step = step(best).inside(layout, best.parameters);
            }
            before = step.forecast();
            if (before < noGain) {
                converged = true;
                return best;
            }
            iterations++;
            ForwardState next = null;
            for (int t = 0; t < TRIES && next == null; t++) {
                double[] p = moved(best.parameters, step.move(damping));
                ForwardState trial = solve(p, widths, step.follow(best, p));
                if (trial.cost < best.cost + 1e-6 * Math.abs(best.cost)) {
                    next = trial;
                    damping = damping < LEAST_DAMPING ? 0 : damping / 10;
                } else if (isWhole()) {
                    damping = Math.max(LEAST_DAMPING, 10 * damping);
                } else {
                    best = renewed(best);
                    step = step(best).inside(layout, best.parameters);
                }
            }
            if (next == null) {
                converged = before < 1;
                evaluate(best.parameters);
                return best;
            }
            best = next;
            moved += before;
            converged = before < smallGain;
        }
        return best;
    }

    private boolean isWhole() {
        return curvature != null && curvature.whole();
    }

    /**
     * A state whose covariances can be read: the same one if products and sums were computed so near that they would not
     * change by more than some per mille.
     */
    ForwardState settled(ForwardState s) {
        return curvature != null && moved < NEAR ? s : renewed(s);
    }

    /** The same state, with all products and sums computed at its own parameters. */
    ForwardState renewed(ForwardState s) {
        if (curvature != null && curvature.whole() && curvature.isAt(s)) {
            return s;
        }
        ForwardState same = solve(s.parameters);
        curvature = Curvature.of(this, same);
        moved = 0;
        return same;
    }

    ExpectedSpectrum expectation() {
        return expectation;
    }

    /** Derivatives of order 2's light per column by distance and by shift. */
    double[][] lightSlopes(ForwardState s) {
        return orders.lightSlopes(s.parameters, detail, s.amplitudes);
    }

    private double[] moved(double[] from, double[] move) {
        double[] p = from.clone();
        for (int q = 0; q < p.length; q++) {
            p[q] += move[q];
        }
        layout.clamp(p);
        return p;
    }
}
