package io.spectractor.sky;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The positions of one table in zones of declination, each sorted by right ascension, to find those near another position
 * (Gray, Szalay et al. 2004, the zones algorithm). Exact on the sphere, poles and 0h included. Immutable: several threads
 * may ask at once.
 */
public final class Neighbours {
    private static final double SMALLEST_ZONE = 1e-4;

    private final double radius;
    private final double height;
    private final int[] start;
    private final int[] row;
    private final double[] ra;
    private final double[] dec;
    private final int firstZone;

    /**
     * @param ra right ascensions, degrees in [0, 360)
     * @param dec declinations, degrees
     * @param radius how far neighbours may be, degrees, up to 90
     */
    public Neighbours(double[] ra, double[] dec, double radius) {
        if (!(radius >= 0 && radius <= 90)) {
            throw new IllegalArgumentException("radius " + radius + " is not within 0 to 90 degrees");
        }
        this.radius = radius;
        double low = Arrays.stream(dec).min().orElse(0);
        double high = Arrays.stream(dec).max().orElse(0);
        double wanted = (high - low) / Math.max(1, Math.sqrt(dec.length));
        this.height = Math.max(SMALLEST_ZONE, Math.max(radius, wanted));
        this.firstZone = zone(low);
        int zones = dec.length == 0 ? 0 : zone(high) - firstZone + 1;
        this.start = new int[zones + 1];
        for (double d : dec) {
            start[zone(d) - firstZone + 1]++;
        }
        for (int z = 0; z < zones; z++) {
            start[z + 1] += start[z];
        }
        int[] place = start.clone();
        int[] order = new int[dec.length];
        for (int i = 0; i < dec.length; i++) {
            order[place[zone(dec[i]) - firstZone]++] = i;
        }
        for (int z = 0; z < zones; z++) {
            sort(order, start[z], start[z + 1], ra);
        }
        this.row = order;
        this.ra = IntStream.of(order).mapToDouble(i -> ra[i]).toArray();
        this.dec = IntStream.of(order).mapToDouble(i -> dec[i]).toArray();
    }

    private static void sort(int[] order, int from, int to, double[] ra) {
        Integer[] rows = new Integer[to - from];
        Arrays.setAll(rows, i -> order[from + i]);
        Arrays.sort(rows, Comparator.comparingDouble(i -> ra[i]));
        for (int i = 0; i < rows.length; i++) {
            order[from + i] = rows[i];
        }
    }

    private int zone(double declination) {
        return (int) Math.floor((declination + 90) / height);
    }

    /** Takes one neighbour: its row, and its distance in degrees. */
    @FunctionalInterface
    public interface Visitor {
        void visit(int row, double separation);
    }

    /** Hands out all neighbours of a position within the radius, the border included; in no order. */
    public void find(double atRa, double atDec, Visitor visitor) {
        int lowest = Math.max(zone(atDec - radius), firstZone);
        int highest = Math.min(zone(atDec + radius), firstZone + start.length - 2);
        double half = halfWidth(atDec);
        for (int z = lowest; z <= highest; z++) {
            int from = start[z - firstZone];
            int to = start[z - firstZone + 1];
            if (half >= 180) {
                look(from, to, 0, 360, atRa, atDec, visitor);
                continue;
            }
            look(from, to, atRa - half, atRa + half, atRa, atDec, visitor);
            if (atRa - half < 0) {
                look(from, to, atRa - half + 360, 360, atRa, atDec, visitor);
            }
            if (atRa + half >= 360) {
                look(from, to, 0, atRa + half - 360, atRa, atDec, visitor);
            }
        }
    }

    private double halfWidth(double atDec) {
        if (Math.abs(atDec) + radius >= 90 - 1e-9) {
            return 180;
        }
        double sine = Math.sin(Math.toRadians(radius)) / Math.cos(Math.toRadians(atDec));
        return Math.toDegrees(Math.asin(Math.min(1, sine))) + PixelCoverage.SLACK;
    }

    private void look(int from, int to, double raFrom, double raTo, double atRa, double atDec, Visitor visitor) {
        int i = Arrays.binarySearch(ra, from, to, raFrom);
        if (i < 0) {
            i = -i - 1;
        } else {
            while (i > from && ra[i - 1] == raFrom) {
                i--;
            }
        }
        for (; i < to && ra[i] <= raTo; i++) {
            if (Math.abs(dec[i] - atDec) <= radius + PixelCoverage.SLACK) {
                double separation = Sphere.separation(atRa, atDec, ra[i], dec[i]);
                if (separation <= radius) {
                    visitor.visit(row[i], separation);
                }
            }
        }
    }

    /**
     * The nearest neighbours of a position, nearest first; of equally near ones the one of the lower row comes first.
     *
     * @param count at most so many
     * @param rows gets their rows
     * @param separations gets their distances, degrees
     * @return how many there are
     */
    public int nearest(double atRa, double atDec, int count, int[] rows, double[] separations) {
        int[] found = new int[1];
        find(atRa, atDec, (candidate, separation) -> {
            int at = found[0];
            while (at > 0
                    && (separations[at - 1] > separation
                            || (separations[at - 1] == separation && rows[at - 1] > candidate))) {
                if (at < count) {
                    separations[at] = separations[at - 1];
                    rows[at] = rows[at - 1];
                }
                at--;
            }
            if (at < count) {
                separations[at] = separation;
                rows[at] = candidate;
                found[0] = Math.min(count, found[0] + 1);
            }
        });
        return found[0];
    }
}
