package io.spectractor.sky;

/** A part of the sky. Positions are in degrees, right ascensions in [0, 360). */
public interface Region {
    /** Whether a position lies in it, its border included. */
    boolean contains(double ra, double dec);

    /** Whether a circle may have a point in common with it; never false where one has. */
    boolean mayOverlap(double ra, double dec, double radius);

    /** Whether a circle surely lies in it as a whole; never true where it does not. */
    boolean containsCircle(double ra, double dec, double radius);
}
