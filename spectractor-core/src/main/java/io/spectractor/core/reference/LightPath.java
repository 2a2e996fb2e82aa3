package io.spectractor.core.reference;

import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.optics.TabulatedCurve;
import org.jspecify.annotations.Nullable;

/** What calibration data and header say of the light of an exposure and its way to the chip. */
public interface LightPath {
    /** Transmission of a typical atmosphere, telescope and disperser on increasing wavelengths in nm. */
    double[] transmission(double[] lambdaNm);

    /** Transmission of a typical amount of water, which is part of the other, on increasing wavelengths in nm. */
    double[] water(double[] lambdaNm);

    /** How much of the light the same amount of water takes once more, at most 1, on increasing wavelengths in nm. */
    double[] moreWater(double[] lambdaNm);

    /** Whether all of it was measured, so that the colour of a star can be told. */
    boolean isMeasured();

    /**
     * Geometry with the nominal distance. Refraction leaves order 0 where its mean wavelength has it, which depends on the
     * star.
     *
     * @param sed energy distribution, or null when nothing is known of it
     */
    TraceGeometry geometry(@Nullable TabulatedCurve sed);
}
