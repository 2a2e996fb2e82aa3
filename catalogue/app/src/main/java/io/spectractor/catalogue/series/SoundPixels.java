package io.spectractor.catalogue.series;

import org.jspecify.annotations.Nullable;

/** Where on ZTF's detector the points of a series are, and what flags they have; null where the series does not say. */
record SoundPixels(double @Nullable [] flags, double @Nullable [] x, double @Nullable [] y) {
    private static final double EDGE = 20;
    private static final double COLUMNS = 3072;
    private static final double ROWS = 3080;
    /** Ranges of bad columns of ZTF's detectors. */
    private static final double[][] BAD_COLUMNS = {
        {24, 31},
        {95, 106},
        {328, 333},
        {1169, 1177},
        {1249, 1257},
        {1339, 1349},
        {2076, 2100},
        {2521, 2537},
        {2676, 2682},
        {2888, 2895}
    };

    static SoundPixels of(LightCurve curve) {
        return new SoundPixels(curve.field("catflags"), curve.field("xpos"), curve.field("ypos"));
    }

    /** Whether a point has no flag and is neither at the edge nor in a bad column. */
    boolean at(int i) {
        return (flags == null || flags[i] == 0) && (y == null || within(y[i], ROWS)) && (x == null || sound(x[i]));
    }

    private static boolean within(double pixel, double size) {
        return pixel > EDGE && pixel < size - EDGE;
    }

    private static boolean sound(double column) {
        if (!within(column, COLUMNS)) {
            return false;
        }
        for (double[] range : BAD_COLUMNS) {
            if (column >= range[0] && column <= range[1]) {
                return false;
            }
        }
        return true;
    }
}
