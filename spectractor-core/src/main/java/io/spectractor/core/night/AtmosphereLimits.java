package io.spectractor.core.night;

import io.spectractor.core.atmosphere.AtmosphereRanges;
import io.spectractor.core.atmosphere.ParameterRange;

/**
 * What the model of the atmosphere allows.
 *
 * @param ranges of the model
 */
record AtmosphereLimits(AtmosphereRanges ranges) {
    ParameterRange range(AtmosphereQuantity q) {
        return switch (q) {
            case OZONE -> ranges.ozone();
            case AEROSOLS -> ranges.aerosols();
            case WATER -> ranges.water();
        };
    }

    double clamp(AtmosphereQuantity q, double value) {
        return range(q).clamp(value);
    }
}
