package io.spectractor.hats;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Definition or repetition levels of one page: Parquet's hybrid of runs and packed bits, a run at a time, as columns without
 * nulls are one run.
 */
final class Levels {
    private Levels() {}

    /** Bits that levels of a column take. */
    static int width(int highest) {
        return 32 - Integer.numberOfLeadingZeros(highest);
    }

    /**
     * Decodes levels.
     *
     * @param data the runs, without their length
     * @param highest the highest level of the column, 1 to 127
     * @param to gets them
     * @param from first index there
     * @param count how many
     * @throws IllegalArgumentException if the bytes end before
     */
    static void decode(ByteBuffer data, int highest, byte[] to, int from, int count) {
        int width = width(highest);
        int at = from;
        int end = from + count;
        while (at < end) {
            int header = varint(data);
            if ((header & 1) == 0) {
                int run = Math.min(header >>> 1, end - at);
                Arrays.fill(to, at, at + run, data.get());
                at += run;
                if (run == 0) {
                    throw new IllegalArgumentException("a run of no levels");
                }
                continue;
            }
            for (int group = header >>> 1; group > 0; group--) {
                long bits = 0;
                // the last group of a page may be cut where no more values follow
                for (int k = 0; k < width && data.hasRemaining(); k++) {
                    bits |= (data.get() & 0xffL) << (8 * k);
                }
                for (int k = 0; k < 8 && at < end; k++) {
                    to[at++] = (byte) (bits >>> (k * width) & ((1 << width) - 1));
                }
            }
        }
    }

    private static int varint(ByteBuffer data) {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            if (!data.hasRemaining()) {
                throw new IllegalArgumentException("the levels of a page end before its values");
            }
            byte next = data.get();
            value |= (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a run of levels has no length");
    }
}
