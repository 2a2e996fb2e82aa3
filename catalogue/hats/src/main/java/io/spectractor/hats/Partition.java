package io.spectractor.hats;

import io.spectractor.sky.Healpix;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A pixel of the sky that is a partition of a catalogue. In the order of the sky.
 *
 * @param order HEALPix order
 * @param pixel number in the NESTED scheme
 */
public record Partition(int order, long pixel) implements Comparable<Partition>, Serializable {
    private static final Comparator<Partition> ON_SKY =
            Comparator.comparingLong(Partition::first).thenComparingInt(Partition::order);

    public Partition {
        if (pixel < 0 || pixel >= Healpix.pixels(order)) {
            throw new IllegalArgumentException("order " + order + " has no pixel " + pixel);
        }
    }

    /** Its first order-29 pixel. */
    public long first() {
        return pixel << (2 * (Healpix.MAX_ORDER - order));
    }

    /** The order-29 pixel after its last one. */
    public long end() {
        return (pixel + 1) << (2 * (Healpix.MAX_ORDER - order));
    }

    /** The four pixels of the next order that it consists of, in the order of the sky. */
    public List<Partition> children() {
        return LongStream.range(4 * pixel, 4 * pixel + 4)
                .mapToObj(child -> new Partition(order + 1, child))
                .toList();
    }

    @Override
    public int compareTo(Partition other) {
        return ON_SKY.compare(this, other);
    }
}
