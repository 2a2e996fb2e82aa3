package io.spectractor.core.atmosphere;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * How the atmosphere is fitted.
 *
 * @param free the parameters that are adjusted
 * @param values start values, or values of fixed parameters; those left out are chosen
 * @param minNm bluest wavelength that counts, nm
 * @param maxNm reddest, nm
 * @param clipSigma columns further than this from the model are left out
 */
public record FitSettings(
        Set<FitParameter> free, Map<FitParameter, Double> values, double minNm, double maxNm, double clipSigma) {
    public FitSettings {
        if (!(minNm < maxNm) || !(clipSigma > 0)) {
            throw new IllegalArgumentException("wavelengths from " + minNm + " to " + maxNm + " nm, clipping at "
                    + clipSigma + " sigma: there is nothing to fit");
        }
        free = Collections.unmodifiableSet(free.isEmpty() ? EnumSet.noneOf(FitParameter.class) : EnumSet.copyOf(free));
        EnumMap<FitParameter, Double> copy = new EnumMap<>(FitParameter.class);
        copy.putAll(values);
        values = Collections.unmodifiableMap(copy);
    }

    /** All but the Ångström exponent free, 360 to 1000 nm, clipping at 4 sigma. */
    public static FitSettings usual() {
        return new FitSettings(EnumSet.complementOf(EnumSet.of(FitParameter.ANGSTROM)), Map.of(), 360, 1000, 4);
    }

    /** A copy in which a parameter is free. */
    public FitSettings withFree(FitParameter parameter) {
        EnumSet<FitParameter> set = EnumSet.of(parameter);
        set.addAll(free);
        return new FitSettings(set, values, minNm, maxNm, clipSigma);
    }

    /** A copy in which a parameter is fixed. */
    public FitSettings withFixed(FitParameter parameter) {
        EnumSet<FitParameter> set = EnumSet.noneOf(FitParameter.class);
        set.addAll(free);
        set.remove(parameter);
        return new FitSettings(set, values, minNm, maxNm, clipSigma);
    }

    /** A copy with a value for a parameter. */
    public FitSettings withValue(FitParameter parameter, double value) {
        EnumMap<FitParameter, Double> map = new EnumMap<>(FitParameter.class);
        map.putAll(values);
        map.put(parameter, value);
        return new FitSettings(free, map, minNm, maxNm, clipSigma);
    }

    /** A copy for the part of a range of wavelengths, nm, that is in the range now. */
    public FitSettings within(double fromNm, double toNm) {
        return new FitSettings(free, values, Math.max(minNm, fromNm), Math.min(maxNm, toNm), clipSigma);
    }
}
