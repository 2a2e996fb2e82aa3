package io.spectractor.calib;

/**
 * Reads short decimal numbers quickly: what {@link Double#parseDouble} gives, to the last bit.
 *
 * <p>A number of at most 15 digits times or over a power of ten up to 10^22 is one division or multiplication of two numbers
 * that float64 holds exactly, and so rounded correctly (Clinger, PLDI 1990). All else is left to the JDK.
 */
final class FastDoubleParser {
    private static final int DIGITS = 15;
    private static final int EXACT_POWER = 22;
    private static final double[] POWERS = new double[EXACT_POWER + 1];

    static {
        for (int i = 0; i <= EXACT_POWER; i++) {
            POWERS[i] = Double.parseDouble("1e" + i);
        }
    }

    private FastDoubleParser() {}

    /** The number, NaN if the text is none. */
    static double parse(String text) {
        int n = text.length();
        int at = n > 0 && text.charAt(0) == '-' ? 1 : 0;
        long digits = 0;
        int count = 0;
        int scale = 0;
        boolean point = false;
        for (; at < n; at++) {
            char c = text.charAt(at);
            if (c >= '0' && c <= '9' && count < DIGITS) {
                digits = 10 * digits + (c - '0');
                count++;
                scale -= point ? 1 : 0;
            } else if (c == '.' && !point) {
                point = true;
            } else {
                break;
            }
        }
        if (at < n && count > 0 && (text.charAt(at) | 0x20) == 'e') {
            int sign = at + 1 < n && text.charAt(at + 1) == '-' ? -1 : 1;
            at += sign < 0 ? 2 : 1;
            int exponent = 0;
            int from = at;
            for (; at < n && at - from < 3 && text.charAt(at) >= '0' && text.charAt(at) <= '9'; at++) {
                exponent = 10 * exponent + (text.charAt(at) - '0');
            }
            scale += at == from ? Integer.MAX_VALUE / 2 : sign * exponent;
        }
        if (at < n || count == 0 || Math.abs(scale) > EXACT_POWER) {
            return slow(text);
        }
        double value = scale < 0 ? digits / POWERS[-scale] : digits * POWERS[scale];
        return text.charAt(0) == '-' ? -value : value;
    }

    private static double slow(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
