package io.spectractor.core.product;

/** The HDUs of a spectrum file, in their order; names of the original's HDUs are the original's. */
public enum ProductHdu {
    PRIMARY(
            "3 x N image, float64",
            FitsUnits.FLUX_DENSITY,
            "wavelength (nm), flux at the detector, 1 sigma; the header"),
    SPECTRUM("table, N rows", "", "the spectrum with all its columns"),
    SPEC_COV("N x N image, float64", FitsUnits.FLUX_DENSITY_SQUARED, "covariance of the flux"),
    ORDER2("3 x N image, float64", FitsUnits.FLUX_DENSITY, "second order: wavelength (nm), flux, 1 sigma"),
    ORDER0("image, float32", FitsUnits.RATE, "neighbourhood of order 0, sky subtracted"),
    S_DATA("image, float32", FitsUnits.RATE, "spectrogram as observed, NaN where no data"),
    S_ERR("image, float32", FitsUnits.RATE, "1 sigma of S_DATA"),
    S_BGD("image, float32", FitsUnits.RATE, "sky model"),
    S_BGD_ER("image, float32", FitsUnits.RATE, "1 sigma of the sky model"),
    S_FIT("image, float32", FitsUnits.RATE, "profile model without sky; fewer rows, from S_FITROW"),
    S_RES("image, float32", "", "(S_DATA - S_BGD - S_FIT) / S_ERR"),
    S_FLAT("empty", "", "flat field; kept for Spectractor's reader"),
    S_STAR("empty", "", "field stars; kept for Spectractor's reader"),
    S_MASK(
            "image, int16",
            "",
            "non-zero for rejected pixels; bits: 1 bad, 2 saturated, 4 cosmic ray or far from the model, 8 trail"),
    PSF_TAB("table, N rows", "", "point spread function along the spectrum"),
    LINES("table", "", "measured lines"),
    WCS_TAB("table, 1 row", "", "wavelengths for the images' world coordinates (-TAB)"),
    CONFIG("table", "", "configuration; its header repeats it with Spectractor's names"),
    TIMINGS("table", "", "seconds per stage, time of writing; the only HDU that differs from run to run");

    private final String form;
    private final String unit;
    private final String content;

    ProductHdu(String form, String unit, String content) {
        this.form = form;
        this.unit = unit;
        this.content = content;
    }

    /** Shape and type, for people. */
    public String form() {
        return form;
    }

    /** FITS unit of an image's values, empty for pure numbers and tables. */
    public String unit() {
        return unit;
    }

    /** What it holds. */
    public String content() {
        return content;
    }
}
