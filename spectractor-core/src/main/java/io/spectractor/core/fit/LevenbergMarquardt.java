package io.spectractor.core.fit;

import io.spectractor.core.fit.LeastSquaresFit.Termination;
import org.jspecify.annotations.Nullable;

/**
 * Damped Gauss-Newton minimisation of a sum of squares inside a box. Immutable, thread-safe, deterministic.
 *
 * <p>The damping multiplies the largest diagonal of J^T J seen so far, so results don't depend on the units of the
 * parameters; it follows the ratio of real to forecast improvement.
 *
 * @see "J. J. More, The Levenberg-Marquardt algorithm: implementation and theory, Lecture Notes in Mathematics 630 (1978)"
 * @see "K. Madsen, H. B. Nielsen, O. Tingleff, Methods for non-linear least squares problems, 2nd ed. (2004), section 3.2"
 */
public final class LevenbergMarquardt {
    private static final double FIRST_DAMPING = 1e-3;
    private static final double LEAST_DAMPING = 1e-14;
    private static final double MOST_DAMPING = 1e20;
    private static final double LEAST_GAIN = 1e-4;

    private final int maxIterations;
    private final double relativeTolerance;
    private final double parameterTolerance;
    private final double gradientTolerance;

    /** 200 iterations, tolerances 1e-10. */
    public LevenbergMarquardt() {
        this(200, 1e-10, 1e-10, 1e-10);
    }

    private LevenbergMarquardt(
            int maxIterations, double relativeTolerance, double parameterTolerance, double gradientTolerance) {
        if (maxIterations < 0 || !(relativeTolerance >= 0 && parameterTolerance >= 0 && gradientTolerance >= 0)) {
            throw new IllegalArgumentException("the number of iterations and the tolerances must not be negative");
        }
        this.maxIterations = maxIterations;
        this.relativeTolerance = relativeTolerance;
        this.parameterTolerance = parameterTolerance;
        this.gradientTolerance = gradientTolerance;
    }

    /** Allows n trial steps. */
    public LevenbergMarquardt withMaxIterations(int n) {
        return new LevenbergMarquardt(n, relativeTolerance, parameterTolerance, gradientTolerance);
    }

    /** Stops when a step and its forecast change chi2 by less than this fraction. */
    public LevenbergMarquardt withRelativeTolerance(double costTolerance) {
        return new LevenbergMarquardt(maxIterations, costTolerance, parameterTolerance, gradientTolerance);
    }

    /** Stops when the step is shorter than this fraction of the parameter vector (both scaled). */
    public LevenbergMarquardt withParameterTolerance(double tolerance) {
        return new LevenbergMarquardt(maxIterations, relativeTolerance, tolerance, gradientTolerance);
    }

    /** Stops when the cosine between the residuals and every free column of the Jacobian is below this. */
    public LevenbergMarquardt withGradientTolerance(double tolerance) {
        return new LevenbergMarquardt(maxIterations, relativeTolerance, parameterTolerance, tolerance);
    }

    /**
     * Minimises the sum of squares.
     *
     * @param start first guess, moved into the bounds if it lies outside
     * @param deadline checked before every trial step
     * @return the best point found, whether or not the fit converged
     * @throws IllegalArgumentException if the numbers of parameters disagree
     * @throws FitException if a start value, or a residual or derivative there, is not finite
     * @throws DeadlineExceededException past the deadline
     */
    public LeastSquaresFit fit(LeastSquaresProblem problem, double[] start, ParameterBounds bounds, Deadline deadline) {
        return new Search(problem, start, bounds, deadline).run();
    }

    /**
     * The parameters at the minimum alone, without the covariance, whose decomposition costs as much as some steps; like
     * {@link #fit}.
     */
    public double[] parameters(LeastSquaresProblem problem, double[] start, ParameterBounds bounds, Deadline deadline) {
        Search search = new Search(problem, start, bounds, deadline);
        search.descend();
        return search.best.parameters.clone();
    }

    /** The state of one fit. */
    private final class Search {
        private final LeastSquaresProblem problem;
        private final Deadline deadline;
        private final BoundedStep stepper;
        private final double[] scale;
        private final int n;
        private NormalEquations best;
        private NormalEquations trial;
        private double damping = FIRST_DAMPING;
        private double growth = 2;
        private int iterations;
        private boolean lastWasAccepted = true;

