package io.spectractor.core.night;

/**
 * A plane that bounds a posterior: within, normal times position + offset is not negative. Immutable.
 *
 * @param at coordinates on which it depends
 * @param normal along these, not 0
 * @param offset at the origin
 */
public record ReflectingWall(int[] at, double[] normal, double offset) {
    private static final double ON_THE_WALL = 1e-12;

    /** How far within a position is, in units of the normal. */
    double at(double[] position) {
        double sum = offset;
        for (int i = 0; i < at.length; i++) {
            sum += normal[i] * position[at[i]];
        }
        return sum;
    }

    /**
     * The angle at which a rotation of some coordinates comes out through the wall; infinite if it never does.
     *
     * @param from first coordinate that rotates
     * @param to behind the last
     */
    double hit(double[] position, double[] momentum, int from, int to) {
        double a = 0;
        double b = 0;
        double c = offset;
        double square = 0;
        for (int i = 0; i < at.length; i++) {
            if (at[i] >= from && at[i] < to) {
                a += normal[i] * position[at[i]];
                b += normal[i] * momentum[at[i]];
                square += normal[i] * normal[i];
            } else {
                c += normal[i] * position[at[i]];
            }
        }
        if (a + c <= ON_THE_WALL * Math.sqrt(square) && b < 0) {
            return 0;
        }
        double radius = Math.hypot(a, b);
        if (radius <= Math.abs(c)) {
            return Double.POSITIVE_INFINITY;
        }
        double angle = Math.atan2(b, a) + Math.acos(-c / radius);
        return angle < 0 ? angle + 2 * Math.PI : angle;
    }

    /** Mirrors the momentum of the coordinates that rotate, and puts their position on the wall, where it is but for rounding. */
    void mirror(double[] position, double[] momentum, int from, int to) {
        double along = 0;
        double square = 0;
        for (int i = 0; i < at.length; i++) {
            if (at[i] >= from && at[i] < to) {
                along += normal[i] * momentum[at[i]];
                square += normal[i] * normal[i];
            }
        }
        double off = at(position);
        for (int i = 0; square > 0 && i < at.length; i++) {
            if (at[i] >= from && at[i] < to) {
                momentum[at[i]] -= 2 * Math.min(0, along) / square * normal[i];
                position[at[i]] -= off / square * normal[i];
            }
        }
    }
}
