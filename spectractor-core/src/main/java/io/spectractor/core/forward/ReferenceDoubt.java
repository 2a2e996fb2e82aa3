package io.spectractor.core.forward;

import io.spectractor.core.calibration.ReferenceSpectrum;

/**
 * One standard deviation by which a reference may be wrong, together with the place of the wavelengths that was found with it.
 *
 * @param other what the spectrum might look like instead
 * @param share how much of the difference between the two is that deviation
 * @param distanceMm by how much the distance to the detector, as it was known before the fit, changes with it, mm
 * @param shiftPx by how much the shift of the dispersion's origin does, px
 */
public record ReferenceDoubt(ReferenceSpectrum other, double share, double distanceMm, double shiftPx) {}
