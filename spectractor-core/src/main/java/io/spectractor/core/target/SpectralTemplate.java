package io.spectractor.core.target;

import io.spectractor.core.optics.TabulatedCurve;

/**
 * The spectrum of a kind of star, which is no target.
 *
 * @param name for users, e.g. {@code PyHammer M5}
 * @param kind in words, e.g. {@code M5 dwarf}
 * @param sed energy flux at rest over wavelength in vacuum, in any unit
 */
public record SpectralTemplate(String name, String kind, TabulatedCurve sed) {}
