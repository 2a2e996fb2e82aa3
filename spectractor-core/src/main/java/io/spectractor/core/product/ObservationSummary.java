package io.spectractor.core.product;

import org.jspecify.annotations.Nullable;

/**
 * Where and when: the target, apart from where the telescope pointed, and the times of the exposure.
 *
 * @param targetRaDeg right ascension of the target, ICRS, degrees; NaN if unknown
 * @param targetDecDeg declination of the target, ICRS, degrees; NaN if unknown
 * @param targetEpoch epoch of that position, Julian year
 * @param targetOrigin where it comes from: catalogue, resolver or header; null if unknown
 * @param pointingRaDeg where the telescope pointed, right ascension, degrees; NaN if unknown
 * @param instrument the camera as the header names it, or null
 * @param observer who observed, or null
 * @param dateBegin start of the exposure, ISO 8601, UTC
 * @param dateMiddle its middle, or null if unknown
 * @param dateEnd its end, or null if unknown
 * @param mjdBegin start, modified Julian date, UTC; NaN if unknown
 * @param mjdMiddle middle, modified Julian date, UTC; NaN if unknown
 */
public record ObservationSummary(
        double targetRaDeg,
        double targetDecDeg,
        double targetEpoch,
        @Nullable String targetOrigin,
        double pointingRaDeg,
        @Nullable String instrument,
        @Nullable String observer,
        @Nullable String dateBegin,
        @Nullable String dateMiddle,
        @Nullable String dateEnd,
        double mjdBegin,
        double mjdMiddle) {
    /** Nothing known. */
    public static ObservationSummary none() {
        return new ObservationSummary(
                Double.NaN,
                Double.NaN,
                Double.NaN,
                null,
                Double.NaN,
                null,
                null,
                null,
                null,
                null,
                Double.NaN,
                Double.NaN);
    }
}
