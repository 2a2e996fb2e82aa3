package io.spectractor.core.product;

import java.util.Arrays;

/**
 * The star above the atmosphere, column by column. Arrays are not copied: whoever builds it gives them away.
 *
 * @param flux flux over transmission, erg/s/cm²/nm; NaN where nearly no light passes
 * @param fluxErr its 1σ, from the flux and from the transmission, erg/s/cm²/nm
 * @param transmission share of the star's light that arrives: atmosphere × telescope × filter × disperser
 * @param transmissionErr its 1σ
 * @param reference what the transmission was taken from, with the state of the air
 */
public record TopOfAtmosphereSpectrum(
        double[] flux, double[] fluxErr, double[] transmission, double[] transmissionErr, String reference) {

    /** Nothing known. */
    public static TopOfAtmosphereSpectrum unknown(int n) {
        double[] nan = new double[n];
        Arrays.fill(nan, Double.NaN);
        return new TopOfAtmosphereSpectrum(nan, nan, nan, nan, "");
    }
}
