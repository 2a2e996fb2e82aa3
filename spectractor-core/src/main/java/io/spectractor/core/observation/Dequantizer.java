package io.spectractor.core.observation;

import org.jspecify.annotations.Nullable;

/**
 * Turns the integers of a quantised tile back into real numbers (FITS 4.0, §10.2).
 *
 * @param method how the numbers were rounded
 * @param firstSeed ZDITHER0, from 1 on; 0 where nothing is dithered
 */
record Dequantizer(Method method, int firstSeed) {
    /** The integer that stands for exactly 0 under SUBTRACTIVE_DITHER_2. */
    static final int EXACT_ZERO = -2147483646;

    private static final int RANDOM_NUMBERS = 10_000;
    private static final float[] RANDOM = randomNumbers();

    /** ZQUANTIZ. */
    enum Method {
        NO_DITHER,
        SUBTRACTIVE_DITHER_1,
        SUBTRACTIVE_DITHER_2
    }

    /**
     * From the cards of a compressed image; without ZQUANTIZ nothing is dithered.
     *
     * @throws io.spectractor.core.outcome.ExtractionException UNPROCESSABLE if the method is not one of the standard or
     *     ZDITHER0 is missing
     */
    static Dequantizer of(String name, FitsHeader header) {
        String method = header.text("ZQUANTIZ");
        if (method == null || method.equals("NONE") || method.equals("NO_DITHER")) {
            return new Dequantizer(Method.NO_DITHER, 0);
        }
        if (!method.equals("SUBTRACTIVE_DITHER_1") && !method.equals("SUBTRACTIVE_DITHER_2")) {
            throw UnprocessableFile.because(
                    name,
                    "ZQUANTIZ = '" + UnprocessableFile.quote(method)
                            + "' is not a way of rounding that the FITS standard has");
        }
        Long seed = header.integer("ZDITHER0");
        if (seed == null || seed < 1 || seed > RANDOM_NUMBERS) {
            throw UnprocessableFile.because(
                    name,
                    "ZQUANTIZ = '" + method + "' needs ZDITHER0 from 1 to " + RANDOM_NUMBERS + ", the header has "
                            + (header.text("ZDITHER0") == null
                                    ? "none"
                                    : UnprocessableFile.quote("" + header.text("ZDITHER0"))));
        }
        return new Dequantizer(Method.valueOf(method), seed.intValue());
    }

    /**
     * Restores one tile.
     *
     * @param stored the integers
     * @param tile its number, the row of the table, from 0 on
     * @param scale ZSCALE
     * @param zero ZZERO
     * @param blank the integer that stands for NaN, or null
     */
    float[] restore(int[] stored, int tile, double scale, double zero, @Nullable Long blank) {
        float[] out = new float[stored.length];
        boolean dithered = method != Method.NO_DITHER;
        int seed = dithered ? (tile + firstSeed - 1) % RANDOM_NUMBERS : 0;
        int next = (int) (RANDOM[seed] * 500);
        for (int i = 0; i < out.length; i++) {
            int value = stored[i];
            if (blank != null && value == blank) {
                out[i] = Float.NaN;
            } else if (!dithered) {
                out[i] = (float) (value * scale + zero);
            } else if (method == Method.SUBTRACTIVE_DITHER_2 && value == EXACT_ZERO) {
                out[i] = 0;
            } else {
                out[i] = (float) (((double) value - RANDOM[next] + 0.5) * scale + zero);
            }
            // the sequence goes on behind blanks too
            if (dithered && ++next == RANDOM_NUMBERS) {
                seed = (seed + 1) % RANDOM_NUMBERS;
                next = (int) (RANDOM[seed] * 500);
            }
        }
        return out;
    }

    /** FITS 4.0, appendix I; single precision, as the reference implementation keeps them. */
    private static float[] randomNumbers() {
        float[] numbers = new float[RANDOM_NUMBERS];
        long seed = 1;
        for (int i = 0; i < numbers.length; i++) {
            seed = 16807 * seed % 2147483647L;
            numbers[i] = (float) (seed / 2147483647.0);
        }
        return numbers;
    }
}
