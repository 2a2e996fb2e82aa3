package io.spectractor.core.observation;

import org.jspecify.annotations.Nullable;

/** The DATASUM card: the ones' complement sum of the data as big-endian 32-bit words (FITS 4.0, §4.4.2.7, appendix J). */
final class DataSum {
    private DataSum() {}

    /**
     * Refuses compressed data that do not sum up to what their header says: a flipped bit in a Rice stream unpacks to
     * wrong pixels without complaint.
     *
     * @throws io.spectractor.core.outcome.ExtractionException UNPROCESSABLE, naming both sums
     */
    static void check(String name, byte[] content, FitsHdu hdu) {
        Long expected = expected(hdu);
        if (expected == null) {
            return;
        }
        long actual = of(content, hdu.dataOffset(), hdu.dataLength());
        if (actual != expected) {
            throw UnprocessableFile.because(
                    name,
                    "damaged: the data of " + hdu.label() + " sum up to " + actual + ", DATASUM says " + expected
                            + "; fetch the file again");
        }
    }

    /** Whether the header names a sum and the data have another. */
    static boolean differs(byte[] content, FitsHdu hdu) {
        Long expected = expected(hdu);
        return expected != null && expected != of(content, hdu.dataOffset(), hdu.dataLength());
    }

    private static @Nullable Long expected(FitsHdu hdu) {
        return hdu.header().integer("DATASUM");
    }

    static long of(byte[] bytes, int offset, int length) {
        long sum = 0;
        for (int i = 0; i < length; i++) {
            sum += (bytes[offset + i] & 0xffL) << (24 - 8 * (i & 3));
        }
        while (sum >>> 32 != 0) {
            sum = (sum & 0xffffffffL) + (sum >>> 32);
        }
        return sum;
    }
}
