package io.spectractor.core.calibration;

import io.spectractor.core.extraction.ColumnSpectrum;
import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.fit.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * Finds the distance from disperser to CCD by correlating the lines of the spectrum, taken together, with those of the
 * reference: both are divided by their smoothed selves, so only features narrower than that count.
 */
final class DistanceSearch {
    /** Width of the smoothing that takes the continuum out, px. */
    private static final double CONTINUUM_SIGMA_PX = 12;
    /** The reference is not perfect: features weaker than this carry no information. */
    private static final double FEATURE_FLOOR = 0.004;

    private static final double MIN_SIGNIFICANCE = 8;
    private static final int EDGE_PX = 20;
    /** Half the range of the search, in uncertainties of the nominal distance. */
    private static final int RANGE_SIGMA = 10;

    private static final int STEPS_PER_SIGMA = 4;

    private DistanceSearch() {}

    /**
     * Result of the search.
     *
     * @param distanceMm best distance, mm
     * @param errorMm 1σ from the curvature of the correlation, mm
     * @param significant whether the lines are really there
     * @param atEdge whether the best distance lies at the end of the range
     */
    record Result(double distanceMm, double errorMm, boolean significant, boolean atEdge) {}

    static Result search(
            ColumnSpectrum spectrum,
            double[] rate,
            TraceGeometry nominal,
            ReferenceSpectrum reference,
            double distanceErrorMm,
            Deadline deadline) {
        int n = rate.length;
        double[] weight = new double[n];
        double[] observed = features(acrossFlags(rate, spectrum.flags()), spectrum, weight);
        int half = RANGE_SIGMA * STEPS_PER_SIGMA;
        double step = distanceErrorMm / STEPS_PER_SIGMA;
        double[] chi2 = new double[2 * half + 1];
        int best = 0;
        double bestSignificance = 0;
        for (int i = 0; i < chi2.length; i++) {
            deadline.check();
            double distance = nominal.distanceMm() + (i - half) * step;
            if (distance <= 0) {
                chi2[i] = 0;
                continue;
            }
            double[] expected = features(
                    acrossFlags(
                            reference.columns(
                                    nominal.with(distance, 0), spectrum.firstColumn(), n, spectrum.meanFwhmPx()),
                            spectrum.flags()),
                    null,
                    null);
            double cross = 0;
            double norm = 0;
            for (int c = 0; c < n; c++) {
                cross += weight[c] * observed[c] * expected[c];
                norm += weight[c] * expected[c] * expected[c];
            }
            // Decrease of χ² by the best positive multiple of the expected features.
            chi2[i] = norm > 0 && cross > 0 ? -cross * cross / norm : 0;
            if (chi2[i] < chi2[best]) {
                best = i;
                bestSignificance = Math.sqrt(-chi2[i]);
            }
        }
        boolean edge = best == 0 || best == chi2.length - 1;
        double offset = 0;
        double error = step;
        if (!edge) {
            double curvature = chi2[best - 1] - 2 * chi2[best] + chi2[best + 1];
            if (curvature > 0) {
                offset = 0.5 * (chi2[best - 1] - chi2[best + 1]) / curvature;
                error = step * Math.sqrt(2 / curvature);
            }
        }
        double distance = nominal.distanceMm() + (best - half + offset) * step;
        return new Result(distance, error, bestSignificance > MIN_SIGNIFICANCE, edge);
    }

    /**
     * Straight lines across flagged columns, in the spectrum and in the reference alike. What is left of a trail or a star
     * there would bend the smooth curve, and make features of the good columns beside.
     */
    private static double[] acrossFlags(double[] y, int[] flags) {
        double[] out = y.clone();
        int good = -1;
        for (int i = 0; i <= out.length; i++) {
            if (i < out.length && flags[i] != 0) {
                continue;
            }
            for (int k = good + 1; k < i; k++) {
                double left = good < 0 ? y[Math.min(i, y.length - 1)] : y[good];
                double right = i == out.length ? left : y[i];
                out[k] = left + (right - left) * (k - good) / (i - good);
            }
            good = i;
        }
        return out;
    }

    /** y over its smoothed self, minus 1; fills weights 1/σ² of that if asked. */
    private static double[] features(double[] y, @Nullable ColumnSpectrum s, double @Nullable [] weight) {
        double[] smooth = GaussianFilter.smooth(y, CONTINUUM_SIGMA_PX);
        double top = 0;
        for (double v : smooth) {
            top = Math.max(top, v);
        }
        double floor = Math.max(1e-3 * top, 1e-300);
        double[] out = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            boolean usable = smooth[i] > floor && i >= EDGE_PX && i < y.length - EDGE_PX;
            out[i] = usable ? y[i] / smooth[i] - 1 : 0;
            if (weight != null && s != null && usable && s.flags()[i] == 0) {
                double error = s.error(i) / smooth[i];
                weight[i] = 1 / (error * error + FEATURE_FLOOR * FEATURE_FLOOR);
            }
        }
        return out;
    }
}
