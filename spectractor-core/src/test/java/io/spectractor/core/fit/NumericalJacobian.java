package io.spectractor.core.fit;

import org.jspecify.annotations.Nullable;

/**
 * Makes a problem of a function that gives residuals only: derivatives by central differences with fixed steps. Beside a
 * bound the outer point stays on it, so that the function is never asked beyond: the difference is one-sided there.
 */
final class NumericalJacobian implements LeastSquaresProblem {
    /** Residuals as a function of the parameters. */
    @FunctionalInterface
    public interface Residuals {
        /** Fills the residuals, r_i = (model_i - data_i) / sigma_i. */
        void evaluate(double[] parameters, double[] residuals);
    }

    private final Residuals function;
    private final int residualCount;
    private final double[] steps;
    private final ParameterBounds bounds;

    /**
     * @param steps half distance of the two points for each parameter, positive, in its unit; about the cube root of the
     *     precision of the residuals times the scale on which they bend
     */
    public NumericalJacobian(Residuals function, int residualCount, double[] steps) {
        this(function, residualCount, steps, ParameterBounds.none(steps.length));
    }

    /**
     * The same inside bounds.
     *
     * @throws IllegalArgumentException if a step isn't positive and finite or the numbers of parameters disagree
     */
    public NumericalJacobian(Residuals function, int residualCount, double[] steps, ParameterBounds bounds) {
        if (bounds.size() != steps.length) {
            throw new IllegalArgumentException(steps.length + " steps but " + bounds.size() + " bounds");
        }
        for (double s : steps) {
            if (!(s > 0 && s < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("a difference step must be positive, got " + s);
            }
        }
        this.function = function;
        this.residualCount = residualCount;
        this.steps = steps.clone();
        this.bounds = bounds;
    }

    @Override
    public int parameterCount() {
        return steps.length;
    }

    @Override
    public int residualCount() {
        return residualCount;
    }

    @Override
    public boolean jacobianIsCheap() {
        return false;
    }

    @Override
    public void evaluate(double[] parameters, double[] residuals, double @Nullable [] jacobian) {
        function.evaluate(parameters, residuals);
        if (jacobian == null) {
            return;
        }
        int n = steps.length;
        double[] p = parameters.clone();
        double[] high = new double[residualCount];
        double[] low = new double[residualCount];
        for (int j = 0; j < n; j++) {
            double up = bounds.clamp(j, parameters[j] + steps[j]);
            double down = bounds.clamp(j, parameters[j] - steps[j]);
            if (up > down) {
                p[j] = up;
                function.evaluate(p, high);
                p[j] = down;
                function.evaluate(p, low);
                p[j] = parameters[j];
            }
            for (int i = 0; i < residualCount; i++) {
                // a fixed parameter has no room for a difference, and no use for a derivative
                jacobian[i * n + j] = up > down ? (high[i] - low[i]) / (up - down) : 0;
            }
        }
    }
}
