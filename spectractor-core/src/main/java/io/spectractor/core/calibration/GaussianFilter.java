package io.spectractor.core.calibration;

import io.spectractor.core.fit.RowSum;

/** Smoothing of sampled curves. */
public final class GaussianFilter {
    private GaussianFilter() {}

    /** Normalised kernel of odd length, cut at 4σ. */
    public static double[] kernel(double sigma) {
        int half = Math.max(1, (int) Math.ceil(4 * sigma));
        double[] k = new double[2 * half + 1];
        double sum = 0;
        for (int i = 0; i < k.length; i++) {
            double u = (i - half) / Math.max(sigma, 1e-6);
            k[i] = Math.exp(-0.5 * u * u);
            sum += k[i];
        }
        for (int i = 0; i < k.length; i++) {
            k[i] /= sum;
        }
        return k;
    }

    /** Smoothed copy; the curve is continued by mirroring at its ends. */
    public static double[] smooth(double[] y, double sigma) {
        double[] kernel = kernel(sigma);
        int half = kernel.length / 2;
        int n = y.length;
        double[] mirrored = new double[n + 2 * half];
        for (int i = 0; i < mirrored.length; i++) {
            int j = Math.floorMod(i - half, 2 * n);
            mirrored[i] = y[j < n ? j : 2 * n - 1 - j];
        }
        // the curve as a whole for one number of the kernel after the other: a loop that becomes vector instructions
        double[] out = new double[n];
        double[] work = new double[n];
        for (int k = 0; k < kernel.length; k++) {
            RowSum.addShifted(out, mirrored, kernel[k], k, work);
        }
        return out;
    }
}
