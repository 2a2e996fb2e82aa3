package io.spectractor.core.night;

import java.util.List;

/**
 * Logarithm of the evidence of a fit by Laplace's method. Where a quantity has a value for each spectrum, these are taken to
 * scatter about a common mean by an amount that is found from them, not over the whole range of the quantity.
 */
final class LaplaceEvidence {
    private LaplaceEvidence() {}

    /**
     * Of the likeliest point.
     *
     * @param own parameters of each spectrum there
     * @param chi2 there
     * @param prior there
     * @param system normal equations
     */
    static double log(NightLayout layout, List<double[]> own, double chi2, NightPrior prior, ArrowheadSystem system) {
        double sum = -0.5 * (chi2 + prior.cost()) + 0.5 * (prior.logWeights() - system.logDeterminant());
        for (AtmosphereQuantity q : AtmosphereQuantity.values()) {
            if (layout.air().free(q) && own.size() > 1) {
                sum += ScatterEvidence.gain(layout, own, system, q);
            }
        }
        return sum;
    }
}
