package io.spectractor.core.simulation;

import io.spectractor.core.astrometry.SkyStar;

/**
 * Another star of the field. It sends light into all orders like the target, with the spectrum of a black body.
 *
 * @param x column of order 0, px
 * @param y row of order 0, px
 * @param rateAduPerS count rate of order 0, ADU/s at the reference gain
 * @param temperatureK of the black body, K
 */
public record FieldStar(double x, double y, double rateAduPerS, double temperatureK) {
    /** Effective temperature of the Sun, K. */
    static final double SUN_K = 5772;

    public FieldStar {
        SettingsCheck.notNegative("rate of a field star", rateAduPerS);
        SettingsCheck.range("temperature of a field star", temperatureK, 1000, 1e6);
    }

    /** A star as hot as the Sun. */
    public FieldStar(double x, double y, double rateAduPerS) {
        this(x, y, rateAduPerS, SUN_K);
    }

    /** Effective temperature by a Gaia colour, see {@link SkyStar#temperatureOf}. */
    static double temperatureOf(double bpMinusRp) {
        return SkyStar.temperatureOf(bpMinusRp);
    }

    /** Energy of the black body per wavelength, without its constant. */
    double energyAt(double lambdaNm) {
        // hc/k = 1.438777e7 nm K
        return Math.pow(lambdaNm / 550, -5) / Math.expm1(1.438777e7 / (lambdaNm * temperatureK));
    }
}
