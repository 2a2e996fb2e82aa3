package io.spectractor.core.forward.equations;

import io.spectractor.core.fit.EnvelopeCholesky;
import io.spectractor.core.fit.EnvelopeMatrix;

/**
 * The weighted equations of the pixels for the amplitudes, M^T W M a = M^T W d, by which widths of the prior are judged.
 * Matrix and array are not copied; nobody may change them.
 *
 * @param matrix M^T W M, with entries wherever the prior has one
 * @param projected M^T W d
 * @param squares d^T W d
 * @param used pixels with a weight
 */
public record PixelEquations(EnvelopeMatrix matrix, double[] projected, double squares, int used) {

    /**
     * -2 ln of the marginal likelihood, up to constants: e^T Q e - b^T A^-1 b + ln |A| - ln |Q| with A = M^T W M + Q and
     * b = M^T W d + Q e. If the pixels deviate by more than their noise, their variances are larger by a factor c. Widths then
     * are those of cQ, with which the amplitudes are the same, and the quadratic terms are divided by c.
     *
     * @param work a copy of the matrix, overwritten
     * @param noise c
     * @see "D. MacKay, Bayesian interpolation, Neural Computation 4, 415 (1992)"
     */
    double likelihood(SpectrumPrior prior, EnvelopeMatrix work, double noise) {
        EnvelopeCholesky factor = factor(prior, work);
        double[] pull = prior.apply(prior.expected());
        double[] b = sum(pull);
        return (SpectrumPrior.dot(prior.expected(), pull) - SpectrumPrior.dot(b, factor.solve(b))) / noise
                + factor.logDeterminant()
                - prior.logDeterminant();
    }

    /**
     * Generalised cross validation, as 2 N ln of the root of its function: N ln(χ² / (N - Tr R)²), where N is the number of
     * pixels with a weight and Tr R = n - Tr(A^-1 Q) how many amplitudes they determine. How well a pixel would be foretold
     * by the others.
     *
     * @param work a copy of the matrix, overwritten
     * @see "G. Golub, M. Heath, G. Wahba, Technometrics 21, 215 (1979)"
     */
    double crossValidation(SpectrumPrior prior, EnvelopeMatrix work) {
        EnvelopeCholesky factor = factor(prior, work);
        double[] a = factor.solve(sum(prior.apply(prior.expected())));
        int n = a.length;
        double chi2 = squares - 2 * SpectrumPrior.dot(projected, a) + matrix.quadratic(a);
        double determined = n - prior.traceWith(factor.inverse());
        return used * (Math.log(chi2) - 2 * Math.log(used - determined));
    }

    private EnvelopeCholesky factor(SpectrumPrior prior, EnvelopeMatrix work) {
        matrix.copyInto(work);
        prior.addTo(work);
        return work.factor();
    }

    private double[] sum(double[] pull) {
        double[] b = pull.clone();
        for (int i = 0; i < b.length; i++) {
            b[i] += projected[i];
        }
        return b;
    }
}
