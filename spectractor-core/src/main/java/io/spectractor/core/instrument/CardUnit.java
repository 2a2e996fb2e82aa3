package io.spectractor.core.instrument;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** Units that cards are written in, and what makes them the unit of a {@link Quantity}. */
public final class CardUnit {
    /** Sexagesimal hours, as {@code 12:34:56.7}. */
    public static final String HMS = "hms";
    /** Sexagesimal degrees. */
    public static final String DMS = "dms";

    private static final Map<String, Map<String, DoubleUnaryOperator>> KNOWN = known();

    private CardUnit() {}

    private static Map<String, Map<String, DoubleUnaryOperator>> known() {
        Map<String, Map<String, DoubleUnaryOperator>> units = new LinkedHashMap<>();
        units.put("s", Map.of("s", v -> v, "ms", v -> v * 1e-3, "min", v -> v * 60, "us", v -> v * 1e-6));
        units.put(
                "deg",
                Map.of("deg", v -> v, "rad", Math::toDegrees, "hour", v -> 15 * v, HMS, v -> 15 * v, DMS, v -> v));
        units.put("C", Map.of("c", v -> v, "k", v -> v - 273.15, "f", v -> (v - 32) / 1.8));
        units.put(
                "hPa",
                Map.of(
                        "hpa", v -> v,
                        "mbar", v -> v,
                        "pa", v -> v / 100,
                        "kpa", v -> v * 10,
                        "mmhg", v -> v * 1.33322387415));
        units.put("%", Map.of("%", v -> v, "percent", v -> v, "fraction", v -> 100 * v));
        units.put("arcsec", Map.of("arcsec", v -> v, "arcmin", v -> 60 * v, "deg", v -> 3600 * v));
        units.put("mm", Map.of("mm", v -> v, "cm", v -> 10 * v, "um", v -> v * 1e-3, "m", v -> 1000 * v));
        units.put("km", Map.of("km", v -> v, "m", v -> v * 1e-3));
        units.put("px", Map.of("px", v -> v));
        units.put("", Map.of("", v -> v));
        return units;
    }

    /** Whether a unit can be had for a quantity. */
    static boolean fits(Quantity quantity, String unit) {
        return of(quantity).containsKey(unit.toLowerCase(Locale.ROOT));
    }

    /** The units of a quantity, for people. */
    static String of(Quantity quantity, String separator) {
        return of(quantity).keySet().stream()
                .sorted()
                .reduce((a, b) -> a + separator + b)
                .orElse("");
    }

    /** A value of a unit in that of the quantity. */
    public static double convert(Quantity quantity, String unit, double value) {
        DoubleUnaryOperator conversion = of(quantity).get(unit.toLowerCase(Locale.ROOT));
        if (conversion == null) {
            throw new IllegalArgumentException(quantity.key() + " in " + unit);
        }
        return conversion.applyAsDouble(value);
    }

    private static Map<String, DoubleUnaryOperator> of(Quantity quantity) {
        return KNOWN.getOrDefault(quantity.unit(), Map.of());
    }
}
