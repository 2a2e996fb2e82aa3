package io.spectractor.core.observation;

/**
 * Undoes PLIO_1, the line lists that IRAF keeps masks in (FITS 4.0, §10.4.3): runs of zeros and of a "high value" that
 * instructions raise, lower and set.
 */
final class PlioDecoder {
    private static final int OLD_HEADER = 3;

    private PlioDecoder() {}

    /**
     * Decodes one tile.
     *
     * @param words the line list, 16-bit words from the cell of the table
     * @param pixels how many
     * @return values from 0 to 2²⁴ - 1; pixels after the end of the list are 0
     * @throws IllegalArgumentException if the list is damaged
     */
    static int[] decode(short[] words, int pixels) {
        int[] out = new int[pixels];
        if (words.length < OLD_HEADER) {
            throw new IllegalArgumentException("a line list of " + words.length + " words");
        }
        boolean old = words[2] > 0;
        int length = old ? words[2] : ((at(words, 4) << 15) + at(words, 3));
        int first = old ? OLD_HEADER : words[1];
        if (length > words.length || first < OLD_HEADER) {
            throw new IllegalArgumentException(
                    "a line list of " + length + " words from " + first + " on in a cell of " + words.length);
        }
        int position = 0;
        int high = 1;
        for (int i = first; i < length && position < pixels; i++) {
            int instruction = (words[i] >> 12) & 0xf;
            int data = words[i] & 0xfff;
            switch (instruction) {
                case 0 -> position = run(out, position, data, 0);
                case 1 -> high = (at(words, ++i) << 12) + data;
                case 2 -> high += data;
                case 3 -> high -= data;
                case 4 -> position = run(out, position, data, high);
                case 5 -> {
                    position = run(out, position, data, 0);
                    if (data > 0 && position <= pixels) {
                        out[position - 1] = high;
                    }
                }
                case 6, 7 -> {
                    high += instruction == 6 ? data : -data;
                    position = run(out, position, 1, high);
                }
                default -> throw new IllegalArgumentException("instruction " + instruction + " is none of PLIO_1");
            }
        }
        return out;
    }

    /** Fills a run, cut at the end of the tile, and returns where the next one starts. */
    private static int run(int[] out, int from, int length, int value) {
        int to = Math.min(out.length, from + length);
        for (int i = from; i < to; i++) {
            out[i] = value;
        }
        return from + length;
    }

    private static int at(short[] words, int i) {
        if (i >= words.length) {
            throw new IllegalArgumentException("the line list ends too early");
        }
        return words[i];
    }
}
