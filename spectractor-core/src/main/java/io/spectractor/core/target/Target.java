package io.spectractor.core.target;

import io.spectractor.core.optics.TabulatedCurve;
import org.jspecify.annotations.Nullable;

/**
 * A target of the catalogue.
 *
 * @param name name as in CALSPEC or SIMBAD, e.g. HD111980
 * @param kind decides the line list and whether lines are in emission
 * @param rightAscensionDeg ICRS, degrees, epoch 2000
 * @param declinationDeg ICRS, degrees, epoch 2000
 * @param redshift z; 0 when unknown
 * @param sed spectral energy distribution above the atmosphere, erg/s/cm²/nm, or null when unknown
 * @param sedOrigin where it is from and how far it is measured, or null when nobody says
 * @param positionOrigin where the position comes from
 */
public record Target(
        String name,
        Kind kind,
        double rightAscensionDeg,
        double declinationDeg,
        double redshift,
        @Nullable TabulatedCurve sed,
        @Nullable SedOrigin sedOrigin,
        PositionOrigin positionOrigin) {

    /**
     * Where an energy distribution is from.
     *
     * @param source in words, e.g. CALSPEC mucol_stis_008
     * @param extrapolated whether its red end is a continuation and no measurement
     * @param noise statistical error of one row of the table as a fraction of the flux there, median between 400 and 900 nm;
     *     0 if nobody says
     */
    public record SedOrigin(String source, boolean extrapolated, double noise) {}

    /** A target whose energy distribution says nothing of itself. */
    public Target(
            String name,
            Kind kind,
            double rightAscensionDeg,
            double declinationDeg,
            double redshift,
            @Nullable TabulatedCurve sed) {
        this(name, kind, rightAscensionDeg, declinationDeg, redshift, sed, null);
    }

    /** A target of the calibration data. */
    public Target(
            String name,
            Kind kind,
            double rightAscensionDeg,
            double declinationDeg,
            double redshift,
            @Nullable TabulatedCurve sed,
            @Nullable SedOrigin sedOrigin) {
        this(name, kind, rightAscensionDeg, declinationDeg, redshift, sed, sedOrigin, PositionOrigin.CATALOGUE);
    }

    /** Where a position comes from. */
    public enum PositionOrigin {
        /** The calibration data. */
        CATALOGUE,
        /** A name resolver, such as CDS Sesame. */
        RESOLVER
    }

    /** Kinds of targets. */
    public enum Kind {
        STAR,
        PLANETARY_NEBULA,
        GALAXY,
        /** Mercury, or mercury and argon: no sky above it. */
        LAMP
    }
}
