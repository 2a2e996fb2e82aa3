package io.spectractor.core.calibration;

import io.spectractor.core.extraction.ColumnSpectrum;
import io.spectractor.core.extraction.TraceGeometry;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * A higher order under the first, mostly the second. Its light at a column comes from half the wavelength, whose first order is measured
 * further left, so it is predicted from the spectrum itself and the disperser's ratio of the orders.
 *
 * <p>Rate per column of order 2: r(λ₂) (dR₁/dλ)(λ₂) |dλ₂/dx|, where λ₂ is the wavelength that falls there in order 2.
 */
public final class OrderOverlap {
    /** Order 2 of order 2's own contamination: two passes leave less than 1e-4. */
    private static final int PASSES = 3;

    /** Fainter columns, in the brightest, have no detail worth mentioning. */
    private static final double DETAIL_FLOOR = 3e-3;

    private static final double MOST_DETAIL = 2;

    private final int order;
    private final DoubleUnaryOperator ratio;

    /**
     * @param order the higher order, 2 or more
     * @param ratio it over the first order, against wavelength in nm
     */
    public OrderOverlap(int order, DoubleUnaryOperator ratio) {
        this.order = order;
        this.ratio = ratio;
    }

    /** No second order. */
    public static OrderOverlap none() {
        return new OrderOverlap(2, lambda -> 0);
    }

    /** Which order. */
    public int order() {
        return order;
    }

    /** Light of a wavelength over that in the first order. */
    public double ratio(double lambdaNm) {
        return ratio.applyAsDouble(lambdaNm);
    }

    /** Rate of the first order alone, ADU/s per column. */
    public double[] firstOrder(ColumnSpectrum spectrum, TraceGeometry geometry) {
        double[] second = secondOrder(spectrum, geometry).rate();
        double[] first = spectrum.rate().clone();
        for (int i = 0; i < first.length; i++) {
            first[i] -= second[i];
        }
        return first;
    }

    /**
     * The second order.
     *
     * @param lambdaNm its wavelength per column, nm; NaN where it has none
     * @param rate ADU/s per column, 0 where its wavelength is not in the first-order spectrum
     * @param source column (fractional, from the first) whose first order it is made of; NaN where none
     * @param gain its rate over the first-order rate at {@code source}
     * @param shrink wavelengths that a column covers over those that {@code source} covers
     */
    public record Overlap(double[] lambdaNm, double[] rate, double[] source, double[] gain, double[] shrink) {
        /** With gains that are greater by factors, one per column. */
        public Overlap times(double[] factors) {
            double[] product = gain.clone();
            for (int j = 0; j < product.length; j++) {
                product[j] *= factors[j];
            }
            return new Overlap(lambdaNm, rate, source, product, shrink);
        }
    }

    /** The second order in the columns of a spectrum. */
    public Overlap secondOrder(ColumnSpectrum spectrum, TraceGeometry geometry) {
        int n = spectrum.size();
        Overlap overlap = predict(geometry, spectrum.firstColumn(), n, 0, 0);
        double[] source = overlap.source();
        double[] gain = overlap.gain();
        double[] rate = new double[n];
        for (int pass = 0; pass < PASSES; pass++) {
            double[] next = new double[n];
            for (int i = 0; i < n; i++) {
                if (!Double.isNaN(source[i])) {
                    int j = Math.min((int) source[i], n - 2);
                    double t = source[i] - j;
                    double first =
                            (1 - t) * (spectrum.rate()[j] - rate[j]) + t * (spectrum.rate()[j + 1] - rate[j + 1]);
                    next[i] = gain[i] * first;
                }
            }
            rate = next;
        }
        return new Overlap(overlap.lambdaNm(), rate, source, gain, overlap.shrink());
    }

