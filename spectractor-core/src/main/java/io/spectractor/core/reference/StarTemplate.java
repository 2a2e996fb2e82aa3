package io.spectractor.core.reference;

import io.spectractor.core.optics.TabulatedCurve;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The spectrum of a kind of star, at rest. Immutable.
 *
 * @param name for users
 * @param stars names of the stars that it is made of
 * @param flux energy flux on the wavelengths of {@link TemplateGrid}, in units of its mean; not below zero
 */
record StarTemplate(String name, Set<String> stars, double[] flux) {
    /** Fainter wavelengths, in the mean, are noise. */
    private static final double FAINTEST = 1e-4;

    StarTemplate {
        stars = Set.copyOf(stars);
    }

    /** A star's spectrum brought to rest. */
    static StarTemplate of(String name, TabulatedCurve sed, double redshift) {
        double[] flux = new double[TemplateGrid.SIZE];
        for (int i = 0; i < flux.length; i++) {
            double lambda = TemplateGrid.lambdaNm(i) * (1 + redshift);
            // at its very ends a table is held
            flux[i] = Math.max(0, sed.at(Math.min(Math.max(lambda, sed.minNm()), sed.maxNm())));
        }
        return new StarTemplate(name, Set.of(name), TemplateGrid.normalised(flux));
    }

    /**
     * The star between two, or beyond the second: the weighted geometric mean of both spectra.
     *
     * @param share of the second, 0 to 1 between them, greater beyond it
     */
    static StarTemplate between(StarTemplate a, StarTemplate b, double share) {
        double[] flux = new double[TemplateGrid.SIZE];
        for (int i = 0; i < flux.length; i++) {
            double logA = Math.log(Math.max(a.flux[i], FAINTEST));
            double logB = Math.log(Math.max(b.flux[i], FAINTEST));
            flux[i] = Math.exp(logA + share * (logB - logA));
        }
        Set<String> stars = new TreeSet<>(a.stars);
        stars.addAll(b.stars);
        return new StarTemplate(
                String.format(Locale.ROOT, "%s..%s %.2f", a.name, b.name, share), stars, TemplateGrid.normalised(flux));
    }

    /** The energy distribution of such a star that moves. */
    TabulatedCurve sed(double redshift) {
        double[] lambda = TemplateGrid.lambdasNm();
        double[] moved = new double[lambda.length];
        for (int i = 0; i < lambda.length; i++) {
            double rest = lambda[i] / (1 + redshift);
            moved[i] = TemplateGrid.at(
                    flux, Math.min(Math.max(rest, lambda[0]), lambda[lambda.length - 1] - TemplateGrid.STEP_NM / 1000));
        }
        return new TabulatedCurve(lambda, moved, TabulatedCurve.Outside.HOLD);
    }
}
