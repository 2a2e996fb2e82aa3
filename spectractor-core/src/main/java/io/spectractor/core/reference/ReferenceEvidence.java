package io.spectractor.core.reference;

/**
 * What a spectrum says of its known reference, and of templates in its place.
 *
 * @param known χ² of the spectrum with the known reference and a smooth factor
 * @param other the same with the templates that explain it best
 * @param flat the same with a star without lines
 * @param norm squares of the spectrum over its errors
 * @param freedom columns that count, less the coefficients of the factor
 * @param knownSpread rms of the logarithm of the known reference's factor about its mean; 0 where the throughput was never
 *     measured
 * @param otherSpread the same of the templates', or of the best of them alone if that is less
 */
record ReferenceEvidence(
        double known, double other, double flat, double norm, int freedom, double knownSpread, double otherSpread) {
    /** χ², in its scale, by which templates must beat the known reference to replace it. */
    private static final double WRONG = 16;
    /**
     * Share of what the known reference leaves beyond noise that templates must take away: real spectra are off from every
     * star's by the same throughput and profile, and a mixture of templates takes some of that up (6 % of it for the real
     * HD111980). Noise does not count: of a faint spectrum a wrong reference leaves little else.
     */
    private static final double WRONG_GAIN = 0.25;
    /** Share of the light by which the known reference must miss the spectrum more than templates do. */
    private static final double WRONG_SHARE = 0.004;
    /** Share of what lines explain by which it must. */
    private static final double WRONG_LINES = 0.06;
    /**
     * Spread of the factor beyond which the reference has another colour than the star, whatever its lines: the
     * transmissions of air, telescope and disperser are known better.
     */
    private static final double OFF_COLOUR = 0.15;
    /** χ², in its scale, by which templates must beat a known reference of another colour. */
    private static final double NO_CHANCE = 4;
    /** Templates that are to have the right colour have at most this share of the known reference's spread. */
    private static final double BETTER_COLOUR = 0.5;

    /** Whether a spread is more than the instrument explains. */
    static boolean isOffColour(double spread) {
        return spread > OFF_COLOUR;
    }

    /** Whether another star's spectrum was given. */
    boolean isAgainstKnown() {
        double worse = known - other;
        double scale = Math.max(1, other / freedom);
        return linesAgainstKnown(worse, scale) || colourAgainstKnown(worse, scale);
    }

    private boolean linesAgainstKnown(double worse, double scale) {
        return worse >= WRONG * scale
                && worse >= WRONG_GAIN * (known - Math.min(freedom, other))
                && worse >= WRONG_SHARE * WRONG_SHARE * norm
                && worse >= WRONG_LINES * (flat - other);
    }

    private boolean colourAgainstKnown(double worse, double scale) {
        return worse >= NO_CHANCE * scale && isOffColour(knownSpread) && otherSpread < BETTER_COLOUR * knownSpread;
    }
}
