package io.spectractor.sky;

/**
 * All positions within an angle of a centre, the border included.
 *
 * @param ra right ascension of the centre, degrees
 * @param dec its declination, degrees
 * @param radius degrees, 0 to 180
 */
public record Cone(double ra, double dec, double radius) implements Region {
    public Cone {
        ra = Sphere.normalRa(ra);
        Sphere.checkedDec(dec);
        if (!(radius >= 0 && radius <= 180)) {
            throw new IllegalArgumentException("radius " + radius + " is not within 0 to 180 degrees");
        }
    }

    @Override
    public boolean contains(double otherRa, double otherDec) {
        return Sphere.separation(ra, dec, otherRa, otherDec) <= radius;
    }

    @Override
    public boolean mayOverlap(double otherRa, double otherDec, double otherRadius) {
        return Sphere.separation(ra, dec, otherRa, otherDec) <= radius + otherRadius + PixelCoverage.SLACK;
    }

    @Override
    public boolean containsCircle(double otherRa, double otherDec, double otherRadius) {
        return Sphere.separation(ra, dec, otherRa, otherDec) + otherRadius + PixelCoverage.SLACK <= radius;
    }
}
