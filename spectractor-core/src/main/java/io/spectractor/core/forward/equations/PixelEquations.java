package io.spectractor.core.forward.equations;

import io.spectractor.core.fit.EnvelopeCholesky;

/**
 * The weighted equations of the pixels for the amplitudes, M^T W M a = M^T W d, by which widths of the prior are judged.
 * The arrays are not copied; nobody may change them.
 *
 * @param matrix M^T W M, symmetric, row after row
 * @param projected M^T W d
 * @param squares d^T W d
 * @param used pixels with a weight
 * @param order order of elimination
 */
public record PixelEquations(double[] matrix, double[] projected, double squares, int used, int[] order) {

    /**
     * -2 ln of the marginal likelihood, up to constants: e^T Q e - b^T A^-1 b + ln |A| - ln |Q| with A = M^T W M + Q and
     * b = M^T W d + Q e.
     *
     * @see "D. MacKay, Bayesian interpolation, Neural Computation 4, 415 (1992)"
     */
    double likelihood(SpectrumPrior prior, Work work) {
        EnvelopeCholesky factor = factor(prior, work);
        double[] pull = prior.apply(prior.expected());
        double[] b = sum(pull);
        return SpectrumPrior.dot(prior.expected(), pull)
                - SpectrumPrior.dot(b, factor.solve(b))
                + factor.logDeterminant()
                - prior.logDeterminant();
    }

    /**
     * Generalised cross validation, as 2 N ln of the root of its function: N ln(χ² / (N - Tr R)²), where N is the number of
     * pixels with a weight and Tr R = n - Tr(A^-1 Q) how many amplitudes they determine. How well a pixel would be foretold
     * by the others.
     *
     * @see "G. Golub, M. Heath, G. Wahba, Technometrics 21, 215 (1979)"
     */
    double crossValidation(SpectrumPrior prior, Work work) {
        EnvelopeCholesky factor = factor(prior, work);
        double[] a = factor.solve(sum(prior.apply(prior.expected())));
        int n = a.length;
        double quadratic = 0;
        for (int i = 0; i < n; i++) {
            double row = 0;
            for (int j = 0; j < n; j++) {
                row += matrix[i * n + j] * a[j];
            }
            quadratic += a[i] * row;
        }
        double chi2 = squares - 2 * SpectrumPrior.dot(projected, a) + quadratic;
        double determined = n - prior.traceWith(factor.inverse());
        return used * (Math.log(chi2) - 2 * Math.log(used - determined));
    }

    private EnvelopeCholesky factor(SpectrumPrior prior, Work work) {
        System.arraycopy(matrix, 0, work.matrix, 0, matrix.length);
        prior.addTo(work.matrix);
        return EnvelopeCholesky.factor(work.matrix, order, work.factor);
    }

    /** Arrays that one search needs again and again. */
    static final class Work {
        private final double[] matrix;
        private final double[][] factor;

        /** @param n number of amplitudes */
        Work(int n) {
            this.matrix = new double[n * n];
            this.factor = new double[n][n];
        }
    }

    private double[] sum(double[] pull) {
        double[] b = pull.clone();
        for (int i = 0; i < b.length; i++) {
            b[i] += projected[i];
        }
        return b;
    }
}
