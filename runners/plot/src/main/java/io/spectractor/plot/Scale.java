package io.spectractor.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A linear axis: values [low, high] on pixels from {@code start} to {@code end} of the picture.
 *
 * @param low value at start
 * @param high value at end, different from low
 */
record Scale(double low, double high, double start, double end) {
    /** A scale whose values are finite and differ, whatever comes in. */
    static Scale of(double low, double high, double start, double end) {
        double a = Double.isFinite(low) ? low : 0;
        double b = Double.isFinite(high) ? high : a + 1;
        if (!(Math.abs(b - a) > 1e-12 * Math.max(Math.abs(a), Math.abs(b)))) {
            double pad = a == 0 ? 0.5 : 0.5 * Math.abs(a);
            a -= pad;
            b += pad;
        }
        return new Scale(a, b, start, end);
    }

    double px(double value) {
        return start + (value - low) / (high - low) * (end - start);
    }

    boolean contains(double value) {
        return value >= Math.min(low, high) && value <= Math.max(low, high);
    }

    /** Round values, about one per {@code spacingPx} pixels. */
    List<Double> ticks(double spacingPx) {
        double step = step(spacingPx);
        double min = Math.min(low, high);
        double max = Math.max(low, high);
        List<Double> ticks = new ArrayList<>();
        for (long k = (long) Math.ceil(min / step - 1e-9); k * step <= max + 1e-9 * step; k++) {
            ticks.add(k * step);
        }
        return ticks;
    }

    /** Text of a tick with as many decimals as the step needs. */
    String label(double tick, double spacingPx) {
        int decimals = Math.max(0, (int) -Math.floor(Math.log10(step(spacingPx)) + 1e-9));
        if (decimals > 6 || Math.abs(tick) >= 1e7) {
            return String.format(Locale.ROOT, "%.2g", tick);
        }
        String text = String.format(Locale.ROOT, "%." + decimals + "f", tick);
        return text.replaceFirst("^-(0(\\.0+)?)$", "$1").replace('-', '\u2212');
    }

    private double step(double spacingPx) {
        double count = Math.max(1, Math.abs(end - start) / spacingPx);
        double raw = Math.abs(high - low) / count;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double mantissa = raw / power;
        return power * (mantissa <= 1 ? 1 : mantissa <= 2 ? 2 : mantissa <= 5 ? 5 : 10);
    }
}
