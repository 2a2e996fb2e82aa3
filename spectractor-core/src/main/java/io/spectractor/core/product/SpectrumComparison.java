package io.spectractor.core.product;

import io.spectractor.core.fit.RobustStatistics;
import io.spectractor.core.optics.TabulatedCurve;
import java.util.Arrays;

/**
 * Error figures of a spectrum against a known one, over a range of wavelengths.
 *
 * @param values number of wavelengths compared
 * @param relativeRms rms of the flux difference over the mean truth
 * @param medianRelative median of |difference| / truth
 * @param shiftNm what must be added to the wavelengths for the least rms, between -4 and 4 nm
 * @param fluxRatio total flux over total truth
 * @param pullWidth robust width (1.4826 MAD) of difference / uncertainty
 */
public record SpectrumComparison(
        int values, double relativeRms, double medianRelative, double shiftNm, double fluxRatio, double pullWidth) {
    private static final double MAX_SHIFT_NM = 4;
    private static final double STEP_NM = 0.02;

    /**
     * Compares.
     *
     * @param spectrum the spectrum
     * @param truth flux density against wavelength, erg/s/cm²/nm
     * @param minNm wavelengths above this, nm
     * @param maxNm wavelengths below this, nm
     * @throws IllegalArgumentException if the spectrum has no finite flux in the range
     */
    public static SpectrumComparison of(SpectrumTable spectrum, TabulatedCurve truth, double minNm, double maxNm) {
        int[] rows = rows(spectrum, minNm, maxNm);
        int n = rows.length;
        if (n == 0) {
            throw new IllegalArgumentException("the spectrum has no flux between " + minNm + " and " + maxNm + " nm");
        }
        double sumTruth = 0;
        double sumFlux = 0;
        double[] relative = new double[n];
        for (int k = 0; k < n; k++) {
            int i = rows[k];
            double t = truth.at(spectrum.lambdaNm()[i]);
            double d = spectrum.flux()[i] - t;
            sumTruth += t;
            sumFlux += spectrum.flux()[i];
            relative[k] = Math.abs(d) / Math.max(Math.abs(t), 1e-30);
        }
        return new SpectrumComparison(
                n,
                Math.sqrt(squares(spectrum, rows, truth, 0) / n) / (sumTruth / n),
                RobustStatistics.median(relative),
                shift(spectrum, rows, truth),
                sumFlux / sumTruth,
                RobustStatistics.madSigma(pulls(spectrum, truth, minNm, maxNm)));
    }

    /**
     * Difference from the truth over uncertainty, column by column.
     *
     * @param minNm wavelengths above this, nm
     * @param maxNm wavelengths below this, nm
     */
    public static double[] pulls(SpectrumTable spectrum, TabulatedCurve truth, double minNm, double maxNm) {
        int[] rows = rows(spectrum, minNm, maxNm);
        double[] pulls = new double[rows.length];
        for (int k = 0; k < pulls.length; k++) {
            int i = rows[k];
            pulls[k] = (spectrum.flux()[i] - truth.at(spectrum.lambdaNm()[i])) / spectrum.fluxErr()[i];
        }
        return pulls;
    }

    private static int[] rows(SpectrumTable s, double minNm, double maxNm) {
        int[] rows = new int[s.size()];
        int n = 0;
        for (int i = 0; i < s.size(); i++) {
            if (s.lambdaNm()[i] > minNm && s.lambdaNm()[i] < maxNm && Double.isFinite(s.flux()[i])) {
                rows[n++] = i;
            }
        }
        return Arrays.copyOf(rows, n);
    }

    private static double shift(SpectrumTable s, int[] rows, TabulatedCurve truth) {
        double least = Double.POSITIVE_INFINITY;
        double best = 0;
        int steps = (int) Math.round(MAX_SHIFT_NM / STEP_NM);
        // outwards from 0, so that a spectrum without features has no shift
        for (int k = 0; k <= 2 * steps; k++) {
            double shift = (k % 2 == 0 ? k / 2 : -(k + 1) / 2) * STEP_NM;
            double squares = squares(s, rows, truth, shift);
            if (squares < least) {
                least = squares;
                best = shift;
            }
        }
        return best;
    }

    private static double squares(SpectrumTable s, int[] rows, TabulatedCurve truth, double shiftNm) {
        double sum = 0;
        for (int i : rows) {
            double d = s.flux()[i] - truth.at(s.lambdaNm()[i] + shiftNm);
            sum += d * d;
        }
        return sum;
    }
}
