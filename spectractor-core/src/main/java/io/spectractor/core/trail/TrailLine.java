package io.spectractor.core.trail;

/**
 * A straight line on the chip, by its direction and a point.
 *
 * @param x of the point, px
 * @param y of the point, px
 * @param dx of the unit vector along it
 * @param dy of the unit vector along it
 */
record TrailLine(double x, double y, double dx, double dy) {
    /** A line through a point with an angle from the chip's rows, rad. */
    static TrailLine of(double x, double y, double angle) {
        return new TrailLine(x, y, Math.cos(angle), Math.sin(angle));
    }

    double angle() {
        return Math.atan2(dy, dx);
    }

    /** Distance of a pixel from the line, px; its sign says on which side. */
    double distance(double px, double py) {
        return (py - y) * dx - (px - x) * dy;
    }

    /** The line moved sideways and turned about its point. */
    TrailLine moved(double sideways, double turn) {
        return of(x - sideways * dy, y + sideways * dx, angle() + turn);
    }

    double xAt(double along, double sideways) {
        return x + along * dx - sideways * dy;
    }

    double yAt(double along, double sideways) {
        return y + along * dy + sideways * dx;
    }
}
