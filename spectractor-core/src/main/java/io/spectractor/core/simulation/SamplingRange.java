package io.spectractor.core.simulation;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The range over which a quantity is spread in a series of frames.
 *
 * @param low one end
 * @param high the other end, not below; equal for a quantity that is fixed
 * @param logarithmic whether equal factors are equally likely, not equal differences
 */
public record SamplingRange(double low, double high, boolean logarithmic) {
    private static final MathContext WRITTEN = new MathContext(6, RoundingMode.HALF_EVEN);

    public SamplingRange {
        if (!Double.isFinite(low) || !Double.isFinite(high) || low > high) {
            throw new IllegalArgumentException("simulation: " + low + ":" + high
                    + " is not a range; write the lower end, a colon and the upper end");
        }
        if (logarithmic && low <= 0 && low < high) {
            throw new IllegalArgumentException(
                    "simulation: the range " + low + ":" + high + " is spread by equal factors and must begin above 0");
        }
    }

    /** The same range by equal factors. */
    public SamplingRange byFactors() {
        return new SamplingRange(low, high, true);
    }

    /** Whether it is one value. */
    public boolean fixed() {
        return low == high;
    }

    /**
     * One value per frame of a series: the range is cut into as many equal parts as there are frames, each part is drawn
     * from once, in random order (a Latin hypercube when several quantities are drawn so). Values have six digits.
     *
     * @param count number of frames
     * @param seed of the series
     * @param quantity its name: each has a sequence of its own, so that one more range changes no other
     */
    public double[] spread(int count, long seed, String quantity) {
        double[] values = new double[count];
        RandomSource random = new RandomSource(seed, quantity.hashCode());
        for (int i = 0; i < count; i++) {
            // inside-out shuffle
            int j = random.below(i + 1);
            values[i] = values[j];
            values[j] = i;
        }
        for (int i = 0; i < count; i++) {
            values[i] = at((values[i] + random.uniform()) / count);
        }
        return values;
    }

    private double at(double fraction) {
        if (fixed()) {
            return low;
        }
        double value = logarithmic ? low * StrictMath.pow(high / low, fraction) : low + fraction * (high - low);
        return Math.max(low, Math.min(high, new BigDecimal(value).round(WRITTEN).doubleValue()));
    }
}
