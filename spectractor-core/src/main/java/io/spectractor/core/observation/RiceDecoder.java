package io.spectractor.core.observation;

/**
 * Undoes RICE_1: blocks of differences of neighbours, each with its own number of low bits (FITS 4.0, §10.4.1).
 *
 * <p>One stream is one tile. The arithmetic wraps around at the width of a pixel, which is how the differences of the
 * largest and smallest values fit.
 */
final class RiceDecoder {
    private final byte[] bytes;
    private final int end;
    private int next;
    /** Bits not yet used, in the low {@link #bits} bits; what lies above them is stale. */
    private long pool;

    private int bits;

    private RiceDecoder(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.next = offset;
        this.end = offset + length;
    }

    /**
     * Decodes one tile.
     *
     * @param pixelBytes 1, 2 or 4, the parameter BYTEPIX
     * @param blockSize pixels that share a number of low bits, the parameter BLOCKSIZE
     * @param pixels how many
     * @return signed values for 2 and 4 bytes, unsigned for 1, as FITS has them
     * @throws IllegalArgumentException if the stream ends too early or the parameters are not of this method
     */
    static int[] decode(byte[] bytes, int offset, int length, int pixelBytes, int blockSize, int pixels) {
        if (pixelBytes != 1 && pixelBytes != 2 && pixelBytes != 4) {
            throw new IllegalArgumentException("BYTEPIX = " + pixelBytes + " is none of RICE_1");
        }
        if (blockSize < 1) {
            throw new IllegalArgumentException("BLOCKSIZE = " + blockSize + " is none of RICE_1");
        }
        return new RiceDecoder(bytes, offset, length).decode(pixelBytes, blockSize, pixels);
    }

    private int[] decode(int pixelBytes, int blockSize, int pixels) {
        int width = 8 * pixelBytes;
        int selectorBits = pixelBytes == 1 ? 3 : pixelBytes == 2 ? 4 : 5;
        int verbatim = pixelBytes == 1 ? 6 : pixelBytes == 2 ? 14 : 25;
        int[] out = new int[pixels];
        int last = (int) take(width);
        for (int start = 0; start < pixels; start += blockSize) {
            int stop = Math.min(pixels, start + blockSize);
            int lowBits = (int) take(selectorBits) - 1;
            if (lowBits > verbatim) {
                throw new IllegalArgumentException("a RICE_1 block claims " + lowBits + " low bits");
            }
            for (int i = start; i < stop; i++) {
                if (lowBits >= 0) {
                    long folded = lowBits == verbatim ? take(width) : ((long) zeros() << lowBits) | take(lowBits);
                    // odd numbers stand for negative differences
                    last += (int) ((folded & 1) == 0 ? folded >>> 1 : ~(folded >>> 1));
                }
                out[i] = pixelBytes == 4 ? last : pixelBytes == 2 ? (short) last : last & 0xff;
            }
        }
        return out;
    }

    private long take(int n) {
        while (bits < n) {
            fill();
        }
        bits -= n;
        return (pool >>> bits) & ((1L << n) - 1);
    }

    /** Zero bits before the next one bit, which is used up too. */
    private int zeros() {
        int count = 0;
        while (true) {
            long left = pool & ((1L << bits) - 1);
            if (left != 0) {
                int position = 63 - Long.numberOfLeadingZeros(left);
                count += bits - 1 - position;
                bits = position;
                return count;
            }
            count += bits;
            bits = 0;
            fill();
        }
    }

    private void fill() {
        if (next >= end) {
            throw new IllegalArgumentException("the stream ends too early");
        }
        pool = (pool << 8) | (bytes[next++] & 0xff);
        bits += 8;
    }
}
