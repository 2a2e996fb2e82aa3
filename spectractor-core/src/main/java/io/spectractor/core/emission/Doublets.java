package io.spectractor.core.emission;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Pairs of lines whose ratio is known, most of them from the same upper level, where it is that of their transition
 * probabilities: where an image is too coarse for both, the fainter one comes with the brighter one.
 */
final class Doublets {
    /** How near a wavelength has to be to one of these, relative. */
    private static final double SAME = 2e-5;

    /** @param share light of the fainter line over that of the brighter one, in energy */
    private record Pair(double brighterNm, double fainterNm, double share) {}

    /**
     * [O III] and [N II]: Storey and Zeippen 2000, MNRAS 312, 813: 2.98 and 3.05. The yellow pair of mercury: relative intensities
     * of the NIST Atomic Spectra Database, 240 and 280.
     */
    private static final List<Pair> PAIRS = List.of(
            new Pair(500.684, 495.891, 1 / 2.98),
            new Pair(658.345, 654.805, 1 / 3.05),
            new Pair(579.066, 576.960, 240.0 / 280));

    private final double redshift;

    Doublets(double redshift) {
        this.redshift = redshift;
    }

    /** Wavelength of the fainter partner of a line, nm, if it has one. */
    OptionalDouble partner(double lambdaNm) {
        return PAIRS.stream()
                .filter(p -> same(p.brighterNm(), lambdaNm))
                .mapToDouble(p -> p.fainterNm() * (1 + redshift))
                .findFirst();
    }

    /** Wavelength of the brighter partner of a line, nm, if it is the fainter one of a pair. */
    OptionalDouble brighterPartner(double lambdaNm) {
        return PAIRS.stream()
                .filter(p -> same(p.fainterNm(), lambdaNm))
                .mapToDouble(p -> p.brighterNm() * (1 + redshift))
                .findFirst();
    }

    /** Wavelength of the fainter partner of a line, nm, if it has one that is not in a list. */
    OptionalDouble missingPartner(double lambdaNm, double[] listNm) {
        OptionalDouble partner = partner(lambdaNm);
        if (partner.isPresent()) {
            for (double other : listNm) {
                if (Math.abs(other / partner.getAsDouble() - 1) < SAME) {
                    return OptionalDouble.empty();
                }
            }
        }
        return partner;
    }

    /** Light of the partner over that of the line, in energy. */
    double share(double lambdaNm) {
        return PAIRS.stream()
                .filter(p -> same(p.brighterNm(), lambdaNm))
                .mapToDouble(Pair::share)
                .findFirst()
                .orElse(0);
    }

    private boolean same(double restNm, double lambdaNm) {
        return Math.abs(lambdaNm / (restNm * (1 + redshift)) - 1) < SAME;
    }
}
