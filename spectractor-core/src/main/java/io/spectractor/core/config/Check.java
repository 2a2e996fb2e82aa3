package io.spectractor.core.config;

/** Range checks whose messages name the key. */
final class Check {
    private Check() {}

    static void positive(String key, double value) {
        require(value > 0 && Double.isFinite(value), key, value, "must be a positive number");
    }

    /** A length in mm that a wrong unit, as micrometres or metres, puts out of what is possible. */
    static void size(String key, double value, double low, double high) {
        positive(key, value);
        require(
                value >= low && value <= high,
                key,
                value,
                "must lie between " + low + " and " + high + "; it is counted in mm");
    }

    static void range(String key, double value, double low, double high) {
        require(value >= low && value <= high, key, value, "must lie between " + low + " and " + high);
    }

    static void sign(String key, int value) {
        require(value == 1 || value == -1, key, value, "must be 1 or -1");
    }

    private static void require(boolean ok, String key, double value, String rule) {
        if (!ok) {
            throw new IllegalArgumentException(key + " = " + value + ": " + rule);
        }
    }
}
