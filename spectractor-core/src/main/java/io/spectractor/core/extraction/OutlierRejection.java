package io.spectractor.core.extraction;

import io.spectractor.core.fit.RobustStatistics;
import io.spectractor.core.observation.CcdImage;
import java.util.Arrays;

/**
 * Decides against a model which pixels of a spectrogram count: those far from it are cosmic rays, and columns that are
 * off as a whole, hot or dead, are bad.
 */
public final class OutlierRejection {
    /** A column whose pixels are off by so many sigma in the median is bad: noise gives 0.2. */
    private static final double BAD_COLUMN_SIGMA = 1.5;

    private static final int MIN_PIXELS = 10;
    /** Where more columns than that are off, the model is. */
    private static final double MOST_BAD_COLUMNS = 0.05;

    private final double clipSigma;
    private final double modelError;

    /**
     * @param clipSigma pixels further than this from the model don't count, sigma
     * @param modelError a misfit below this many times {@code clipSigma} × the model is never taken for a cosmic ray
     */
    public OutlierRejection(double clipSigma, double modelError) {
        this.clipSigma = clipSigma;
        this.modelError = modelError;
    }

    /**
     * Mask bits per pixel of the window, 0 for a pixel that counts.
     *
     * @param model source without sky, ADU/s
     */
    public byte[] judge(ProfileWindow w, double[] model) {
        byte[] bits = w.mask.clone();
        boolean[] off = new boolean[w.columns];
        int count = 0;
        for (int c = 0; c < w.columns; c++) {
            off[c] = judge(w, model, c, bits);
            count += off[c] ? 1 : 0;
        }
        if (count <= MOST_BAD_COLUMNS * w.columns) {
            for (int i = 0; i < bits.length; i++) {
                bits[i] |= off[i / w.rows] ? CcdImage.BAD : 0;
            }
        }
        return bits;
    }

    /** Marks the cosmic rays of a column; returns whether it is off as a whole. */
    private boolean judge(ProfileWindow w, double[] model, int c, byte[] bits) {
        double[] misfits = new double[w.rows];
        int good = 0;
        for (int i = c * w.rows; i < (c + 1) * w.rows; i++) {
            double misfit = w.signal[i] - model[i];
            double variance = w.variance(i, model[i]);
            double tolerance = variance + modelError * modelError * model[i] * model[i];
            if (bits[i] == 0) {
                misfits[good++] = misfit / Math.sqrt(variance);
                if (misfit * misfit > clipSigma * clipSigma * tolerance) {
                    bits[i] = CcdImage.COSMIC;
                }
            }
        }
        return good >= MIN_PIXELS && Math.abs(RobustStatistics.median(Arrays.copyOf(misfits, good))) > BAD_COLUMN_SIGMA;
    }

    /** Inverse variances that the model's photons give, 1/(ADU/s)², 0 for pixels with a mask bit. */
    public static double[] weights(ProfileWindow w, double[] model, byte[] bits) {
        double[] weight = new double[w.signal.length];
        for (int i = 0; i < weight.length; i++) {
            weight[i] = bits[i] == 0 ? 1 / w.variance(i, model[i]) : 0;
        }
        return weight;
    }
}
