package io.spectractor.core.product;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Rounds numbers to the digits that mean something. */
public final class SignificantDigits {
    private static final int OF_ERROR = 3;

    private SignificantDigits() {}

    /** To three digits of the error; as it is without one. The rounding is below 1 % of the error. */
    public static double byError(double value, double error) {
        if (!Double.isFinite(value) || !(error > 0) || Double.isInfinite(error)) {
            return value;
        }
        BigDecimal rounded = new BigDecimal(error).round(new MathContext(OF_ERROR));
        return new BigDecimal(value)
                .setScale(rounded.scale(), RoundingMode.HALF_EVEN)
                .doubleValue();
    }

    /** An error, to three digits. */
    public static double ofError(double error) {
        return significant(error, OF_ERROR);
    }

    /** To some significant digits. */
    public static double significant(double value, int digits) {
        return Double.isFinite(value)
                ? new BigDecimal(value).round(new MathContext(digits)).doubleValue()
                : value;
    }

    /** To some decimals. */
    public static double decimals(double value, int decimals) {
        return Double.isFinite(value)
                ? new BigDecimal(value)
                        .setScale(decimals, RoundingMode.HALF_EVEN)
                        .doubleValue()
                : value;
    }
}
