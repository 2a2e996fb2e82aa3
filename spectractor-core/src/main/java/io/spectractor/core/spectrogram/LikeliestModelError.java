package io.spectractor.core.spectrogram;

import io.spectractor.core.fit.Deadline;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;

/** The fraction of its light by which a model may be wrong, under which the residuals are likeliest; by a golden-section search. */
final class LikeliestModelError {
    /** Errors below this make no difference. */
    static final double LEAST = 5e-4;

    private static final double LARGEST = 0.2;

    private LikeliestModelError() {}

    /**
     * The error at a point; 0 if the residuals are likelier without.
     *
     * @param errors with any fraction
     */
    static double of(
            AtmosphereEquations equations,
            AtmosphereEquations.Point point,
            ModelErrorCovariance.Errors errors,
            Deadline deadline) {
        DoubleFunction<ModelErrorCovariance> byFraction = errors.byFraction(point);
        DoubleUnaryOperator minusTwoLogLikelihood = relative -> {
            ModelErrorCovariance slack = byFraction.apply(relative);
            return equations.cost(point, slack) + slack.logDeterminant();
        };
        double none = minusTwoLogLikelihood.applyAsDouble(0);
        double low = Math.log(LEAST);
        double high = Math.log(LARGEST);
        double golden = 0.5 * (Math.sqrt(5) - 1);
        double a = high - golden * (high - low);
        double b = low + golden * (high - low);
        double atA = minusTwoLogLikelihood.applyAsDouble(Math.exp(a));
        double atB = minusTwoLogLikelihood.applyAsDouble(Math.exp(b));
        while (high - low > 0.1) {
            deadline.check();
            if (atA < atB) {
                high = b;
                b = a;
                atB = atA;
                a = high - golden * (high - low);
                atA = minusTwoLogLikelihood.applyAsDouble(Math.exp(a));
            } else {
                low = a;
                a = b;
                atA = atB;
                b = low + golden * (high - low);
                atB = minusTwoLogLikelihood.applyAsDouble(Math.exp(b));
            }
        }
        return Math.min(atA, atB) < none ? Math.exp(0.5 * (low + high)) : 0;
    }
}
