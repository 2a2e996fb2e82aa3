package io.spectractor.core.product;

/**
 * The calibrated spectrum, one row per image column. Arrays are not copied: whoever builds the table gives them away.
 *
 * @param lambdaNm wavelength, nm, increasing
 * @param flux spectral flux density as it reaches the detector, erg/s/cm²/nm
 * @param fluxErr its 1σ uncertainty, erg/s/cm²/nm, always positive
 * @param mask 0 for a good value; bit 1: most pixels of the column masked, bit 2: interpolated amplitude
 * @param rate count rate of the column, ADU/s
 * @param rateErr its 1σ uncertainty, ADU/s
 * @param lambdaErrNm 1σ uncertainty of the wavelength from the wavelength solution, nm
 * @param column column in the raw (possibly rebinned) image, px
 * @param traceY row of the trace in that column, px
 * @param above the star above the atmosphere
 */
public record SpectrumTable(
        double[] lambdaNm,
        double[] flux,
        double[] fluxErr,
        int[] mask,
        double[] rate,
        double[] rateErr,
        double[] lambdaErrNm,
        int[] column,
        double[] traceY,
        TopOfAtmosphereSpectrum above) {

    /** A table that tells nothing of the star above the atmosphere. */
    public SpectrumTable(
            double[] lambdaNm,
            double[] flux,
            double[] fluxErr,
            int[] mask,
            double[] rate,
            double[] rateErr,
            double[] lambdaErrNm,
            int[] column,
            double[] traceY) {
        this(
                lambdaNm,
                flux,
                fluxErr,
                mask,
                rate,
                rateErr,
                lambdaErrNm,
                column,
                traceY,
                TopOfAtmosphereSpectrum.unknown(lambdaNm.length));
    }

    /** The same with another view of the star above the atmosphere. */
    public SpectrumTable withAbove(TopOfAtmosphereSpectrum other) {
        return new SpectrumTable(lambdaNm, flux, fluxErr, mask, rate, rateErr, lambdaErrNm, column, traceY, other);
    }

    /** Number of rows. */
    public int size() {
        return lambdaNm.length;
    }
}
