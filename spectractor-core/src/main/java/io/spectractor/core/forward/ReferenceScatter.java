package io.spectractor.core.forward;

import io.spectractor.core.fit.EnvelopeMatrix;
import io.spectractor.core.forward.equations.SpectrumPrior;

/**
 * How much of the scatter about its reference that the prior allows a spectrum has, and the covariance of the amplitudes
 * that follows.
 *
 * <p>The widths of the prior have lower limits, because the spectrum must not follow a reference further than references
 * can be trusted. Where this one is better, errors with these limits are too large. With A = G + Q, G of the pixels and Q
 * of the prior, and deviations whose variance is k times the prior's, amplitudes have the covariance
 * A^-1 G A^-1 + k A^-1 Q A^-1, and the penalty P = d^T Q d of the deviations d is on average
 * tr(B - B²) + k tr((1 - B)²) with B = Q A^-1, up to the two directions that Q leaves free. So P tells k.
 */
final class ReferenceScatter {
    /**
     * What a reference lacks is found in a few lines, but k is an average over the spectrum. Chosen on the golden frames of
     * CTIO and AuxTel: the pulls of the worst of them have the same tails with it as with k = 1.
     */
    private static final double CONCENTRATION = 6;

    /** Step of the derivative of the inverse; A^-1 Q A^-1 comes out relatively too small by less than this. */
    private static final double STEP = 1e-3;

    private ReferenceScatter() {}

    /**
     * The covariance of the amplitudes with given parameters.
     *
     * @param state whose factor is that of its own equations
     * @param inverse A^-1, by rows
     * @param chi2 by how much the variance of the pixels is larger than their noise
     */
    static double[] covariance(ForwardState state, double[] inverse, double chi2) {
        SpectrumPrior prior = state.prior;
        EnvelopeMatrix further = state.pixels.copy();
        prior.times(1 + STEP).addTo(further);
        double[] allowed = further.factor().inverse();
        for (int i = 0; i < allowed.length; i++) {
            allowed[i] = (inverse[i] - allowed[i]) / STEP;
        }
        double scatter = CONCENTRATION * scatter(state, prior.traceWith(inverse), prior.traceWith(allowed), chi2);
        double less = 1 - Math.min(Math.max(scatter, 0), 1);
        double[] out = inverse.clone();
        for (int i = 0; i < out.length; i++) {
            out[i] -= less * allowed[i];
        }
        return out;
    }

    /** k; below 0 by chance. */
    private static double scatter(ForwardState state, double trace, double squares, double chi2) {
        double noise = trace - squares;
        double reference = state.prior.precision().length - 2 * trace + squares;
        return (state.prior.penalty(state.amplitudes) - chi2 * noise) / Math.max(reference, 1);
    }
}
