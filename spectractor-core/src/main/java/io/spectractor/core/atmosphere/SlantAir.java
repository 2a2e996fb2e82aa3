package io.spectractor.core.atmosphere;

import org.jspecify.annotations.Nullable;

/**
 * The air along one line of sight: airmass and pressure are given, the rest may change. Made by
 * {@link AtmosphereModel#slant}. Immutable, safe for threads.
 */
public interface SlantAir {
    /** Place of the slope with respect to the ozone column, 1/DU. */
    int OZONE = 0;

    /** Place of the slope with respect to the aerosols' optical depth. */
    int AEROSOLS = 1;

    /** Place of the slope with respect to the Ångström exponent. */
    int ANGSTROM = 2;

    /** Place of the slope with respect to the precipitable water, 1/mm. */
    int WATER = 3;

    /**
     * Transmission and its slopes at the nodes of the model.
     *
     * @param p state of the air; its airmass and pressure must be those of the line of sight
     * @param transmission filled, a value per node
     * @param slopes filled, [{@link #OZONE} to {@link #WATER}][node]; a row that is null is not wanted; may be empty
     * @throws IllegalArgumentException if a parameter is out of its range
     */
    void at(AtmosphereParameters p, double[] transmission, double[] @Nullable [] slopes);
}
