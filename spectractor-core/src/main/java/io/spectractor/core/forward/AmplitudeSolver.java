package io.spectractor.core.forward;

import io.spectractor.core.fit.EnvelopeCholesky;
import io.spectractor.core.fit.EnvelopeMatrix;
import io.spectractor.core.fit.RowSum;
import io.spectractor.core.forward.equations.SpectrumPrior;
import org.jspecify.annotations.Nullable;

/**
 * Solves for the amplitudes of spectrograms that have the same weights. The products of the stamps, M^T W M, are the dearest
 * part of the equations and change little from one set of parameters to the next: those computed last, with the prior at
 * hand, precondition conjugate gradients, which find the solution of the equations themselves. They are computed anew when
 * that takes many iterations.
 */
final class AmplitudeSolver {
    /** Energy of the error, in units of χ², that is left to the amplitudes together. */
    private static final double ENERGY = 1e-4;
    /** An iteration costs about a seventh of M^T W M and its factor. */
    private static final int MAX_ITERATIONS = 6;

    private final double[] weight;
    /** M^T W M. */
    private @Nullable EnvelopeMatrix gram;

    AmplitudeSolver(double[] weight) {
        this.weight = weight;
    }

    /** The solver for weights: this one, if the weights are its own. */
    AmplitudeSolver of(double[] otherWeight) {
        return otherWeight == weight ? this : new AmplitudeSolver(otherWeight);
    }

    /**
     * The best amplitudes.
     *
     * @param factor of M^T W M and the prior's matrix, up to what the parameters changed since M^T W M was computed
     * @param pixels that M^T W M. Nobody may change it
     * @param amplitudes ADU/s
     * @param residual data minus model per pixel
     */
    record Solution(EnvelopeCholesky factor, EnvelopeMatrix pixels, double[] amplitudes, double[] residual) {}

    /** M^T W M with the stamps last evaluated. Nobody may change it. */
    EnvelopeMatrix renewed(SpectrogramModel model) {
        EnvelopeMatrix renewed = model.equations(weight);
        gram = renewed;
        return renewed;
    }

    /**
     * Solves the equations.
     *
     * @param model with the stamps evaluated
     * @param target data less all that doesn't depend on the amplitudes, per pixel
     * @param near amplitudes that should be near the solution
     */
    Solution solve(SpectrogramModel model, SpectrumPrior prior, double[] target, double @Nullable [] near) {
        EnvelopeMatrix matrix = gram;
        if (matrix != null && near != null) {
            Solution found = iterate(model, prior, target, near, matrix);
            if (found != null) {
                return found;
            }
        }
        EnvelopeMatrix pixels = renewed(model);
        EnvelopeCholesky factor = factor(pixels, prior);
        double[] b = prior.apply(prior.expected());
        add(b, model.project(ForwardResiduals.product(weight, target)), 1);
        double[] amplitudes = factor.solve(b);
        double[] residual = target.clone();
        add(residual, model.model(amplitudes), -1);
        return new Solution(factor, pixels, amplitudes, residual);
    }

    private static EnvelopeCholesky factor(EnvelopeMatrix pixels, SpectrumPrior prior) {
        EnvelopeMatrix sum = pixels.copy();
        prior.addTo(sum);
        return sum.factor();
    }

    /**
     * Preconditioned conjugate gradients; null if they take too long.
     *
     * @see "M. Hestenes, E. Stiefel, J. Res. Natl. Bur. Stand. 49, 409 (1952)"
     */
    private @Nullable Solution iterate(
            SpectrogramModel model, SpectrumPrior prior, double[] target, double[] near, EnvelopeMatrix pixels) {
        EnvelopeCholesky factor = factor(pixels, prior);
        double[] a = near.clone();
        double[] residual = target.clone();
        add(residual, model.model(a), -1);
        // minus half the gradient of the cost
        double[] r = prior.apply(prior.deviation(a));
        for (int i = 0; i < r.length; i++) {
            r[i] = -r[i];
        }
        add(r, model.project(ForwardResiduals.product(weight, residual)), 1);
        double[] z = factor.solve(r);
        double[] direction = z;
        double energy = SpectrumPrior.dot(r, z);
        for (int k = 0; k < MAX_ITERATIONS; k++) {
            if (energy < ENERGY) {
                return new Solution(factor, pixels, a, residual);
            }
            double[] light = model.model(direction);
            double[] image = prior.apply(direction);
            add(image, model.project(ForwardResiduals.product(weight, light)), 1);
            double step = energy / SpectrumPrior.dot(direction, image);
            add(a, direction, step);
            add(residual, light, -step);
            add(r, image, -step);
            z = factor.solve(r);
            double next = SpectrumPrior.dot(r, z);
            double[] turned = z.clone();
            add(turned, direction, next / energy);
            direction = turned;
            energy = next;
        }
        return energy < ENERGY ? new Solution(factor, pixels, a, residual) : null;
    }

    private static void add(double[] out, double[] row, double factor) {
        RowSum.add(out, row, factor, 0, out.length);
    }
}
