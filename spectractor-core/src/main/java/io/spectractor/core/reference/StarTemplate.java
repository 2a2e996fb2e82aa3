package io.spectractor.core.reference;

import io.spectractor.core.optics.TabulatedCurve;
import java.util.Arrays;
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

    /** Flux at 850 nm over that at 550 nm of a black body of 3600 K, between types K and M; bands make it more. */
    private static final double COOL_RATIO = 1.5;

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
     * The star between two, or beyond one of them: the weighted geometric mean of both spectra.
     *
     * @param share of the second, 0 to 1 between them, greater beyond it, less beyond the first
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
        String name = b.name.isEmpty()
                ? String.format(Locale.ROOT, "(%s, lines x %.2f)", a.name, 1 - share)
                : String.format(Locale.ROOT, "(%s..%s %.2f)", a.name, b.name, share);
        return new StarTemplate(name, stars, TemplateGrid.normalised(flux));
    }

    /**
     * The light of two stars together.
     *
     * @param share of the second
     * @param match factor by which the second has the light of the first
     */
    static StarTemplate sum(StarTemplate a, StarTemplate b, double share, double match) {
        Set<String> stars = new TreeSet<>(a.stars);
        stars.addAll(b.stars);
        double[] flux = new double[TemplateGrid.SIZE];
        for (int i = 0; i < flux.length; i++) {
            flux[i] = (1 - share) * a.flux[i] + share * match * b.flux[i];
        }
        return new StarTemplate(
                String.format(Locale.ROOT, "(%.2f %s + %.2f %s)", 1 - share, a.name, share, b.name),
                stars,
                TemplateGrid.normalised(flux));
    }

    /** Whether it is a star of type M: bands that depend on temperature, gravity and abundances, and little light in the green. */
    boolean isCool() {
        return mean(800, 900) > COOL_RATIO * mean(500, 600);
    }

    private double mean(double fromNm, double toNm) {
        double sum = 0;
        int n = 0;
        for (int i = 0; i < flux.length; i++) {
            double lambda = TemplateGrid.lambdaNm(i);
            if (lambda >= fromNm && lambda <= toNm) {
                sum += flux[i];
                n++;
            }
        }
        return sum / n;
    }

    /** A star without lines. */
    static StarTemplate withoutLines() {
        double[] one = new double[TemplateGrid.SIZE];
        Arrays.fill(one, 1);
        return new StarTemplate("", Set.of(), one);
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
