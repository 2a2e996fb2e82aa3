package io.spectractor.core.simulation;

import io.spectractor.core.psf.PointSpreadFunction;

/** The profiles along a spectrum, tabulated at equal steps of the argument of the shape polynomials and mixed between. */
final class ProfileSet {
    /** Steps from -1 to 1. Shapes that change by a tenth over the spectrum are met to 10⁻⁵. */
    private static final int STEPS = 128;

    private final RadialProfile[] nodes;

    ProfileSet(SimulatedPsf shape) {
        PointSpreadFunction family = PointSpreadFunction.of(shape.type());
        boolean constant = shape.coefficients().stream().allMatch(c -> c.length == 1);
        nodes = new RadialProfile[constant ? 1 : STEPS + 1];
        for (int i = 0; i < nodes.length; i++) {
            double t = 2.0 * i / STEPS - 1;
            nodes[i] = new RadialProfile(family.at(shape.shapeAt(t)), shape.radiusPx(), shape.pixelIntegrated());
        }
    }

    /** A profile to be given to {@link #at}. */
    RadialProfile scratch() {
        return nodes[0].blank();
    }

    /**
     * The profile at t in [-1, 1].
     *
     * @param scratch may be overwritten and returned
     */
    RadialProfile at(double t, RadialProfile scratch) {
        if (nodes.length == 1) {
            return nodes[0];
        }
        double position = (t + 1) * 0.5 * STEPS;
        int i = Math.max(0, Math.min(STEPS - 1, (int) position));
        scratch.mix(nodes[i], nodes[i + 1], position - i);
        return scratch;
    }
}
