package io.spectractor.core.config;

/** Geometry of the disperser and the wavelengths that are extracted. */
public record DispersionConfig(
        @Key(doc = "distance from disperser to CCD", unit = "mm", ini = "DISTANCE2CCD")
        double distanceMm,

        @Key(
                doc = "uncertainty of the distance; sets the range that is searched",
                unit = "mm",
                ini = "DISTANCE2CCD_ERR")
        double distanceErrorMm,

        @Key(
                doc = "uncertainty of the order-0 position along the dispersion axis",
                unit = "px",
                ini = "PIXSHIFT_PRIOR",
                scalesWithBinning = true)
        double shiftPriorPx,

        @Key(doc = "bluest wavelength", unit = "nm", ini = "LAMBDA_MIN")
        double lambdaMinNm,

        @Key(doc = "reddest wavelength", unit = "nm", ini = "LAMBDA_MAX")
        double lambdaMaxNm,

        @Key(doc = "order 2 over order 1 of a disperser without a table", ini = "GRATING_ORDER_2OVER1")
        double defaultOrder2Over1,

        @Key(doc = "whether the second order is subtracted from the first")
        boolean subtractOrder2) {

    public DispersionConfig {
        Check.size("dispersion.distance_mm", distanceMm, 0.1, 1e5);
        Check.positive("dispersion.distance_error_mm", distanceErrorMm);
        Check.positive("dispersion.shift_prior_px", shiftPriorPx);
        Check.range("dispersion.lambda_min_nm", lambdaMinNm, 200, 1200);
        Check.range("dispersion.lambda_max_nm", lambdaMaxNm, lambdaMinNm + 50, 1300);
        Check.range("dispersion.default_order2_over1", defaultOrder2Over1, 0, 10);
    }

    static DispersionConfig defaults() {
        return new DispersionConfig(50, 0.2, 0.2, 350, 1100, 0.1, true);
    }
}
