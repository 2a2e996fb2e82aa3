package io.spectractor.core.simulation;

import io.spectractor.core.config.ExtractionConfig;

/** The argument of the shape polynomials: -1 to 1 along the configured wavelength range, held outside. */
record ShapeScale(FrameGeometry geometry, double first, double last) {
    ShapeScale(ExtractionConfig config, FrameGeometry geometry) {
        this(
                geometry,
                geometry.distancePx(1, config.dispersion().lambdaMinNm()),
                geometry.distancePx(1, config.dispersion().lambdaMaxNm()));
    }

    double at(double lambdaNm) {
        double t = 2 * (geometry.distancePx(1, lambdaNm) - first) / (last - first) - 1;
        return Math.max(-1, Math.min(1, t));
    }
}
