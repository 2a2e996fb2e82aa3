package io.spectractor.core.fit;

import org.jspecify.annotations.Nullable;

/** One damped Newton step inside a box, for a cost that is known by its gradient and curvature. */
public final class NewtonStep {
    private NewtonStep() {}

    /**
     * Where the step leads.
     *
     * @param parameters where it begins, inside the box
     * @param gradient of the cost, uphill
     * @param matrix its curvature, n x n by rows; parameters without any don't move
     * @param bounds the box; equal bounds hold a parameter
     * @param damping times the diagonal, added to it; 0 for the full step
     * @return the new parameters, or null if the damped matrix isn't positive definite
     */
    public static double @Nullable [] to(
            double[] parameters, double[] gradient, double[] matrix, ParameterBounds bounds, double damping) {
        int n = parameters.length;
        NormalEquations at = new NormalEquations(n, 0);
        System.arraycopy(parameters, 0, at.parameters, 0, n);
        System.arraycopy(gradient, 0, at.gradient, 0, n);
        System.arraycopy(matrix, 0, at.matrix, 0, n * n);
        double[] scale = new double[n];
        for (int i = 0; i < n; i++) {
            scale[i] = at.diagonal(i);
        }
        double[] target = new double[n];
        return new BoundedStep(bounds).solve(at, scale, damping, target) ? target : null;
    }
}
