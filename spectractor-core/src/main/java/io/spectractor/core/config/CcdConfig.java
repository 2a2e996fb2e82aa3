package io.spectractor.core.config;

/** The detector. */
public record CcdConfig(
        @Key(doc = "pixel pitch", unit = "mm", ini = "CCD_PIXEL2MM")
        double pixelSizeMm,

        @Key(
                doc = "plate scale, unless the header gives it; 0 if unknown",
                unit = "arcsec/px",
                ini = "CCD_PIXEL2ARCSEC")
        double plateScaleArcsec,

        @Key(doc = "level from which a pixel is saturated", unit = "ADU", ini = "CCD_MAXADU")
        double saturationAdu,

        @Key(doc = "gain that rates are referred to", unit = "e-/ADU", ini = "CCD_GAIN")
        double gain,

        @Key(doc = "sums rebin x rebin pixels before anything else", unit = "px", ini = "CCD_REBIN")
        int rebin,

        @Key(doc = "how far the mask grows around saturated pixels", unit = "px")
        int saturationGrowPx,

        @Key(doc = "FITS image whose non-zero pixels are bad; empty for none")
        String badPixels,

        @Key(
                doc =
                        "FITS image, as large as the unbinned frames that are divided by it, about 1; its pixels below 0.01"
                                + " are bad; empty for none")
        String flat) {

    public CcdConfig {
        Check.size("ccd.pixel_size_mm", pixelSizeMm, 1e-4, 1);
        Check.range("ccd.plate_scale_arcsec", plateScaleArcsec, 0, 1e5);
        Check.positive("ccd.saturation_adu", saturationAdu);
        Check.positive("ccd.gain", gain);
        Check.range("ccd.rebin", rebin, 1, 16);
        Check.range("ccd.saturation_grow_px", saturationGrowPx, 0, 20);
    }

    static CcdConfig defaults() {
        return new CcdConfig(0.01, 1, 60000, 1, 1, 1, "", "");
    }
}
