package io.spectractor.core.atmosphere;

/**
 * The values that a parameter of the atmosphere may have.
 *
 * @param name for messages
 * @param unit for messages, empty for none
 * @param min lowest value
 * @param max highest value
 */
public record ParameterRange(String name, String unit, double min, double max) {
    public ParameterRange {
        if (!(min <= max)) {
            throw new IllegalArgumentException("the range of " + name + " is empty: " + min + " to " + max);
        }
    }

    /** Whether a value lies in the range. */
    public boolean contains(double value) {
        return value >= min && value <= max;
    }

    /** The value of the range nearest to a value. */
    public double clamp(double value) {
        return Math.min(max, Math.max(min, value));
    }

    /** @throws IllegalArgumentException if the value is not in the range, which the message tells */
    public void require(double value) {
        if (!contains(value)) {
            throw new IllegalArgumentException("the " + name + " is " + value + suffix()
                    + ", outside the range that the model of the atmosphere covers, " + min + " to " + max + suffix());
        }
    }

    private String suffix() {
        return unit.isEmpty() ? "" : " " + unit;
    }
}
