package io.spectractor.core.product;

import org.jspecify.annotations.Nullable;

/**
 * What a spectrum is good for, in a few numbers.
 *
 * @param medianSnr median over the good columns of flux over its 1σ; NaN if unknown
 * @param resolutionNm full width at half maximum of the instrument's blur in the middle of the spectrum, nm
 * @param sampling width of a column there, nm
 * @param medium of the wavelengths: air or vacuum; null if unknown
 * @param method the extraction that the spectrum is of: aperture, psf1d, psf2d, forward, or lines for lines in emission over a
 *     continuum; another one than configured where that failed; null if unknown
 */
public record QualitySummary(
        double medianSnr,
        double resolutionNm,
        double sampling,
        @Nullable String medium,
        @Nullable String method) {
    /** Nothing known. */
    public static QualitySummary none() {
        return new QualitySummary(Double.NaN, Double.NaN, Double.NaN, null, null);
    }
}
