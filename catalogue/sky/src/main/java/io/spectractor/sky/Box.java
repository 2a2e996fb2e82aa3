package io.spectractor.sky;

/**
 * Positions between two right ascensions, eastward from the first to the second, and between two declinations; the borders
 * included. From 350 to 10 goes over 0h; equal right ascensions, or 0 to 360, are the whole circle, as in LSDB.
 *
 * @param raFrom western border, degrees
 * @param raTo eastern border, degrees
 * @param decFrom southern border, degrees
 * @param decTo northern border, degrees
 */
public record Box(double raFrom, double raTo, double decFrom, double decTo) implements Region {
    public Box {
        boolean whole = Math.abs(raTo - raFrom) >= 360 || raFrom == raTo;
        raFrom = whole ? 0 : Sphere.normalRa(raFrom);
        raTo = whole ? 360 : Sphere.normalRa(raTo);
        if (raTo == 0 && raFrom > 0) {
            raTo = 360;
        }
        Sphere.checkedDec(decFrom);
        Sphere.checkedDec(decTo);
        if (decFrom > decTo) {
            throw new IllegalArgumentException(
                    "declinations " + decFrom + " to " + decTo + " run southward; give the smaller one first");
        }
    }

    private double width() {
        return raTo >= raFrom ? raTo - raFrom : raTo - raFrom + 360;
    }

    private boolean inside(double ra) {
        // a border at 0h is met from both sides
        return raFrom <= raTo ? (ra >= raFrom && ra <= raTo) || (raTo == 360 && ra == 0) : ra >= raFrom || ra <= raTo;
    }

    @Override
    public boolean contains(double ra, double dec) {
        return dec >= decFrom && dec <= decTo && inside(ra);
    }

    @Override
    public boolean mayOverlap(double ra, double dec, double radius) {
        double reach = radius + PixelCoverage.SLACK;
        if (dec + reach < decFrom || dec - reach > decTo) {
            return false;
        }
        double half = halfWidth(dec, reach);
        double offset = Sphere.normalRa(ra - raFrom);
        return width() + 2 * half >= 360 || offset <= width() + half || offset >= 360 - half;
    }

    @Override
    public boolean containsCircle(double ra, double dec, double radius) {
        double reach = radius + PixelCoverage.SLACK;
        if (dec - reach < decFrom || dec + reach > decTo) {
            return false;
        }
        double half = halfWidth(dec, reach);
        double offset = Sphere.normalRa(ra - raFrom);
        return width() >= 360 || (offset >= half && offset + half <= width());
    }

    /** How far in right ascension a circle reaches, degrees; 180 if it holds a pole. */
    private static double halfWidth(double dec, double radius) {
        if (Math.abs(dec) + radius >= 90) {
            return 180;
        }
        double sine = Math.sin(Math.toRadians(radius)) / Math.cos(Math.toRadians(dec));
        return sine >= 1 ? 180 : Math.toDegrees(Math.asin(sine)) + PixelCoverage.SLACK;
    }
}
