package io.spectractor.calib.calspec;

import java.util.Arrays;
import java.util.Locale;

/**
 * An energy distribution in the bins of this project. Immutable.
 *
 * @param lambdaNm centres of the bins, nm in vacuum
 * @param flux mean flux in each bin, erg/s/cm²/nm; scatters about zero where there is no light
 * @param statistical 1σ of it from counting, erg/s/cm²/nm
 * @param systematic 1σ of it that neighbouring bins share, erg/s/cm²/nm
 * @param measuredToNm where the measurement ends and the continuation begins, nm
 * @param temperatureK of the Planck curve that continues it, 0 if none does
 */
public record BinnedSpectrum(
        double[] lambdaNm,
        double[] flux,
        double[] statistical,
        double[] systematic,
        double measuredToNm,
        double temperatureK) {
    static final double NEEDED_FROM_NM = 400;
    static final double NEEDED_TO_NM = 980;

    private static final double FIRST_NM = 300;
    private static final double LAST_NM = 1120;
    private static final double STEP_NM = 0.5;
    /** How far a Planck curve may be from a star 120 nm further on: Paschen lines in hot ones, bands in cool ones. */
    private static final double CONTINUED_ERROR = 0.05;

    private static final double CONTINUED_ERROR_COOL = 0.15;

    /** What this is, for the header of a table. */
    public String measured() {
        String range = String.format(Locale.ROOT, "%.2f to %.2f nm", lambdaNm[0] - STEP_NM / 2, measuredToNm);
        return temperatureK == 0
                ? range
                : range
                        + String.format(
                                Locale.ROOT,
                                "; from there on a Planck curve of %.0f K through the last %.0f nm, good to %.0f %%",
                                temperatureK,
                                temperatureK < PlanckContinuation.BANDS_K
                                        ? PlanckContinuation.END_NM
                                        : PlanckContinuation.FIT_NM,
                                100 * continuedError(temperatureK));
    }

    /**
     * Bins a spectrum, linear between its points, so that no light is lost.
     *
     * @param lambda nm, increasing
     */
    static BinnedSpectrum of(double[] lambda, double[] flux, double[] statistical, double[] systematic) {
        double start = Math.max(FIRST_NM, STEP_NM * Math.ceil((lambda[0] + STEP_NM / 2) / STEP_NM));
        int n = (int) Math.round((LAST_NM - start) / STEP_NM) + 1;
        double[] centres = new double[n];
        Arrays.setAll(centres, i -> start + i * STEP_NM);
        int measured = 0;
        while (measured < n && centres[measured] + STEP_NM / 2 <= lambda[lambda.length - 1]) {
            measured++;
        }
        double[][] binned = new double[3][n];
        int at = 0;
        double[] weight = new double[lambda.length];
        for (int i = 0; i < measured; i++) {
            double from = centres[i] - STEP_NM / 2;
            double to = centres[i] + STEP_NM / 2;
            while (lambda[at + 1] <= from) {
                at++;
            }
            int last = at;
            weight[at] = 0;
            for (int k = at; k + 1 < lambda.length && lambda[k] < to; k++) {
                last = k + 1;
                weight[last] = 0;
                double a = Math.max(from, lambda[k]);
                double b = Math.min(to, lambda[k + 1]);
                double right = ((a + b) / 2 - lambda[k]) / (lambda[k + 1] - lambda[k]);
                weight[k] += (b - a) / STEP_NM * (1 - right);
                weight[k + 1] += (b - a) / STEP_NM * right;
            }
            double variance = 0;
            for (int k = at; k <= last; k++) {
                binned[0][i] += weight[k] * flux[k];
                variance += weight[k] * weight[k] * statistical[k] * statistical[k];
                binned[2][i] += weight[k] * systematic[k];
            }
            binned[1][i] = Math.sqrt(variance);
        }
        double temperature = 0;
        double end = centres[measured - 1] + STEP_NM / 2;
        if (measured < n) {
            PlanckContinuation planck = PlanckContinuation.through(centres, binned[0], measured);
            temperature = planck.temperatureK();
            for (int i = measured; i < n; i++) {
                binned[0][i] = planck.at(centres[i]);
                binned[2][i] = continuedError(temperature) * binned[0][i];
            }
        }
        return new BinnedSpectrum(centres, binned[0], binned[1], binned[2], end, temperature);
    }

    private static double continuedError(double temperatureK) {
        return temperatureK < PlanckContinuation.BANDS_K ? CONTINUED_ERROR_COOL : CONTINUED_ERROR;
    }
}
