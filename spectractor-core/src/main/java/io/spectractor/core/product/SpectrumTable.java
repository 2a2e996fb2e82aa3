package io.spectractor.core.product;

/**
 * The calibrated spectrum, one row per image column. Arrays are not copied: whoever builds the table gives them away.
 *
 * @param lambdaNm wavelength, nm, increasing
 * @param flux spectral flux density as it reaches the detector, erg/s/cm²/nm
 * @param fluxErr its 1σ uncertainty, erg/s/cm²/nm, positive
 * @param mask 0 for a good value; bit 1: most pixels of the column masked, bit 2: the column has no
 *     data, and in a product {@link #withoutData} has made NaN of flux, rate and their errors
 * @param rate count rate of the column, ADU/s
 * @param rateErr its 1σ uncertainty, ADU/s
 * @param lambdaErrNm 1σ uncertainty of the wavelength from the wavelength solution, nm
 * @param column column in the raw (possibly rebinned) image, px
 * @param traceY row of the trace in that column, px
 * @param topOfAtmosphere the star above the atmosphere
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
        TopOfAtmosphereSpectrum topOfAtmosphere) {
    /** Bit of {@link #mask}: no pixel of the column was usable. */
    public static final int NO_DATA = 2;

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
    public SpectrumTable withTopOfAtmosphere(TopOfAtmosphereSpectrum other) {
        return new SpectrumTable(lambdaNm, flux, fluxErr, mask, rate, rateErr, lambdaErrNm, column, traceY, other);
    }

    /** Whether nothing was measured in a column. */
    public boolean isEmpty(int i) {
        return (mask[i] & NO_DATA) != 0;
    }

    /** The same with NaN for flux, rate and their errors in columns without data. */
    public SpectrumTable withoutData() {
        return new SpectrumTable(
                lambdaNm,
                blank(flux),
                blank(fluxErr),
                mask,
                blank(rate),
                blank(rateErr),
                lambdaErrNm,
                column,
                traceY,
                new TopOfAtmosphereSpectrum(
                        blank(topOfAtmosphere.flux()),
                        blank(topOfAtmosphere.fluxErr()),
                        topOfAtmosphere.transmission(),
                        topOfAtmosphere.transmissionErr(),
                        topOfAtmosphere.reference()));
    }

    /** A copy of values of the columns, NaN where a column has no data. */
    public double[] blank(double[] values) {
        double[] out = values.clone();
        for (int i = 0; i < out.length; i++) {
            if (isEmpty(i)) {
                out[i] = Double.NaN;
            }
        }
        return out;
    }

    /** Number of rows. */
    public int size() {
        return lambdaNm.length;
    }
}
