package io.spectractor.calib;

import io.spectractor.core.optics.TabulatedCurve;

/**
 * A band of a photometric system: the share of photons that is counted, against wavelength in nm; only its shape matters.
 *
 * @param name e.g. g, or BP
 * @param above for light as it is above the atmosphere: with the air of the system in it, if the system has one
 * @param below for light as it arrives under the air: without air
 */
public record PassBand(String name, TabulatedCurve above, TabulatedCurve below) {}
