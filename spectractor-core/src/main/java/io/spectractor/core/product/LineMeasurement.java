package io.spectractor.core.product;

/**
 * A line as measured in the spectrum.
 *
 * @param label name in the catalogue
 * @param tabulatedNm expected wavelength on the scale of the spectrum, redshift included, nm
 * @param detectedNm measured wavelength, corrected for blends, nm
 * @param errorNm 1σ of it, nm
 * @param fwhmNm full width at half maximum in the calibrated spectrum, nm; NaN if no fit succeeded
 * @param amplitude height above the baseline (negative in absorption), erg/s/cm²/nm
 * @param snr height over its 1σ uncertainty in the spectrum it was located in
 * @param reducedChi2 χ² per degree of freedom of what spectrum and reference leave differently beside a Gaussian
 * @param equivalentWidthNm equivalent width of the model, positive in absorption, nm
 * @param usedForCalibration whether the wavelength solution used it
 * @param flux light of the line at the detector, negative in absorption, erg/s/cm²; NaN if it was not measured
 * @param fluxErr 1σ of it
 */
public record LineMeasurement(
        String label,
        double tabulatedNm,
        double detectedNm,
        double errorNm,
        double fwhmNm,
        double amplitude,
        double snr,
        double reducedChi2,
        double equivalentWidthNm,
        boolean usedForCalibration,
        double flux,
        double fluxErr) {}
