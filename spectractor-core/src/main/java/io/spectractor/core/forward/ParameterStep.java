package io.spectractor.core.forward;

import io.spectractor.core.fit.RowSum;
import io.spectractor.core.fit.SymmetricSolver;
import io.spectractor.core.forward.equations.ForwardParameters;
import io.spectractor.core.forward.equations.ParameterPriors;
import io.spectractor.core.forward.equations.SpectrumPrior;

/** The Schur complement S, its right-hand side, and A^-1 B^T. */
record ParameterStep(double[] schur, double[] gradient, double[][] response) {
    double[] covariance() {
        return SymmetricSolver.inverse(schur, gradient.length);
    }

    /**
     * The equations with what lies at a bound and would leave it held there: a step that the bound cuts off neither gains what
     * it promises nor moves the other parameters to where they belong.
     */
    ParameterStep inside(ForwardParameters layout, double[] p) {
        ParameterStep step = this;
        int[] leaving = layout.leaving(p, move(0));
        while (leaving.length > 0) {
            double[] matrix = step.schur.clone();
            double[] downhill = step.gradient.clone();
            for (int q : leaving) {
                ParameterPriors.hold(q, matrix, downhill);
            }
            step = new ParameterStep(matrix, downhill, response);
            // what is held does not move, so that each is held once
            leaving = layout.leaving(p, step.move(0));
        }
        return step;
    }

    /** By how much the step that should reach the minimum lowers χ². */
    double forecast() {
        return SpectrumPrior.dot(move(0), gradient);
    }

    /** The amplitudes of a state as they follow the parameters, to first order. */
    double[] follow(ForwardState from, double[] parameters) {
        double[] out = from.amplitudes.clone();
        for (int q = 0; q < parameters.length; q++) {
            RowSum.add(out, response[q], from.parameters[q] - parameters[q], 0, out.length);
        }
        return out;
    }

    /** The step that should reach the minimum, or a shorter one nearer to steepest descent. */
    double[] move(double damping) {
        int m = gradient.length;
        double[] damped = schur.clone();
        for (int q = 0; q < m; q++) {
            damped[q * m + q] *= 1 + damping;
        }
        return SymmetricSolver.solve(damped, gradient);
    }
}