    /**
     * What geometry and ratio predict, whatever the spectrum; rates are 0.
     *
     * @param firstColumn first column of the first order, px
     * @param n number of its columns
     * @param pad columns beyond both ends that are wanted too
     * @param beyond so many columns before the first of the spectrum have light too, as much as that one: the caller
     *     has to multiply it by what is there
     */
    public Overlap predict(TraceGeometry geometry, int firstColumn, int n, int pad, int beyond) {
        int count = n + 2 * pad;
        double[] lambda1 = geometry.wavelengths(firstColumn, 1, n, 1);
        double[] higher = geometry.wavelengths(firstColumn - pad, 1, count, order);
        double[] source = new double[count];
        double[] gain = new double[count];
        double[] shrink = new double[count];
        double lowest = lambda1[0] - beyond * width(lambda1, 0);
        int k = 0;
        for (int i = 0; i < count; i++) {
            source[i] = Double.NaN;
            if (Double.isNaN(higher[i]) || higher[i] < lowest || higher[i] > lambda1[n - 1]) {
                continue;
            }
            while (k < n - 2 && lambda1[k + 1] < higher[i]) {
                k++;
            }
            double t = Math.max(0, (higher[i] - lambda1[k]) / (lambda1[k + 1] - lambda1[k]));
            source[i] = k + t;
            double width1 = (1 - t) * width(lambda1, k) + t * width(lambda1, k + 1);
            shrink[i] = width(higher, i) / width1;
            gain[i] = Math.max(0, ratio.applyAsDouble(higher[i])) * shrink[i];
        }
        return new Overlap(higher, new double[count], source, gain, shrink);
    }

    /** Wavelengths that a column covers, nm. */
    private static double width(double[] lambda, int i) {
        int a = Math.max(0, i - 1);
        int b = Math.min(lambda.length - 1, i + 1);
        a = Double.isNaN(lambda[a]) ? i : a;
        b = Double.isNaN(lambda[b]) ? i : b;
        return (lambda[b] - lambda[a]) / (b - a);
    }

    /**
     * What first-order columns are too coarse for: the columns of a higher order cover half the wavelengths or less, and
     * see lines that a linear interpolation between two columns of the first order smears. For each column of the overlap
     * the light that a known spectrum has there over what that interpolation makes of it; 1 where there is hardly any. For
     * wavelengths before the first column it is the light there over that in the first column.
     *
     * @param first the known spectrum in the columns of the first order
     * @param higher the same in those of the higher one as if its ratio were 1, with columns beyond both ends
     */
    public static double[] detail(Overlap overlap, double[] first, double[] higher) {
        double floor = DETAIL_FLOOR * Arrays.stream(first).max().orElse(0);
        double[] detail = new double[higher.length];
        for (int j = 0; j < detail.length; j++) {
            double position = overlap.source()[j];
            detail[j] = 1;
            if (!Double.isNaN(position) && overlap.shrink()[j] > 0) {
                int i = (int) Math.min(position, first.length - 2.0);
                double t = position - i;
                double smeared = (1 - t) * first[i] + t * first[i + 1];
                // before the first column there may be nothing
                double least = position > 0 ? 1 / MOST_DETAIL : 0;
                if (Math.min(first[i], first[i + 1]) > floor) {
                    double ratio = higher[j] / (smeared * overlap.shrink()[j]);
                    detail[j] = Math.min(MOST_DETAIL, Math.max(least, ratio));
                } else if (position == 0) {
                    detail[j] = 0;
                }
            }
        }
        return detail;
    }

    /** Covariance of the first order: the same linear map applied to both sides of the spectrum's covariance. */
    public double[] firstOrderCovariance(ColumnSpectrum spectrum, Overlap overlap) {
        int n = spectrum.size();
        double[] c = spectrum.covariance().clone();
        subtractRows(c, n, overlap);
        transpose(c, n);
        subtractRows(c, n, overlap);
        return c;
    }

    /** Rows i -= gain_i × row(source_i), from the left so that sources are already first order. */
    private static void subtractRows(double[] c, int n, Overlap overlap) {
        for (int i = 0; i < n; i++) {
            double position = overlap.source()[i];
            if (Double.isNaN(position) || overlap.gain()[i] == 0) {
                continue;
            }
            int j = Math.min((int) position, n - 2);
            double t = position - j;
            double g0 = (1 - t) * overlap.gain()[i];
            double g1 = t * overlap.gain()[i];
            for (int k = 0; k < n; k++) {
                c[i * n + k] -= g0 * c[j * n + k] + g1 * c[(j + 1) * n + k];
            }
        }
    }

    private static void transpose(double[] c, int n) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double t = c[i * n + j];
                c[i * n + j] = c[j * n + i];
                c[j * n + i] = t;
            }
        }
    }
}
