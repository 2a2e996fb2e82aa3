package io.spectractor.core.pipeline;

import io.spectractor.core.calibration.GaussianFilter;
import io.spectractor.core.calibration.ReferenceSpectrum;
import io.spectractor.core.extraction.ColumnSpectrum;
import io.spectractor.core.extraction.TraceGeometry;
import java.util.Arrays;

/**
 * What a spectrum of the columns is unsure by that stands in for the fit of the spectrogram. That fit failed where the point
 * spread function does not describe the pixels, so errors from the noise of the pixels say little: what matters is systematic,
 * and each of its sources is added to the covariance as one direction that all columns share.
 */
final class StandInErrors {
    /** Smoothing of the light that the profile misses: of single columns it is noise and cosmic rays, px. */
    private static final double MISSED_SIGMA_PX = 12;
    /** 1σ of a predicted second order: its profile is another one and lies beside that of the first. */
    private static final double SECOND_ORDER = 0.1;
    /** The same where the ratio of the orders was assumed. */
    private static final double SECOND_ORDER_ASSUMED = 1;
    /** Differences between a spectrum and its blurred image beyond this share: lines and notches lie in each other's wings. */
    private static final double MOST_BLUR = 1;

    private StandInErrors() {}

    /**
     * Adds these errors: that pixels deviate by more than their noise, the light that the profile misses in the strip, the blur
     * along the dispersion, and the second order.
     *
     * @param reference what the spectrum should look like
     * @param ratioAssumed whether the ratio of the orders was assumed
     */
    static MeasuredOrders added(MeasuredOrders orders, ReferenceSpectrum reference, boolean ratioAssumed) {
        ColumnSpectrum columns = orders.columns();
        double share = ratioAssumed ? SECOND_ORDER_ASSUMED : SECOND_ORDER;
        double[] second = orders.order2Rate().clone();
        for (int i = 0; i < second.length; i++) {
            second[i] *= share;
        }
        return orders.scaled(Math.max(1, columns.reducedChi2()))
                .wider(missed(columns))
                .wider(blur(orders, reference))
                .wider(second);
    }

    /** Sum over the strip less the light of the fitted profile, without what changes from column to column. */
    private static double[] missed(ColumnSpectrum columns) {
        double[] difference = new double[columns.size()];
        for (int i = 0; i < difference.length; i++) {
            double value = columns.stripSum()[i] - columns.rate()[i];
            difference[i] = Double.isFinite(value) && columns.flags()[i] == 0 ? value : 0;
        }
        return GaussianFilter.smooth(difference, MISSED_SIGMA_PX);
    }

    /** What the reference loses or gains when it is blurred as the columns are, for the spectrum's light. */
    private static double[] blur(MeasuredOrders orders, ReferenceSpectrum reference) {
        ColumnSpectrum columns = orders.columns();
        TraceGeometry geometry = orders.solution().geometry();
        int first = columns.firstColumn();
        int n = columns.size();
        double[] sharp = reference.light(geometry, first, n, reference.typicalWaterMm());
        double[] seen = reference.columns(geometry, first, n, columns.meanFwhmPx());
        // the two count light in units of their own
        double unit = Arrays.stream(sharp).sum() / Math.max(Arrays.stream(seen).sum(), 1e-300);
        double[] change = new double[n];
        for (int i = 0; i < n; i++) {
            double share = seen[i] > 0 ? sharp[i] / (unit * seen[i]) - 1 : 0;
            change[i] = orders.rate()[i] * Math.min(Math.max(share, -MOST_BLUR), MOST_BLUR);
        }
        return change;
    }
}
