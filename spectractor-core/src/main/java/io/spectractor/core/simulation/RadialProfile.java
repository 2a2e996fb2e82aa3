package io.spectractor.core.simulation;

import io.spectractor.core.psf.PsfProfile;

/**
 * A round point spread function tabulated against radius for quick drawing: cubic interpolation on a 1/16 px grid, which
 * departs from profiles wider than 2 px by less than 10⁻⁶ of their peak.
 *
 * <p>It is the sum of a core and of wings that blend into each other smoothly. The wings hardly change over a pixel or two,
 * so that those of neighbouring steps of a spectrum can be drawn together.
 */
final class RadialProfile {
    private static final int STEPS_PER_PX = 16;

    /** Inside, everything is core; from there to {@link #CORE_END_PX} the wings take over. */
    private static final double WINGS_BEGIN_PX = 6;

    private static final double CORE_END_PX = 14;

    /** Profiles drawn less far than this are all core. */
    private static final double LEAST_RADIUS_WITH_WINGS_PX = 20;

    /** Nodes of the three-point Gauss-Legendre rule on a pixel of side 1; weights 5/18, 8/18, 5/18. */
    private static final double NODE = 0.5 * Math.sqrt(0.6);

    private static final double OUTER_WEIGHT = 5.0 / 18;
    private static final double INNER_WEIGHT = 8.0 / 18;

    /** Beyond this radius the mean over a pixel follows from the value and the Laplacian at its centre. */
    private static final double FINE_RADIUS_PX = 6;

    private final double[] core;
    private final double[] wings;
    private final double radiusPx;
    private final double coreRadiusPx;
    private final boolean pixelIntegrated;

    private RadialProfile(double radiusPx, boolean pixelIntegrated) {
        this.radiusPx = radiusPx;
        this.pixelIntegrated = pixelIntegrated;
        coreRadiusPx = radiusPx < LEAST_RADIUS_WITH_WINGS_PX ? radiusPx : CORE_END_PX;
        // a pixel whose centre lies within the radius reaches 0.71 px further; more nodes for interpolation and mixing
        core = new double[nodes(coreRadiusPx)];
        wings = new double[coreRadiusPx < radiusPx ? nodes(radiusPx) : 0];
    }

    RadialProfile(PsfProfile psf, double radiusPx, boolean pixelIntegrated) {
        this(radiusPx, pixelIntegrated);
        for (int i = 0; i < core.length; i++) {
            double r = (double) Math.abs(i - 1) / STEPS_PER_PX;
            core[i] = (1 - wingShare(r)) * density(psf, r);
        }
        for (int i = 0; i < wings.length; i++) {
            double r = (double) Math.abs(i - 1) / STEPS_PER_PX;
            double share = wingShare(r);
            wings[i] = share == 0 ? 0 : share * density(psf, r);
        }
    }

    private static int nodes(double radiusPx) {
        return (int) Math.ceil((radiusPx + 1) * STEPS_PER_PX) + 4;
    }

    /** Value, from the fine radius on the mean over a pixel if that is wanted. */
    private double density(PsfProfile psf, double r) {
        double here = psf.value(r, 0);
        if (!pixelIntegrated || r < FINE_RADIUS_PX) {
            return here;
        }
        double h = 1.0 / STEPS_PER_PX;
        double outwards = psf.value(r + h, 0);
        double inwards = psf.value(r - h, 0);
        double laplacian = (outwards - 2 * here + inwards) / (h * h) + (outwards - inwards) / (2 * h * r);
        return here + laplacian / 24;
    }

    private double wingShare(double r) {
        if (wings.length == 0 || r <= WINGS_BEGIN_PX) {
            return 0;
        }
        double s = Math.min(1, (r - WINGS_BEGIN_PX) / (CORE_END_PX - WINGS_BEGIN_PX));
        return s * s * s * (10 + s * (6 * s - 15));
    }

    /** An empty profile of the same kind, to be filled by {@link #mix}. */
    RadialProfile blank() {
        return new RadialProfile(radiusPx, pixelIntegrated);
    }

    /** Makes this profile (1 - share) a + share b, where a, b and this are of the same kind. */
    void mix(RadialProfile a, RadialProfile b, double share) {
        mix(core, a.core, b.core, share);
        mix(wings, a.wings, b.wings, share);
    }

    private static void mix(double[] out, double[] a, double[] b, double share) {
        for (int i = 0; i < out.length; i++) {
            out[i] = a[i] + share * (b[i] - a[i]);
        }
    }

    double radiusPx() {
        return radiusPx;
    }

    /** The core is drawn up to this radius, px. */
    double coreRadiusPx() {
        return coreRadiusPx;
    }

    boolean hasWings() {
        return wings.length > 0;
    }

    /** Share of the core's light in the pixel whose centre lies at an offset from the centre of the profile. */
    double corePixel(double dx, double dy) {
        double r2 = dx * dx + dy * dy;
        if (!pixelIntegrated || r2 > FINE_RADIUS_PX * FINE_RADIUS_PX) {
            return at(core, r2);
        }
        return OUTER_WEIGHT * (column(dx - NODE, dy) + column(dx + NODE, dy)) + INNER_WEIGHT * column(dx, dy);
    }

    /** The same of the wings. */
    double wingPixel(double dx, double dy) {
        return at(wings, dx * dx + dy * dy);
    }

    private double column(double dx, double dy) {
        double dx2 = dx * dx;
        return OUTER_WEIGHT * (at(core, dx2 + (dy - NODE) * (dy - NODE)) + at(core, dx2 + (dy + NODE) * (dy + NODE)))
                + INNER_WEIGHT * at(core, dx2 + dy * dy);
    }

    /** Density at a squared distance from the centre, 1/px². */
    private static double at(double[] table, double r2) {
        double position = Math.sqrt(r2) * STEPS_PER_PX;
        int i = (int) position;
        double t = position - i;
        double a = table[i];
        double b = table[i + 1];
        double c = table[i + 2];
        double d = table[i + 3];
        return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
    }
}
