package io.spectractor.core.product;

import org.jspecify.annotations.Nullable;

/**
 * The reference that a spectrum was held against. The names are also those of columns of the summary, beside all others.
 *
 * @param referenceOrigin known, template, replaced or none
 * @param referenceName the star's name, or the stars that the templates are of with their shares; null for none
 * @param referenceMisfit rms of the spectrum over the reference times a smooth factor, a fraction; NaN if it was not measured
 * @param fittedRedshift v/c of a template, as fitted; NaN for a known reference
 * @param fittedRedshiftErr its 1σ; NaN for a known reference
 * @param lineProbability that features are the ones they were taken for, 0 to 1; NaN if it was not asked
 */
public record ReferenceSummary(
        String referenceOrigin,
        @Nullable String referenceName,
        double referenceMisfit,
        double fittedRedshift,
        double fittedRedshiftErr,
        double lineProbability) {
    /** Of an extraction that had none. */
    public static ReferenceSummary none() {
        return new ReferenceSummary("none", null, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }
}
