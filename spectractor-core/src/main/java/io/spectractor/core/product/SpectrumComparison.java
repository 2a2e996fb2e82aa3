package io.spectractor.core.product;

import io.spectractor.core.fit.RobustStatistics;
import io.spectractor.core.optics.TabulatedCurve;
import java.util.Arrays;
import java.util.Locale;

/**
 * Error figures of a spectrum against a known one, over a range of wavelengths.
 *
 * @param values number of wavelengths compared
 * @param relativeRms rms of the flux difference over the mean truth
 * @param medianRelative median of |difference| / truth
 * @param shiftNm what must be added to the wavelengths for the least rms against the truth averaged over the
 *     columns, between -4 and 4 nm
 * @param fluxRatio total flux over total truth
 * @param pullWidth robust width (1.4826 MAD) of difference / uncertainty
 */
public record SpectrumComparison(
        int values, double relativeRms, double medianRelative, double shiftNm, double fluxRatio, double pullWidth) {
    private static final double MAX_SHIFT_NM = 4;
    private static final double STEP_NM = 0.02;
    private static final int SAMPLES = 4;

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
        int[] rows = rows(spectrum, truth, minNm, maxNm);
        int n = rows.length;
        if (n == 0) {
            double[] known = truth.wavelengthsNm();
            if (inRange(spectrum, minNm, maxNm) == 0) {
                throw new IllegalArgumentException(
                        "the spectrum has no flux between " + minNm + " and " + maxNm + " nm");
            }
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "no wavelength in common between %.0f and %.0f nm: the known spectrum goes from %.0f to %.0f; is it in"
                            + " nm?",
                    minNm,
                    maxNm,
                    known[0],
                    known[known.length - 1]));
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
        int[] rows = rows(spectrum, truth, minNm, maxNm);
        double[] pulls = new double[rows.length];
        for (int k = 0; k < pulls.length; k++) {
            int i = rows[k];
            pulls[k] = (spectrum.flux()[i] - truth.at(spectrum.lambdaNm()[i])) / spectrum.fluxErr()[i];
        }
        return pulls;
    }

    private static int inRange(SpectrumTable s, double minNm, double maxNm) {
        int n = 0;
        for (int i = 0; i < s.size(); i++) {
            n += s.lambdaNm()[i] > minNm && s.lambdaNm()[i] < maxNm && Double.isFinite(s.flux()[i]) ? 1 : 0;
        }
        return n;
    }

    /** Rows of the range that are good numbers and lie where the truth is known. */
    private static int[] rows(SpectrumTable s, TabulatedCurve truth, double minNm, double maxNm) {
        double[] known = truth.wavelengthsNm();
        double from = Math.max(minNm, Math.nextDown(known[0]));
        double to = Math.min(maxNm, Math.nextUp(known[known.length - 1]));
        int[] rows = new int[s.size()];
        int n = 0;
        for (int i = 0; i < s.size(); i++) {
            if (s.lambdaNm()[i] > from && s.lambdaNm()[i] < to && Double.isFinite(s.flux()[i])) {
                rows[n++] = i;
            }
        }
        return Arrays.copyOf(rows, n);
    }

    /**
     * The shift with the least squares. Where columns are wider than the steps of the truth it is averaged over them:
     * otherwise absorption lines that a rebinned spectrum has shallower look like a shift.
     */
    private static double shift(SpectrumTable s, int[] rows, TabulatedCurve truth) {
        double[] width = new double[rows.length];
        double truthStep = medianStep(truth);
        for (int k = 0; k < width.length; k++) {
            // the truth is an average over its own steps already; boxes add in quadrature
            double column = columnWidth(s, rows[k]);
            width[k] = Math.sqrt(Math.max(0, column * column - truthStep * truthStep));
        }
        double least = Double.POSITIVE_INFINITY;
        double best = 0;
        int steps = (int) Math.round(MAX_SHIFT_NM / STEP_NM);
        // outwards from 0, so that a spectrum without features has no shift
        for (int k = 0; k <= 2 * steps; k++) {
            double shift = (k % 2 == 0 ? k / 2 : -(k + 1) / 2) * STEP_NM;
            double squares = 0;
            for (int r = 0; r < rows.length; r++) {
                double d = s.flux()[rows[r]] - mean(truth, s.lambdaNm()[rows[r]] + shift, width[r]);
                squares += d * d;
            }
            if (squares < least) {
                least = squares;
                best = shift;
            }
        }
        return best;
    }

    private static double medianStep(TabulatedCurve truth) {
        double[] known = truth.wavelengthsNm();
        if (known.length < 2) {
            return 0;
        }
        double[] steps = new double[known.length - 1];
        for (int k = 0; k < steps.length; k++) {
            steps[k] = known[k + 1] - known[k];
        }
        return RobustStatistics.median(steps);
    }

    private static double columnWidth(SpectrumTable s, int i) {
        int left = Math.max(0, i - 1);
        int right = Math.min(s.size() - 1, i + 1);
        return right == left ? 0 : (s.lambdaNm()[right] - s.lambdaNm()[left]) / (right - left);
    }

    private static double mean(TabulatedCurve truth, double lambdaNm, double widthNm) {
        double sum = 0;
        for (int k = 0; k < SAMPLES; k++) {
            sum += truth.at(lambdaNm + widthNm * ((k + 0.5) / SAMPLES - 0.5));
        }
        return sum / SAMPLES;
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
