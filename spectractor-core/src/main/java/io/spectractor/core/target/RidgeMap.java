package io.spectractor.core.target;

import io.spectractor.core.observation.CcdImage;
import java.util.Arrays;

/**
 * Ridges of a strip of an image from the Hessian of its Gaussian-smoothed rates (σ = 3 px, central differences).
 *
 * <p>At a bright ridge the lower eigenvalue λ₋ is very negative and the other is small; the eigenvector of the other
 * gives the direction, and the gradient along the normal gives the distance to the crest.
 *
 * @see "C. Steger, An unbiased detector of curvilinear structures, IEEE Trans. PAMI 20 (1998) 113"
 */
final class RidgeMap {
    private static final double SIGMA_PX = 3;
    /** Pixels at the edge of the image that smoothing and differences spoil. */
    static final int MARGIN_PX = 12;

    private final PixelWindow window;
    private final float[] smooth;

    private RidgeMap(PixelWindow window, float[] smooth) {
        this.window = window;
        this.smooth = smooth;
    }

    static RidgeMap of(CcdImage image, PixelWindow window) {
        float[] rate = new float[window.width() * window.height()];
        int i = 0;
        for (int y = window.y0(); y < window.y1(); y++) {
            // spectra run along rows: what came before is the best stand-in for a bad pixel, else what comes next
            float last = Float.NaN;
            int rowStart = i;
            for (int x = window.x0(); x < window.x1(); x++) {
                float value = (float) image.rate(x, y);
                if ((image.mask(x, y) & ~CcdImage.SATURATED) == 0 && Float.isFinite(value)) {
                    if (Float.isNaN(last)) {
                        Arrays.fill(rate, rowStart, i, value);
                    }
                    last = value;
                }
                rate[i++] = last;
            }
        }
        fillEmptyRows(rate, window.width(), window.height());
        int w = window.width();
        int h = window.height();
        return new RidgeMap(window, smoothed(rate, w, h, kernel()));
    }

    /** A row without data becomes like the nearest one with data before it, or after it: its edge must be no ridge. */
    private static void fillEmptyRows(float[] rate, int w, int h) {
        int last = -1;
        for (int y = 0; y < h; y++) {
            if (!Float.isNaN(rate[y * w])) {
                for (int before = last < 0 ? y - 1 : -1; before >= 0; before--) {
                    System.arraycopy(rate, y * w, rate, before * w, w);
                }
                last = y;
            } else if (last >= 0) {
                System.arraycopy(rate, last * w, rate, y * w, w);
            }
        }
        if (last < 0) {
            Arrays.fill(rate, 0);
        }
    }

    private static float[] kernel() {
        int radius = (int) Math.ceil(4 * SIGMA_PX);
        float[] half = new float[radius + 1];
        double sum = 0;
        for (int k = 0; k <= radius; k++) {
            double g = Math.exp(-0.5 * k * k / (SIGMA_PX * SIGMA_PX));
            half[k] = (float) g;
            sum += k == 0 ? g : 2 * g;
        }
        for (int k = 0; k <= radius; k++) {
            half[k] /= (float) sum;
        }
        return half;
    }

    /** Smoothed along columns and rows. Rows are arrays of their own: the form of which the JVM makes vector instructions. */
    private static float[] smoothed(float[] in, int w, int h, float[] half) {
        float[][] rows = new float[h][];
        for (int y = 0; y < h; y++) {
            rows[y] = Arrays.copyOfRange(in, y * w, (y + 1) * w);
        }
        int radius = half.length - 1;
        float[] out = new float[in.length];
        float[] column = new float[w];
        float[] padded = new float[w + 2 * radius];
        float[] right = new float[w];
        float[] left = new float[w];
        float[] row = new float[w];
        for (int y = 0; y < h; y++) {
            Arrays.fill(column, 0);
            for (int k = 0; k <= radius; k++) {
                addBoth(column, share(half, k), rows[Math.min(h - 1, y + k)], rows[Math.max(0, y - k)]);
            }
            System.arraycopy(column, 0, padded, radius, w);
            Arrays.fill(padded, 0, radius, column[0]);
            Arrays.fill(padded, radius + w, w + 2 * radius, column[w - 1]);
            Arrays.fill(row, 0);
            for (int k = 0; k <= radius; k++) {
                System.arraycopy(padded, radius + k, right, 0, w);
                System.arraycopy(padded, radius - k, left, 0, w);
                addBoth(row, share(half, k), right, left);
            }
            System.arraycopy(row, 0, out, y * w, w);
        }
        return out;
    }

