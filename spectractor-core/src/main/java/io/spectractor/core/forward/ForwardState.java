package io.spectractor.core.forward;

import io.spectractor.core.fit.EnvelopeCholesky;
import io.spectractor.core.fit.EnvelopeMatrix;
import io.spectractor.core.forward.equations.SpectrumPrior;

/** Everything known at one set of parameters: the best amplitudes for it and what they leave. */
final class ForwardState {
    final double[] parameters;
    final SpectrumPrior prior;
    final EnvelopeCholesky factor;
    /** M^T W M of the factor. Nobody may change it. */
    final EnvelopeMatrix pixels;

    final double[] amplitudes;
    /** Data minus model. */
    final double[] residual;
    /** χ² of the pixels. */
    final double chi2;
    /** χ² with the penalties of all priors. */
    final double cost;

    ForwardState(
            double[] parameters,
            SpectrumPrior prior,
            EnvelopeCholesky factor,
            EnvelopeMatrix pixels,
            double[] amplitudes,
            double[] residual,
            double chi2,
            double cost) {
        this.parameters = parameters;
        this.prior = prior;
        this.factor = factor;
        this.pixels = pixels;
        this.amplitudes = amplitudes;
        this.residual = residual;
        this.chi2 = chi2;
        this.cost = cost;
    }

    /** Everything in the pixels but the sky model: orders, stars and sky correction, ADU/s. */
    double[] model(io.spectractor.core.extraction.ProfileWindow window) {
        double[] out = new double[residual.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = window.signal[i] - residual[i];
        }
        return out;
    }
}
