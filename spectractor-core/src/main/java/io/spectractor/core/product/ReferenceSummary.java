package io.spectractor.core.product;

/**
 * The reference that a spectrum was held against.
 *
 * @param origin known, template, replaced or none
 * @param name the star's name, or the stars that the templates are of with their shares; empty for none
 * @param misfit rms of the spectrum over the reference times a smooth factor, a fraction; NaN if it was not measured
 * @param redshift v/c of a template, as fitted; NaN for a known reference
 * @param redshiftErr its 1σ; NaN for a known reference
 * @param probability that features are the ones they were taken for, 0 to 1; NaN if it was not asked
 */
public record ReferenceSummary(
        String origin, String name, double misfit, double redshift, double redshiftErr, double probability) {
    /** Of an extraction that had none. */
    public static ReferenceSummary none() {
        return new ReferenceSummary("none", "", Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }
}
