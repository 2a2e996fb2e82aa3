package io.spectractor.core.fit;

import org.jspecify.annotations.Nullable;

/**
 * A sum of squares to make small: residuals r_i = (model_i - data_i) / sigma_i as functions of parameters p_j.
 *
 * <p>An implementation must give the same numbers for the same parameters; it may keep work arrays and need not be
 * thread-safe.
 */
public interface LeastSquaresProblem {
    /** Number of parameters. */
    int parameterCount();

    /** Number of residuals, constant during a fit. A datum to be ignored has residual and derivatives 0. */
    int residualCount();

    /** Number of data that the residuals stand for: more than there are residuals where a problem condenses them. */
    default int dataCount() {
        return residualCount();
    }

    /**
     * Computes the residuals, and their derivatives if asked.
     *
     * @param parameters where; not to be changed
     * @param residuals filled, length {@link #residualCount()}; NaN tells that the parameters make no sense
     * @param jacobian filled row by row, d r_i / d p_j at [i * parameterCount + j], every entry; null if not wanted
     */
    void evaluate(double[] parameters, double[] residuals, double @Nullable [] jacobian);

    /**
     * Whether residuals with derivatives cost little more than residuals alone, so that the optimiser may ask for both
     * at a point that it has not accepted yet.
     */
    default boolean jacobianIsCheap() {
        return true;
    }
}
