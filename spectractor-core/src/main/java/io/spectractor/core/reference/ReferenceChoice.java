package io.spectractor.core.reference;

import io.spectractor.core.optics.TabulatedCurve;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The reference that a spectrum is held against, and where it says that the wavelengths are.
 *
 * @param origin where it is from
 * @param label in words: a star's name, or the stars it is mixed of with their shares
 * @param sed energy distribution as observed, erg/s/cm²/nm or in any unit; null if there is none
 * @param redshift of a template, 0 otherwise
 * @param redshiftErr its 1σ
 * @param place where the features say that the wavelengths are, or null if they say nothing
 * @param probability that the features are the ones they were taken for, 0 to 1
 * @param misfit rms of spectrum over reference and smooth factor, less what noise explains; a fraction
 * @param alternatives single templates by whose differences the reference may be wrong
 */
public record ReferenceChoice(
        Origin origin,
        String label,
        @Nullable TabulatedCurve sed,
        double redshift,
        double redshiftErr,
        @Nullable Place place,
        double probability,
        double misfit,
        List<Alternative> alternatives) {
    public ReferenceChoice {
        alternatives = List.copyOf(alternatives);
    }

    /** No reference. */
    public static ReferenceChoice none() {
        return new ReferenceChoice(Origin.NONE, "", null, 0, 0, null, 0, Double.NaN, List.of());
    }

    /** The same from elsewhere. */
    ReferenceChoice as(Origin other) {
        return new ReferenceChoice(other, label, sed, redshift, redshiftErr, place, probability, misfit, alternatives);
    }

    /** Of a known energy distribution: it needs no place and no templates. */
    ReferenceChoice known() {
        return new ReferenceChoice(Origin.KNOWN, label, sed, 0, 0, null, 1, misfit, List.of());
    }

    /**
     * Where the wavelengths are.
     *
     * @param distanceMm distance from disperser to CCD, mm
     * @param shiftPx shift of the origin of the dispersion, px
     * @param covariance of distance, shift and redshift (mm, px, 1), 3 × 3 by rows
     */
    public record Place(double distanceMm, double shiftPx, double[] covariance) {}

    /**
     * Another star that the target resembles: one standard deviation of the reference, in a direction of its own.
     *
     * @param sed its energy distribution, in any unit
     * @param share how much of its difference from the reference, in detail that the image does not resolve, is that deviation
     * @param distanceMm how far the distance to the detector is off by it, mm
     * @param shiftPx how far the shift of the dispersion's origin is off by it, px
     */
    public record Alternative(TabulatedCurve sed, double share, double distanceMm, double shiftPx) {}

    /** Where a reference is from. */
    public enum Origin {
        /** The target's own energy distribution. */
        KNOWN,
        /** Templates, because the target has no energy distribution. */
        TEMPLATE,
        /** Templates, because the target's own energy distribution does not fit. */
        REPLACED,
        /** Lines in emission, each of them free. */
        LINES,
        /** None: the spectrum shows nothing to choose by. */
        NONE
    }
}
