package io.spectractor.core.spectrogram;

import io.spectractor.core.atmosphere.AtmosphereFitResult;
import io.spectractor.core.product.PixelMap;

/**
 * The atmosphere that explains a spectrogram.
 *
 * @param fit parameters with their covariance, χ² of the pixels, and, for a look at it, the model smeared by the resolution
 *     and as data the same with the mean misfit of the pixels over the profile added
 * @param signal data without sky and stars in the window about the trace, one row per row of the window, ADU/s
 * @param model all orders, ADU/s
 * @param pulls (signal - model)/σ; NaN for pixels left out
 * @param pixels number of pixels that counted
 * @param noiseScale factor on the variance of the pixels, above 1 where even with a light of its own in every column the
 *     profile doesn't describe them
 * @param order2Factor fitted factor on the tabulated ratio of order 2 over 1
 * @param stars stars under the spectrogram that were fitted with it
 * @param steps of the search
 */
public record SpectrogramFitResult(
        AtmosphereFitResult fit,
        PixelMap signal,
        PixelMap model,
        PixelMap pulls,
        int pixels,
        double noiseScale,
        double order2Factor,
        int stars,
        int steps) {}