        Search(LeastSquaresProblem problem, double[] start, ParameterBounds bounds, Deadline deadline) {
            this.n = problem.parameterCount();
            if (start.length != n || bounds.size() != n) {
                throw new IllegalArgumentException("the problem has " + n + " parameters, but there are " + start.length
                        + " start values and " + bounds.size() + " bounds");
            }
            this.problem = problem;
            this.deadline = deadline;
            this.stepper = new BoundedStep(bounds);
            this.scale = new double[n];
            this.best = new NormalEquations(n, problem.residualCount());
            this.trial = new NormalEquations(n, problem.residualCount());
            for (int i = 0; i < n; i++) {
                if (!Double.isFinite(start[i])) {
                    throw new FitException(
                            FitException.Reason.START_NOT_FINITE, "start value of parameter " + i + " is " + start[i]);
                }
                best.parameters[i] = bounds.clamp(i, start[i]);
            }
        }

        LeastSquaresFit run() {
            Termination end = descend();
            return FitReport.of(best, problem.dataCount(), stepper, iterations, end);
        }

        /** Steps until the search ends; returns why. */
        Termination descend() {
            deadline.check();
            if (!best.evaluate(problem, true) || !best.assemble()) {
                throw new FitException(
                        FitException.Reason.START_NOT_FINITE,
                        "the residuals or their derivatives are not finite at the start");
            }
            updateScale();
            @Nullable Termination end = null;
            while (end == null) {
                if (largestCosine() <= gradientTolerance) {
                    end = Termination.GRADIENT;
                } else if (iterations == maxIterations) {
                    end = Termination.MAX_ITERATIONS;
                } else {
                    iterations++;
                    end = iterate();
                }
            }
            return end;
        }

        /** One trial step; returns why to stop, or null to go on. */
        private @Nullable Termination iterate() {
            deadline.check();
            if (!stepper.solve(best, scale, damping, trial.parameters)) {
                return reject();
            }
            boolean tiny = scaledNorm(stepper.step) <= parameterTolerance * scaledNorm(best.parameters);
            double forecast = best.forecast(stepper.step);
            boolean eager = lastWasAccepted && problem.jacobianIsCheap();
            boolean finite = trial.evaluate(problem, eager);
            double gain = best.cost - trial.cost;
            double limit = relativeTolerance * best.cost;
            boolean flat = finite && Math.abs(gain) <= limit && forecast <= limit;
            if (finite && gain > LEAST_GAIN * forecast && gain > 0 && completeTrial(eager)) {
                accept(gain / forecast);
                return flat ? Termination.COST : tiny ? Termination.STEP : null;
            }
            if (flat) {
                return Termination.COST;
            }
            if (tiny) {
                return finite ? Termination.STEP : Termination.STALLED;
            }
            return reject();
        }

        private boolean completeTrial(boolean hasJacobian) {
            return (hasJacobian || trial.evaluate(problem, true)) && trial.assemble();
        }

        private void accept(double gainRatio) {
            NormalEquations swap = best;
            best = trial;
            trial = swap;
            updateScale();
            double cube = 2 * gainRatio - 1;
            damping = Math.max(LEAST_DAMPING, damping * Math.max(1.0 / 3, 1 - cube * cube * cube));
            growth = 2;
            lastWasAccepted = true;
        }

        private @Nullable Termination reject() {
            damping *= growth;
            growth *= 2;
            lastWasAccepted = false;
            return damping > MOST_DAMPING ? Termination.STALLED : null;
        }

        private void updateScale() {
            for (int i = 0; i < n; i++) {
                scale[i] = Math.max(scale[i], best.diagonal(i));
            }
        }

        private double scaledNorm(double[] v) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += scale[i] * v[i] * v[i];
            }
            return Math.sqrt(sum);
        }

        /** Largest cosine of the angle between the residuals and a column of a parameter that may move. */
        private double largestCosine() {
            double largest = 0;
            for (int i = 0; i < n; i++) {
                if (best.gradient[i] != 0 && !stepper.held(best, i)) {
                    double norms = Math.sqrt(best.diagonal(i) * 2 * best.cost);
                    largest = Math.max(largest, Math.abs(best.gradient[i]) / norms);
                }
            }
            return largest;
        }
    }
}
