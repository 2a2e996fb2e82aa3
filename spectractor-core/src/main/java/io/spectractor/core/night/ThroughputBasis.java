package io.spectractor.core.night;

/**
 * What the factor between the true and the tabulated throughput is made of: 1 + sum of coefficients times functions, each
 * of which is zero but for a short range. Immutable.
 */
public final class ThroughputBasis {
    /** Kinds of factors. */
    public enum Kind {
        /** Cubic B-splines. */
        SMOOTH,
        /** A number per bin. */
        BINS,
        /** None: the table is exact. */
        FIXED
    }

    private final Kind kind;
    private final double minNm;
    private final double stepNm;
    private final int size;
    private final int fixedIntervals;

    private ThroughputBasis(Kind kind, double minNm, double stepNm, int size) {
        this.kind = kind;
        this.minNm = minNm;
        this.stepNm = stepNm;
        this.size = kind == Kind.FIXED ? 0 : size;
        this.fixedIntervals = size;
    }

    /** A basis over a range of wavelengths, nm, with knots or bins about every so many nm. */
    public static ThroughputBasis of(Kind kind, double minNm, double maxNm, double stepNm) {
        if (!(minNm < maxNm) || !(stepNm > 0)) {
            throw new IllegalArgumentException("no room for a throughput between " + minNm + " and " + maxNm + " nm");
        }
        int intervals = Math.max(1, (int) Math.round((maxNm - minNm) / stepNm));
        double step = (maxNm - minNm) / intervals;
        return switch (kind) {
            case SMOOTH -> new ThroughputBasis(kind, minNm, step, intervals + 3);
            case BINS -> new ThroughputBasis(kind, minNm, step, intervals);
            case FIXED -> new ThroughputBasis(kind, minNm, step, intervals);
        };
    }

    /** Another basis over the same range. */
    ThroughputBasis coarser(Kind other, double nm) {
        int intervals = kind == Kind.SMOOTH ? size - 3 : size;
        double max = kind == Kind.FIXED ? minNm + stepNm * fixedIntervals : minNm + stepNm * intervals;
        return of(other, minNm, max, nm);
    }

    /** What it is made of. */
    public Kind kind() {
        return kind;
    }

    /** Number of functions. */
    public int size() {
        return size;
    }

    /** How many functions are not zero at a wavelength. */
    public int span() {
        return kind == Kind.SMOOTH ? 4 : kind == Kind.BINS ? 1 : 0;
    }

    /**
     * The functions at a wavelength; outside the range those at its edge.
     *
     * @param out gets the {@link #span()} values
     * @return number of the first function
     */
    public int values(double lambdaNm, double[] out) {
        if (kind == Kind.FIXED) {
            return 0;
        }
        int intervals = kind == Kind.SMOOTH ? size - 3 : size;
        double x = Math.min(Math.max((lambdaNm - minNm) / stepNm, 0), intervals);
        int i = Math.min((int) x, intervals - 1);
        if (kind == Kind.BINS) {
            out[0] = 1;
            return i;
        }
        double t = x - i;
        double u = 1 - t;
        out[0] = u * u * u / 6;
        out[1] = (3 * t * t * t - 6 * t * t + 4) / 6;
        out[2] = (3 * u * u * u - 6 * u * u + 4) / 6;
        out[3] = t * t * t / 6;
        return i;
    }

    /** The factor at a wavelength. */
    public double factor(double[] coefficients, int offset, double lambdaNm) {
        double[] w = new double[4];
        int first = values(lambdaNm, w);
        double sum = 1;
        for (int k = 0; k < span(); k++) {
            sum += coefficients[offset + first + k] * w[k];
        }
        return sum;
    }
}
