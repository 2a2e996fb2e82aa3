package io.spectractor.core.target;

import io.spectractor.core.observation.CcdImage;
import io.spectractor.core.observation.PixelPosition;
import java.util.Arrays;

/**
 * The good pixels of a window with the sky subtracted, and what is needed to weight them. Saturated pixels, and those
 * within 2% of the saturation level, are left out: noise is added after the clipping of an amplifier.
 */
final class StarPixels {
    private static final double NEARLY_SATURATED = 0.98;

    final double[] x;
    final double[] y;
    final double[] rate;
    private final double[] sky;
    private final double electronsPerRate;
    private final double readNoiseVariance;

    private StarPixels(
            double[] x, double[] y, double[] rate, double[] sky, double electronsPerRate, double readNoiseVariance) {
        this.x = x;
        this.y = y;
        this.rate = rate;
        this.sky = sky;
        this.electronsPerRate = electronsPerRate;
        this.readNoiseVariance = readNoiseVariance;
    }

    static StarPixels of(CcdImage image, PixelWindow window, SkyPlane plane) {
        int n = window.isEmpty() ? 0 : window.width() * window.height();
        double[] x = new double[n];
        double[] y = new double[n];
        double[] rate = new double[n];
        double[] sky = new double[n];
        int k = 0;
        for (int row = window.y0(); row < window.y1(); row++) {
            for (int column = window.x0(); column < window.x1(); column++) {
                double value = image.rate(column, row);
                if (image.isGood(column, row) && value < NEARLY_SATURATED * image.saturationRate()) {
                    x[k] = column;
                    y[k] = row;
                    sky[k] = plane.at(column, row);
                    rate[k] = value - sky[k];
                    k++;
                }
            }
        }
        return new StarPixels(
                Arrays.copyOf(x, k),
                Arrays.copyOf(y, k),
                Arrays.copyOf(rate, k),
                Arrays.copyOf(sky, k),
                image.electronsPerRate(),
                image.readNoiseVariance());
    }

    int size() {
        return rate.length;
    }

    /** The pixels within a distance. */
    StarPixels within(PixelPosition centre, double radius) {
        return within(centre, radius, centre, 0);
    }

    /** The pixels within a distance of one place, or another distance of another. */
    StarPixels within(PixelPosition centre, double radius, PixelPosition other, double otherRadius) {
        int[] kept = new int[size()];
        int k = 0;
        for (int i = 0; i < size(); i++) {
            if (Math.hypot(x[i] - centre.x(), y[i] - centre.y()) <= radius
                    || Math.hypot(x[i] - other.x(), y[i] - other.y()) <= otherRadius) {
                kept[k++] = i;
            }
        }
        int[] at = Arrays.copyOf(kept, k);
        return new StarPixels(
                pick(x, at), pick(y, at), pick(rate, at), pick(sky, at), electronsPerRate, readNoiseVariance);
    }

    /** The brightest pixel, ADU/s above the sky; 0 without pixels. */
    double brightest() {
        return Arrays.stream(rate).max().orElse(0);
    }

    /** Light of the stars at each pixel, ADU/s. */
    double[] light(double[] moffatStars) {
        double[] light = new double[size()];
        for (int i = 0; i < light.length; i++) {
            light[i] = MoffatStars.light(moffatStars, x[i], y[i]);
        }
        return light;
    }

    /** Poisson and read-out variance of a pixel that receives this light above the sky, (ADU/s)². */
    double variance(int i, double light) {
        return Math.max(0, light + sky[i]) / electronsPerRate + readNoiseVariance;
    }

    private static double[] pick(double[] values, int[] at) {
        double[] out = new double[at.length];
        for (int i = 0; i < at.length; i++) {
            out[i] = values[at[i]];
        }
        return out;
    }
}
