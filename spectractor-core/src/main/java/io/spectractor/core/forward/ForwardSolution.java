package io.spectractor.core.forward;

import io.spectractor.core.calibration.WavelengthSolution;
import io.spectractor.core.extraction.ColumnSpectrum;

/**
 * A spectrum from a model of the whole spectrogram.
 *
 * @param spectrum first order alone, with the model of all orders per pixel
 * @param wavelengths the wavelength solution, fitted together with the spectrum or as given
 * @param order2LambdaNm second-order wavelength per column, nm; NaN where there is none
 * @param order2Rate second order per column, ADU/s
 * @param order2RateErr its 1σ
 * @param order2Scale fitted factor on the ratio of the orders
 * @param order2ScaleErr its 1σ, 0 if fixed
 * @param order3Scale fitted factor on the ratio of order 3 over 1; NaN if fixed
 * @param order3ScaleErr its 1σ, that of its prior where no light of order 3 is in the window; NaN if fixed
 * @param waterMm fitted precipitable water of the reference spectrum, mm; NaN if there is none
 * @param waterErrMm its 1σ, mm; NaN if there is none
 * @param regularisation precision of the prior: 1 / smooth width²
 * @param freedom effective degrees of freedom of the amplitudes, the trace of the resolution matrix
 * @param iterations Gauss-Newton steps
 * @param converged whether the last step was small
 * @param starsSeen stars under the spectrum that the residuals showed
 * @param starsFitted how many of them were fitted and so taken out
 */
public record ForwardSolution(
        ColumnSpectrum spectrum,
        WavelengthSolution wavelengths,
        double[] order2LambdaNm,
        double[] order2Rate,
        double[] order2RateErr,
        double order2Scale,
        double order2ScaleErr,
        double order3Scale,
        double order3ScaleErr,
        double waterMm,
        double waterErrMm,
        double regularisation,
        double freedom,
        int iterations,
        boolean converged,
        int starsSeen,
        int starsFitted) {}
