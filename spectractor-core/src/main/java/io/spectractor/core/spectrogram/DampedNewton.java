package io.spectractor.core.spectrogram;

import io.spectractor.core.fit.Deadline;
import io.spectractor.core.fit.FitException;
import io.spectractor.core.fit.NewtonStep;
import io.spectractor.core.fit.ParameterBounds;

/** Newton steps inside the bounds, damped while they make things worse, until they are small. */
final class DampedNewton {
    private static final int MAX_STEPS = 15;
    private static final int MAX_TRIALS = 6;
    /** A step that promises less than this of χ² is the last. */
    private static final double SMALL_GAIN = 0.02;
    /** Where no step helps, the search has ended if the full one promises less than this. */
    private static final double NO_GAIN = 1;

    private final AtmosphereEquations equations;
    private final ModelErrorCovariance.Errors errors;
    private final ParameterBounds bounds;
    private final Deadline deadline;
    private int steps;
    private boolean converged;

    DampedNewton(
            AtmosphereEquations equations,
            ModelErrorCovariance.Errors errors,
            ParameterBounds bounds,
            Deadline deadline) {
        this.equations = equations;
        this.errors = errors;
        this.bounds = bounds;
        this.deadline = deadline;
    }

    int steps() {
        return steps;
    }

    /** Whether the last search ended with a small step. */
    boolean converged() {
        return converged;
    }

    /** Downhill from a start; the equations' model is left at the result. */
    AtmosphereEquations.Point minimise(double[] start) {
        converged = false;
        double[] x = start.clone();
        for (int q = 0; q < x.length; q++) {
            x[q] = bounds.clamp(q, x[q]);
        }
        AtmosphereEquations.Point best = equations.at(x);
        double damping = 0;
        for (int k = 0; k < MAX_STEPS && !converged; k++) {
            deadline.check();
            ModelErrorCovariance slack = errors.at(best);
            double cost = equations.cost(best, slack);
            AtmosphereEquations.Normal normal = equations.normal(best, slack);
            double[] uphill = new double[normal.gradient().length];
            for (int q = 0; q < uphill.length; q++) {
                uphill[q] = -normal.gradient()[q];
            }
            AtmosphereEquations.Point next = null;
            double promised = Double.POSITIVE_INFINITY;
            for (int trial = 0; trial < MAX_TRIALS && next == null; trial++) {
                double[] target = NewtonStep.to(best.x(), uphill, normal.matrix(), bounds, damping);
                if (target != null) {
                    steps++;
                    double forecast = forecast(best.x(), target, normal);
                    promised = damping == 0 ? forecast : promised;
                    AtmosphereEquations.Point there = equations.at(target);
                    if (equations.cost(there, errors.at(there)) < cost + 1e-9 * Math.abs(cost)) {
                        next = there;
                        converged = damping == 0 && forecast < SMALL_GAIN;
                        damping = damping < 1e-2 ? 0 : damping / 10;
                        continue;
                    }
                    if (forecast < SMALL_GAIN) {
                        converged = true;
                        break;
                    }
                }
                damping = Math.max(1e-2, damping * 10);
            }
            if (next == null) {
                // the best that numerical derivatives can find
                converged |= promised < NO_GAIN;
                return equations.at(best.x());
            }
            best = next;
        }
        return best;
    }

    /** By how much χ² should fall. */
    private static double forecast(double[] from, double[] to, AtmosphereEquations.Normal normal) {
        int m = from.length;
        double sum = 0;
        for (int q = 0; q < m; q++) {
            double curved = 0;
            for (int r = 0; r < m; r++) {
                curved += normal.matrix()[q * m + r] * (to[r] - from[r]);
            }
            sum += (to[q] - from[q]) * (2 * normal.gradient()[q] - curved);
        }
        if (!Double.isFinite(sum)) {
            throw new FitException(
                    FitException.Reason.START_NOT_FINITE, "the fit of the spectrogram met numbers that are not finite");
        }
        return sum;
    }
}
