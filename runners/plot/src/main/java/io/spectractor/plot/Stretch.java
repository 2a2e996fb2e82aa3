package io.spectractor.plot;

import io.spectractor.core.fit.RobustStatistics;
import io.spectractor.core.product.PixelMap;
import java.util.Arrays;

/** Maps pixel values to [0, 1]. Immutable. */
final class Stretch {
    private final double centre;
    private final double soft;
    private final double low;
    private final double high;

    private Stretch(double centre, double soft, double low, double high) {
        this.centre = centre;
        this.soft = soft;
        this.low = low;
        this.high = high;
    }

    /** asinh about the median: linear in the noise, logarithmic far above it; ends at the 0.5% and 99.8% quantiles. */
    static Stretch asinh(PixelMap map) {
        double[] finite = finite(map);
        if (finite.length == 0) {
            return new Stretch(0, 1, -1, 1);
        }
        double centre = RobustStatistics.median(finite);
        double low = RobustStatistics.quantile(finite, 0.005);
        double high = RobustStatistics.quantile(finite, 0.998);
        double sigma = RobustStatistics.madSigma(finite);
        double soft = sigma > 0 ? 2 * sigma : Math.max(1e-30, 0.1 * (high - low));
        if (!(high > low)) {
            return new Stretch(centre, 1, -1, 1);
        }
        double bottom = Math.max(low, centre - 4 * soft);
        return new Stretch(centre, soft, asinh((bottom - centre) / soft), asinh((high - centre) / soft));
    }

    /** Linear from -limit to limit. */
    static Stretch symmetric(double limit) {
        return new Stretch(0, Double.POSITIVE_INFINITY, -limit, limit);
    }

    double at(double value) {
        double scaled = Double.isInfinite(soft) ? value : asinh((value - centre) / soft);
        return (scaled - low) / (high - low);
    }

    /** The value shown at a fraction: the inverse of {@link #at}. */
    double valueAt(double fraction) {
        double scaled = low + fraction * (high - low);
        return Double.isInfinite(soft) ? scaled : centre + soft * Math.sinh(scaled);
    }

    private static double asinh(double t) {
        return Math.signum(t) * Math.log(Math.abs(t) + Math.sqrt(t * t + 1));
    }

    private static double[] finite(PixelMap map) {
        double[] out = new double[map.values().length];
        int n = 0;
        for (float v : map.values()) {
            if (Float.isFinite(v)) {
                out[n++] = v;
            }
        }
        return Arrays.copyOf(out, n);
    }
}
