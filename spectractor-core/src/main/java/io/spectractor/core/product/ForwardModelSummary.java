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
 * @param reference what the spectrum was held against
 */
public record ForwardModelSummary(
        double order2Factor,
        double order2FactorErr,
        double order3Factor,
        double order3FactorErr,
        double waterMm,
        double waterErrMm,
        double regularisation,
        double freedom,
        ReferenceSummary reference) {
    /** Numbers of a fit that does not say which reference it had. */
    public ForwardModelSummary(
            double order2Factor,
            double order2FactorErr,
            double order3Factor,
            double order3FactorErr,
            double waterMm,
            double waterErrMm,
            double regularisation,
            double freedom) {
        this(
                order2Factor,
                order2FactorErr,
                order3Factor,
                order3FactorErr,
                waterMm,
                waterErrMm,
                regularisation,
                freedom,
                ReferenceSummary.none());
    }

    /** The same with another reference. */
    public ForwardModelSummary with(ReferenceSummary other) {
        return new ForwardModelSummary(
                order2Factor,
                order2FactorErr,
                order3Factor,
                order3FactorErr,
                waterMm,
                waterErrMm,
                regularisation,
                freedom,
                other);
    }

    /** Of an extraction without such a fit: all NaN. */
    public static ForwardModelSummary none() {
        return new ForwardModelSummary(
                Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }
}
