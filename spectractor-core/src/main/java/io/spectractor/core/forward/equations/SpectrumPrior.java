package io.spectractor.core.forward.equations;

import io.spectractor.core.fit.EnvelopeMatrix;

/**
 * What is believed of the amplitudes before the pixels are seen: (a - e) / f has second differences that are independent
 * Gaussians, (a - e)^T F^-1 L^T U^2 L F^-1 (a - e) with F = diag(f) and L the second differences of inner columns. A ratio
 * that is linear over the spectrum costs nothing. Immutable.
 *
 * @param expected e, ADU/s per column
 * @param inverseScale 1 / f, positive
 * @param precision U^2 of inner columns, two numbers less than columns
 */
public record SpectrumPrior(double[] expected, double[] inverseScale, double[] precision) {
    /** Columns no further apart than this have an entry in Q. */
    public static final int REACH = 2;

    /** The same belief, so many times as firm. */
    public SpectrumPrior times(double factor) {
        double[] other = precision.clone();
        for (int i = 0; i < other.length; i++) {
            other[i] *= factor;
        }
        return new SpectrumPrior(expected, inverseScale, other);
    }

    /** Adds Q = F^-1 L^T U^2 L F^-1 to a symmetric matrix. */
    public void addTo(double[] matrix) {
        int n = expected.length;
        for (int i = 0; i < precision.length; i++) {
            for (int j = 0; j < 3; j++) {
                for (int k = 0; k < 3; k++) {
                    matrix[(i + j) * n + i + k] += precision[i] * entry(i, j) * entry(i, k);
                }
            }
        }
    }

    /** The same, to a matrix that stores entries of neighbours up to two columns apart. */
    public void addTo(EnvelopeMatrix matrix) {
        for (int i = 0; i < precision.length; i++) {
            for (int j = 0; j < 3; j++) {
                for (int k = j; k < 3; k++) {
                    matrix.add(i + j, i + k, precision[i] * entry(i, j) * entry(i, k));
                }
            }
        }
    }

    /** Entry j = 0 ... 2 of row i of L F^-1. */
    private double entry(int i, int j) {
        return (j == 1 ? -2 : 1) * inverseScale[i + j];
    }

    /** Q v. */
    public double[] apply(double[] v) {
        double[] out = new double[v.length];
        for (int i = 0; i < precision.length; i++) {
            double u = precision[i] * (entry(i, 0) * v[i] + entry(i, 1) * v[i + 1] + entry(i, 2) * v[i + 2]);
            for (int j = 0; j < 3; j++) {
                out[i + j] += entry(i, j) * u;
            }
        }
        return out;
    }

    /** (a - e)^T Q (a - e). */
    public double penalty(double[] a) {
        double[] d = deviation(a);
        return dot(d, apply(d));
    }

    /** a - e. */
    public double[] deviation(double[] a) {
        double[] d = new double[a.length];
        for (int i = 0; i < d.length; i++) {
            d[i] = a[i] - expected[i];
        }
        return d;
    }

    /** Tr(C Q) for a symmetric matrix C. */
    public double traceWith(double[] c) {
        int n = expected.length;
        double sum = 0;
        for (int i = 0; i < precision.length; i++) {
            double u = 0;
            for (int j = 0; j < 3; j++) {
                for (int k = 0; k < 3; k++) {
                    u += c[(i + j) * n + i + k] * entry(i, j) * entry(i, k);
                }
            }
            sum += precision[i] * u;
        }
        return sum;
    }

    /** Logarithm of the product of Q's eigenvalues other than 0, up to what doesn't depend on the precision. */
    double logDeterminant() {
        double sum = 0;
        for (double p : precision) {
            sum += Math.log(p);
        }
        return sum;
    }

    public static double dot(double[] u, double[] v) {
        double sum = 0;
        for (int i = 0; i < u.length; i++) {
            sum += u[i] * v[i];
        }
        return sum;
    }
}
