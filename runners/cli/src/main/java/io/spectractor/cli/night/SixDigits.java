package io.spectractor.cli.night;

import java.util.Locale;

/**
 * Numbers as {@code %.6e} writes them, for tables with many of them: the formatter of the JDK takes the format apart anew for each one, which
 * for the covariance of a throughput took a tenth of the time of a joint fit.
 */
final class SixDigits {
    private static final int DIGITS = 7;

    private SixDigits() {}

    /** Appends a number; the same characters as {@code String.format(Locale.ROOT, "%.6e", value)}. */
    static void append(StringBuilder out, double value) {
        if (!(Math.abs(value) < Double.POSITIVE_INFINITY)) {
            out.append(String.format(Locale.ROOT, "%.6e", value));
            return;
        }
        if (Double.compare(value, 0) < 0) {
            out.append('-');
        }
        // digits d.ddd times a power of ten: first as Java writes them, then rounded half up as its formatter does
        String text = Double.toString(Math.abs(value));
        int end = text.indexOf('E');
        int exponent = end < 0 ? 0 : Integer.parseInt(text, end + 1, text.length(), 10);
        end = end < 0 ? text.length() : end;
        int point = text.indexOf('.');
        int digits = 0;
        int count = 0;
        boolean up = false;
        for (int i = 0; i < end; i++) {
            int digit = text.charAt(i) - '0';
            if (i == point || (count == 0 && digit == 0)) {
                continue;
            }
            if (count == 0) {
                exponent += i < point ? point - i - 1 : point - i;
            }
            if (count < DIGITS) {
                digits = 10 * digits + digit;
            } else if (count == DIGITS) {
                up = digit >= 5;
            }
            count++;
        }
        for (int i = count; i < DIGITS; i++) {
            digits *= 10;
        }
        digits += up ? 1 : 0;
        if (digits >= 10_000_000) {
            digits /= 10;
            exponent++;
        }
        exponent = count == 0 ? 0 : exponent;
        int at = out.length();
        out.append(digits);
        while (out.length() - at < DIGITS) {
            out.append('0');
        }
        out.insert(at + 1, '.').append(exponent < 0 ? "e-" : "e+");
        exponent = Math.abs(exponent);
        if (exponent < 10) {
            out.append('0');
        }
        out.append(exponent);
    }
}
