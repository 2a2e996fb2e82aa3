package io.spectractor.core.forward.stamps;

import io.spectractor.core.fit.Legendre;
import io.spectractor.core.psf.ChromaticShape;
import java.util.Arrays;

/**
 * What the profile across the dispersion has beyond its family of point spread functions, per unit of light and px: cubic
 * B-splines of the distance from the trace times Legendre polynomials along the spectrum. It need not be even. Where it
 * adds light on the whole, the family's profile has that much less. Immutable.
 */
public final class ProfileCorrection {
    /** No correction. */
    public static final ProfileCorrection NONE = new ProfileCorrection(1, new double[0]);

    /** Knots for a FWHM of 3 px, px: fine where the profile is steep. */
    private static final double[] KNOTS = {
        -20, -14, -10, -7.5, -5.5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5.5, 7.5, 10, 14, 20
    };

    private static final double KNOTS_FWHM_PX = 3;
    private static final int ORDER = 4;
    private static final int DEGREE = 4;

    /** Functions across the dispersion. */
    static final int ACROSS = KNOTS.length - ORDER;
    /** Functions along the spectrum. */
    static final int ALONG = DEGREE + 1;

    private final double scale;
    private final double[] coefficients;

    /**
     * @param fwhmPx mean FWHM of the profile, which scales the splines; not below that of the knots
     * @param coefficients by function across and function along; none for no correction
     */
    public ProfileCorrection(double fwhmPx, double[] coefficients) {
        this.scale = Math.max(1, fwhmPx / KNOTS_FWHM_PX);
        this.coefficients = coefficients.clone();
    }

    /** Whether there is one. */
    public boolean present() {
        return coefficients.length > 0;
    }

    public double[] coefficients() {
        return present() ? coefficients.clone() : new double[ACROSS * ALONG];
    }

    /** Values of the functions along, at a column. */
    static double[] along(double column, int columns) {
        double[] out = new double[ALONG];
        Legendre.values(DEGREE, ChromaticShape.coordinate(column, columns), out);
        return out;
    }

    /**
     * The correction across the dispersion in one column.
     *
     * @return one factor per function across
     */
    public double[] at(double column, int columns) {
        double[] along = along(column, columns);
        double[] out = new double[ACROSS];
        for (int k = 0; present() && k < ACROSS; k++) {
            for (int j = 0; j < ALONG; j++) {
                out[k] += coefficients[k * ALONG + j] * along[j];
            }
        }
        return out;
    }

    /** Value at a distance from the trace, given the factors of a column. */
    public double value(double[] factors, double dy) {
        return sum(factors, splines(dy / scale, ORDER));
    }

    /** Derivative of the value by the distance. */
    double slope(double[] factors, double dy) {
        double[] lower = splines(dy / scale, ORDER - 1);
        double sum = 0;
        for (int k = 0; k < ACROSS; k++) {
            double rise = lower[k] / (KNOTS[k + ORDER - 1] - KNOTS[k]);
            double fall = lower[k + 1] / (KNOTS[k + ORDER] - KNOTS[k + 1]);
            sum += factors[k] * (ORDER - 1) * (rise - fall);
        }
        return sum / scale;
    }

    /** What it adds on the whole, given the factors of a column. */
    public double integral(double[] factors) {
        return scale * sum(factors, integrals());
    }

    /** Integral of each function over the distance in units of the knots. */
    static double[] integrals() {
        double[] out = new double[ACROSS];
        for (int k = 0; k < ACROSS; k++) {
            out[k] = (KNOTS[k + ORDER] - KNOTS[k]) / ORDER;
        }
        return out;
    }

    double scale() {
        return scale;
    }

    /** Values of the functions across. */
    double[] functions(double dy) {
        return Arrays.copyOf(splines(dy / scale, ORDER), ACROSS);
    }

    /** Largest distance that it covers, px. */
    double reachPx() {
        return scale * KNOTS[KNOTS.length - 1];
    }

    private static double sum(double[] factors, double[] values) {
        double sum = 0;
        for (int k = 0; k < factors.length; k++) {
            sum += factors[k] * values[k];
        }
        return sum;
    }

    /**
     * All B-splines of an order on the knots; those without a share at the place are 0.
     *
     * @see "C. de Boor, A Practical Guide to Splines, Springer 1978, chapter X"
     */
    private static double[] splines(double u, int order) {
        double[] b = new double[KNOTS.length - 1];
        int at = interval(u);
        if (at < 0) {
            return b;
        }
        b[at] = 1;
        for (int k = 2; k <= order; k++) {
            for (int i = Math.max(0, at - k + 1); i <= Math.min(at, KNOTS.length - 1 - k); i++) {
                double left = (u - KNOTS[i]) / (KNOTS[i + k - 1] - KNOTS[i]);
                double right = (KNOTS[i + k] - u) / (KNOTS[i + k] - KNOTS[i + 1]);
                b[i] = left * b[i] + right * b[i + 1];
            }
            b[KNOTS.length - k] = 0;
        }
        return b;
    }

    /** The interval between knots that a place lies in, -1 outside all. */
    private static int interval(double u) {
        int i = KNOTS.length - 1;
        while (i >= 0 && !(u >= KNOTS[i])) {
            i--;
        }
        return i == KNOTS.length - 1 ? -1 : i;
    }
}