    /** The middle stands on both sides. */
    private static float share(float[] half, int k) {
        return k == 0 ? 0.5f * half[0] : half[k];
    }

    private static void addBoth(float[] out, float factor, float[] a, float[] b) {
        for (int x = 0; x < out.length; x++) {
            out[x] += factor * (a[x] + b[x]);
        }
    }

    /** The pixels where the Hessian is free from the edges. */
    PixelWindow covered() {
        return new PixelWindow(
                window.x0() + MARGIN_PX, window.y0() + MARGIN_PX, window.x1() - MARGIN_PX, window.y1() - MARGIN_PX);
    }

    /**
     * Lower eigenvalues of the Hessian at covered pixels, ADU/s/px², by row and column of the window; 0 elsewhere. Computed
     * row by row: pixels of one column can share a few lines of the processor's cache, and push each other out.
     */
    float[][] lowerEigenvalues() {
        int w = window.width();
        float[][] out = new float[window.height()][w];
        for (int y = MARGIN_PX; y < window.height() - MARGIN_PX; y++) {
            float[] row = out[y];
            for (int x = MARGIN_PX; x < w - MARGIN_PX; x++) {
                int i = y * w + x;
                double xx = xx(i);
                double yy = yy(i);
                double difference = xx - yy;
                double mixed = 2 * xy(i);
                row[x] = (float) (0.5 * (xx + yy - Math.sqrt(difference * difference + mixed * mixed)));
            }
        }
        return out;
    }

    /** The crest near a covered pixel. Curvatures of rates are far from over- and underflow, which hypot would guard against. */
    Crest crest(int x, int y) {
        int i = index(x, y);
        double xx = xx(i);
        double yy = yy(i);
        double xy = xy(i);
        double root = Math.sqrt((xx - yy) * (xx - yy) + 4 * xy * xy);
        double angle = 0.5 * Math.atan2(2 * xy, xx - yy);
        double nx = -Math.sin(angle);
        double ny = Math.cos(angle);
        double gradient = 0.5
                * (nx * (smooth[i + 1] - smooth[i - 1])
                        + ny * (smooth[i + window.width()] - smooth[i - window.width()]));
        double lower = 0.5 * (xx + yy - root);
        double offset = -gradient / lower;
        return new Crest(x + offset * nx, y + offset * ny, angle, offset, lower, 0.5 * (xx + yy + root));
    }

    private int index(int x, int y) {
        return (y - window.y0()) * window.width() + x - window.x0();
    }

    /** Second derivative along x by twice the central difference, as Spectractor does. */
    private double xx(int i) {
        return 0.25 * (smooth[i + 2] - 2 * smooth[i] + smooth[i - 2]);
    }

    private double yy(int i) {
        int w = 2 * window.width();
        return 0.25 * (smooth[i + w] - 2 * smooth[i] + smooth[i - w]);
    }

    private double xy(int i) {
        int w = window.width();
        return 0.25 * (smooth[i + w + 1] - smooth[i + w - 1] - smooth[i - w + 1] + smooth[i - w - 1]);
    }

    /**
     * A point on a ridge.
     *
     * @param x column, px
     * @param y row, px
     * @param angleRad direction of the ridge, in (-π/2, π/2]
     * @param offsetPx distance of the crest from the pixel's centre, px
     * @param lower eigenvalue across the ridge, negative
     * @param upper eigenvalue along it
     */
    record Crest(double x, double y, double angleRad, double offsetPx, double lower, double upper) {}
}
