package io.spectractor.calib.calspec;

import java.util.Arrays;

/**
 * Continues a star's spectrum to the red by the Planck curve that follows its last 150 nm best.
 *
 * <p>B(λ, T) ∝ λ⁻⁵ / (exp(c₂/λT) − 1), c₂ = 1.438777e7 nm K (CODATA 2018). Lines only take light away: points that lie
 * below the curve by more than twice the scatter are left out, again and again.
 *
 * <p>Where that gives less than 3500 K, it follows the bands of molecules instead of a continuum, and misses the end of the
 * measurement (by 45 % in VB8, M7). The curve then has 2600 K or more and goes through the mean of the last 25 nm, which is
 * within 3 % of the mean of 1000 to 1010 nm in means of SDSS spectra of M2 to M9.
 *
 * @param temperatureK colour temperature of the red continuum, which is not the effective temperature
 * @param factor of the curve
 */
record PlanckContinuation(double temperatureK, double factor) {
    private static final double C2_NM_K = 1.438777e7;
    static final double FIT_NM = 150;
    private static final double COOLEST_K = 1500;
    private static final double HOTTEST_K = 80_000;
    private static final int TEMPERATURES = 160;
    private static final int ROUNDS = 5;
    /** Cooler colours are those of bands. */
    static final double BANDS_K = 3500;

    private static final double COOLEST_STAR_K = 2600;
    static final double END_NM = 25;

    /**
     * @param lambda nm
     * @param measured number of points that are measured
     */
    static PlanckContinuation through(double[] lambda, double[] flux, int measured) {
        int from = measured - 1;
        while (from > 0 && lambda[from] > lambda[measured - 1] - FIT_NM) {
            from--;
        }
        boolean[] use = new boolean[measured];
        Arrays.fill(use, from, measured, true);
        PlanckContinuation best = fit(lambda, flux, use);
        for (int round = 0; round < ROUNDS; round++) {
            double square = 0;
            int n = 0;
            for (int i = from; i < measured; i++) {
                if (use[i]) {
                    double r = flux[i] / best.at(lambda[i]) - 1;
                    square += r * r;
                    n++;
                }
            }
            double scatter = Math.sqrt(square / Math.max(n, 1));
            for (int i = from; i < measured; i++) {
                use[i] = flux[i] / best.at(lambda[i]) - 1 > -2 * scatter;
            }
            best = fit(lambda, flux, use);
        }
        return best.temperatureK < BANDS_K ? throughEnd(best.temperatureK, lambda, flux, measured) : best;
    }

    private static PlanckContinuation throughEnd(double bandsK, double[] lambda, double[] flux, int measured) {
        double temperature = Math.max(bandsK, COOLEST_STAR_K);
        double sum = 0;
        double expected = 0;
        for (int i = measured - 1; i >= 0 && lambda[i] > lambda[measured - 1] - END_NM; i--) {
            sum += flux[i];
            expected += planck(lambda[i], temperature);
        }
        return new PlanckContinuation(temperature, sum / expected);
    }

    private static PlanckContinuation fit(double[] lambda, double[] flux, boolean[] use) {
        PlanckContinuation best = new PlanckContinuation(COOLEST_K, 0);
        double least = Double.POSITIVE_INFINITY;
        for (int t = 0; t < TEMPERATURES; t++) {
            double temperature = COOLEST_K * Math.pow(HOTTEST_K / COOLEST_K, t / (TEMPERATURES - 1.0));
            double mean = 0;
            double square = 0;
            int n = 0;
            for (int i = 0; i < use.length; i++) {
                if (use[i] && flux[i] > 0) {
                    double log = Math.log(flux[i] / planck(lambda[i], temperature));
                    mean += log;
                    square += log * log;
                    n++;
                }
            }
            double scatter = (square - mean * mean / Math.max(n, 1)) / Math.max(n, 1);
            if (n > 0 && scatter < least) {
                least = scatter;
                best = new PlanckContinuation(temperature, Math.exp(mean / n));
            }
        }
        return best;
    }

    /** The curve at a wavelength in nm. */
    double at(double lambdaNm) {
        return factor * planck(lambdaNm, temperatureK);
    }

    private static double planck(double lambdaNm, double temperatureK) {
        return Math.pow(lambdaNm / 1000, -5) / Math.expm1(C2_NM_K / (lambdaNm * temperatureK));
    }
}
