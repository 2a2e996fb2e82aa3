package io.spectractor.core.product;

/**
 * Numbers of the fit of the whole spectrogram.
 *
 * @param order2Factor fitted factor on the ratio of order 2 over 1
 * @param order2FactorErr its 1σ
 * @param order3Factor fitted factor on the ratio of order 3 over 1, NaN if it was not fitted
 * @param order3FactorErr its 1σ
 * @param waterMm precipitable water of the reference spectrum as fitted, mm; NaN without a reference
 * @param waterErrMm its 1σ, mm
 * @param regularisation precision of the amplitudes' prior
 * @param freedom effective degrees of freedom of the amplitudes, the trace of the resolution matrix
 */
public record ForwardModelSummary(
        double order2Factor,
        double order2FactorErr,
        double order3Factor,
        double order3FactorErr,
        double waterMm,
        double waterErrMm,
        double regularisation,
        double freedom) {
    /** Of an extraction without such a fit: all NaN. */
    public static ForwardModelSummary none() {
        return new ForwardModelSummary(
                Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }
}
