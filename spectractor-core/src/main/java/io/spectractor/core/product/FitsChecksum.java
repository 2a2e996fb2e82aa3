package io.spectractor.core.product;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The FITS checksum: 32-bit sums in ones' complement, and their ASCII form (FITS standard 4.0, appendix J). */
final class FitsChecksum {
    static final String ZERO = "0000000000000000";
    private static final long MASK = 0xFFFFFFFFL;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private FitsChecksum() {}

    /** Adds a range of bytes to a sum; the length is a multiple of 4. */
    static long sum(byte[] bytes, int from, int length, long start) {
        long sum = start;
        int i = from;
        for (; i + 8 <= from + length; i += 8) {
            long two = (long) LONGS.get(bytes, i);
            sum += (two >>> 32) + (two & MASK);
        }
        for (; i < from + length; i += 4) {
            sum += (int) INTS.get(bytes, i) & MASK;
        }
        return fold(sum);
    }

    /** Adds two sums. */
    static long add(long a, long b) {
        return fold(a + b);
    }

    /** The CHECKSUM string that brings an HDU with this sum (its CHECKSUM being {@link #ZERO}) to minus zero. */
    static String encode(long sum) {
        long complement = ~sum & MASK;
        char[] ascii = new char[16];
        for (int i = 0; i < 4; i++) {
            int octet = (int) (complement >> (24 - 8 * i)) & 0xFF;
            int quotient = octet / 4 + '0';
            int[] part = {quotient + octet % 4, quotient, quotient, quotient};
            keepAlphanumeric(part);
            for (int j = 0; j < 4; j++) {
                ascii[(4 * j + i + 1) % 16] = (char) part[j]; // rotated right by one
            }
        }
        return new String(ascii);
    }

    /** Moves pairs apart, at constant sum, until no character is punctuation. */
    private static void keepAlphanumeric(int[] part) {
        boolean moved = true;
        while (moved) {
            moved = false;
            for (int j = 0; j < 4; j += 2) {
                if (isPunctuation(part[j]) || isPunctuation(part[j + 1])) {
                    part[j]++;
                    part[j + 1]--;
                    moved = true;
                }
            }
        }
    }

    private static boolean isPunctuation(int c) {
        return (c >= ':' && c <= '@') || (c >= '[' && c <= '`');
    }

    private static long fold(long sum) {
        long folded = sum;
        while (folded >>> 32 != 0) {
            folded = (folded & MASK) + (folded >>> 32);
        }
        return folded;
    }
}
