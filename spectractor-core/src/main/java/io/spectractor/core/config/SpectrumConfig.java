package io.spectractor.core.config;

/** How the spectrum is taken out of the spectrogram. */
public record SpectrumConfig(
        @Key(
                doc = "aperture (sum of the strip), psf1d (fit of the transverse profile), psf2d (deconvolution of the"
                        + " spectrogram) or forward (model of the whole spectrogram and its wavelengths)")
        Method method,

        @Key(doc = "half height of the signal strip", unit = "px", ini = "PIXWIDTH_SIGNAL", scalesWithBinning = true)
        int halfHeightPx,

        @Key(doc = "pixels further than this from the fit are rejected", unit = "sigma")
        double clipSigma,

        @Key(doc = "time limit of one image, 0 for none", unit = "s")
        double timeLimitS) {

    /** How amplitudes are obtained. */
    public enum Method {
        APERTURE,
        PSF1D,
        PSF2D,
        FORWARD
    }

    public SpectrumConfig {
        Check.range("extraction.half_height_px", halfHeightPx, 1, 500);
        Check.range("extraction.clip_sigma", clipSigma, 2, 1000);
        Check.range("extraction.time_limit_s", timeLimitS, 0, 1e6);
    }

    static SpectrumConfig defaults() {
        return new SpectrumConfig(Method.FORWARD, 20, 8, 600);
    }
}
