package io.spectractor.core.night;

/**
 * What is known of the air before the spectra are looked at: Gaussian, for ozone in DU, aerosols as optical depth, water in
 * mm.
 *
 * @param ozoneDu mean of the ozone column
 * @param ozoneSpreadDu its standard deviation
 * @param aerosols mean of the aerosols' optical depth at 500 nm
 * @param aerosolSpread its standard deviation
 */
public record AtmospherePriors(double ozoneDu, double ozoneSpreadDu, double aerosols, double aerosolSpread) {
    private static final double WATER_MM = 4;
    private static final double WATER_SPREAD_MM = 10;

    public AtmospherePriors {
        if (!(ozoneSpreadDu > 0 && aerosolSpread > 0)) {
            throw new IllegalArgumentException("the spread of a prior must be positive");
        }
    }

    /** So wide that they only keep a fit on the ground. */
    public static AtmospherePriors wide() {
        return new AtmospherePriors(300, 150, 0.05, 0.3);
    }

    /**
     * What a year above the Chilean mountains is like, for spectra that tell little of their own: ozone columns of MERRA-2 at
     * Cerro Pach\u00f3n 2022 to 2024 have a mean of 270 and a scatter of 18 DU, aerosol depths 0.05 and 0.04; the scatter
     * of ozone is doubled here.
     */
    public static AtmospherePriors climatology() {
        return new AtmospherePriors(270, 36, 0.05, 0.04);
    }

    double mean(AtmosphereQuantity q) {
        return switch (q) {
            case OZONE -> ozoneDu;
            case AEROSOLS -> aerosols;
            case WATER -> WATER_MM;
        };
    }

    double spread(AtmosphereQuantity q) {
        return switch (q) {
            case OZONE -> ozoneSpreadDu;
            case AEROSOLS -> aerosolSpread;
            case WATER -> WATER_SPREAD_MM;
        };
    }
}
