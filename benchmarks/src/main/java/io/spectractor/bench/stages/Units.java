package io.spectractor.bench.stages;

import java.util.Locale;

/** Numbers of benchmarks for people. */
public final class Units {
    private Units() {}

    /** A time with three figures in a unit that suits it. */
    public static String time(double nanoseconds) {
        return scaled(nanoseconds, new String[] {"ns", "µs", "ms", "s"}, 1000);
    }

    /** An amount of memory. */
    public static String bytes(double bytes) {
        return scaled(bytes, new String[] {"B", "kB", "MB", "GB"}, 1000);
    }

    /** A ratio. */
    public static String ratio(double ratio) {
        return Double.isFinite(ratio) ? String.format(Locale.ROOT, "%.2f", ratio) : "–";
    }

    private static String scaled(double value, String[] units, double step) {
        if (!Double.isFinite(value)) {
            return "–";
        }
        double scaled = value;
        int unit = 0;
        while (Math.abs(scaled) >= step && unit < units.length - 1) {
            scaled /= step;
            unit++;
        }
        String format =
                Math.abs(scaled) >= 100 || scaled == 0 ? "%.0f %s" : Math.abs(scaled) >= 10 ? "%.1f %s" : "%.2f %s";
        return String.format(Locale.ROOT, format, scaled, units[unit]);
    }
}
