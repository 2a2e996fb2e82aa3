package io.spectractor.core.simulation;

import io.spectractor.core.observation.FlatField;
import java.util.function.DoubleBinaryOperator;

/** Count rates under construction, row-major, ADU/s at the reference gain. */
final class RateImage {
    private final int width;
    private final int height;
    private final double[] rate;

    RateImage(int width, int height) {
        this.width = width;
        this.height = height;
        rate = new double[Math.multiplyExact(width, height)];
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** The pixels themselves, not a copy. */
    double[] rate() {
        return rate;
    }

    /** Whether light centred there can reach the chip. */
    boolean reaches(double xc, double yc, double radiusPx) {
        return xc > -radiusPx && yc > -radiusPx && xc < width + radiusPx && yc < height + radiusPx;
    }

    /**
     * Adds the core of a point source.
     *
     * @param xc column, px
     * @param yc row, px
     * @param total rate of the whole source, ADU/s
     */
    void addCore(RadialProfile profile, double xc, double yc, double total) {
        add(profile.coreRadiusPx(), xc, yc, total, profile::corePixel);
    }

    /** Adds the wings of a point source, as {@link #addCore} its core. */
    void addWings(RadialProfile profile, double xc, double yc, double total) {
        if (profile.hasWings()) {
            add(profile.radiusPx(), xc, yc, total, profile::wingPixel);
        }
    }

    private void add(double radius, double xc, double yc, double total, DoubleBinaryOperator share) {
        int yLow = Math.max(0, (int) Math.ceil(yc - radius));
        int yHigh = Math.min(height - 1, (int) Math.floor(yc + radius));
        for (int y = yLow; y <= yHigh; y++) {
            double dy = y - yc;
            double reach = Math.sqrt(Math.max(0, radius * radius - dy * dy));
            int xLow = Math.max(0, (int) Math.ceil(xc - reach));
            int xHigh = Math.min(width - 1, (int) Math.floor(xc + reach));
            int row = y * width;
            for (int x = xLow; x <= xHigh; x++) {
                rate[row + x] += total * share.applyAsDouble(x - xc, dy);
            }
        }
    }

    /**
     * Adds light to one column.
     *
     * @param yc row in whose middle the profile lies, px
     * @param reachPx how far from there
     * @param total rate of the whole column, ADU/s
     */
    void addColumn(LineProfile profile, int x, double yc, double reachPx, double total) {
        int yHigh = Math.min(height - 1, (int) Math.floor(yc + reachPx));
        for (int y = Math.max(0, (int) Math.ceil(yc - reachPx)); y <= yHigh; y++) {
            rate[y * width + x] += total * profile.at(y - yc);
        }
    }

    /** Lets every pixel count as much as a flat says. */
    void multiply(FlatField flat) {
        if (flat.width() != width || flat.height() != height) {
            throw new IllegalArgumentException("simulation: the flat has " + flat.width() + " x " + flat.height()
                    + " pixels, the chip " + width + " x " + height);
        }
        for (int i = 0; i < rate.length; i++) {
            float response = flat.at(i);
            rate[i] *= response > 0 && response <= Float.MAX_VALUE ? response : 0;
        }
    }

    /** Adds the sky. */
    void add(SimulatedSky sky) {
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                rate[y * width + x] += sky.at(x, y, width, height);
            }
        }
    }
}
