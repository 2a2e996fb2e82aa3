package io.spectractor.core.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Mixes to the best template, one after the other, the share of the one that improves the fit most, as long as it improves
 * it by more than chance would.
 *
 * <p>A mixture is a weighted sum, the light of two stars, or a weighted geometric mean, a star between two or beyond one of
 * them: bands of molecules deepen along the sequence by factors. A geometric mean with a star without lines has all lines
 * deeper or shallower.
 */
final class TemplateMixture {
    private static final int MOST = 4;
    private static final double[] SUMS = {0.1, 0.2, 0.35, 0.5, 0.7};
    /** A star without lines is no second star. */
    private static final double[] NONE = {};

    private static final double[] MEANS = {-0.4, -0.25, -0.12, 0.12, 0.25, 0.4, 0.6};
    /** Decrease of χ², in its scale, that a template must bring. */
    private static final double WORTH = 8;
    /** Templates that are tried: those that explain the spectrum best alone. */
    private static final int TRIED = 40;
    /** Light below this share of the mean, in a column, has no logarithm. */
    private static final double FAINTEST = 1e-4;

    private final ColumnModel model;
    private final SmoothFactor factor;
    private final double[] edges;
    private final double redshift;

    private TemplateMixture(ColumnModel model, SmoothFactor factor, double[] edges, double redshift) {
        this.model = model;
        this.factor = factor;
        this.edges = edges;
        this.redshift = redshift;
    }

    /**
     * A template and its light in the columns.
     *
     * @param light in units of its mean
     * @param mean of the light
     */
    private record Candidate(StarTemplate template, double[] light, double mean, double chi2) {}

    /**
     * @param start the best single template
     * @param others candidates for the mixture
     * @param scale variance of the columns over what their errors say
     */
    static StarTemplate of(
            Hypothesis start, List<StarTemplate> others, ColumnModel model, SmoothFactor factor, double scale) {
        double[] edges = model.edgesNm(start.distanceMm(), start.shiftPx());
        TemplateMixture mixture = new TemplateMixture(model, factor.with(model.bands(edges)), edges, start.redshift());
        List<Candidate> candidates = new ArrayList<>();
        for (StarTemplate t : others) {
            candidates.add(mixture.candidate(t));
        }
        candidates.sort(Comparator.comparingDouble(Candidate::chi2));
        List<Candidate> tried = new ArrayList<>(candidates.subList(0, Math.min(TRIED, candidates.size())));
        tried.add(mixture.candidate(StarTemplate.withoutLines()));
        Candidate best = mixture.candidate(start.template());
        for (int round = 1; round < MOST; round++) {
            Candidate better = mixture.better(best, tried, WORTH * scale);
            if (better.chi2() > best.chi2() - WORTH * scale / 2) {
                break;
            }
            best = better;
        }
        return best.template();
    }

    private Candidate candidate(StarTemplate template) {
        double[] light = ColumnModel.light(model.seen(template, redshift), edges);
        double sum = 0;
        for (double v : light) {
            sum += v;
        }
        double mean = Math.max(sum / light.length, 1e-300);
        double[] over = Arrays.stream(light).map(v -> v / mean).toArray();
        return new Candidate(template, over, mean, factor.chi2(over));
    }

    /** The best mixture of one with another, or the one itself if none is better by so much. */
    private Candidate better(Candidate one, List<Candidate> others, double worth) {
        StarTemplate best = one.template();
        double least = one.chi2() - worth;
        for (Candidate other : others) {
            for (double share : other.template().name().isEmpty() ? NONE : SUMS) {
                double c = factor.chi2(sum(one.light(), other.light(), share));
                if (c < least) {
                    least = c;
                    best = StarTemplate.sum(one.template(), other.template(), share, one.mean() / other.mean());
                }
            }
            double[] log = log(one.light(), other.light());
            for (double share : MEANS) {
                double c = factor.chi2(mean(one.light(), log, share));
                if (c < least) {
                    least = c;
                    best = StarTemplate.between(one.template(), other.template(), share);
                }
            }
        }
        return candidate(best);
    }

    private static double[] sum(double[] a, double[] b, double share) {
        double[] out = new double[a.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (1 - share) * a[i] + share * b[i];
        }
        return out;
    }

    /** @param log logarithm of the light of the other over that of this one */
    private static double[] mean(double[] a, double[] log, double share) {
        double[] out = new double[a.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = a[i] * Math.exp(share * log[i]);
        }
        return out;
    }

    private static double[] log(double[] a, double[] b) {
        double[] out = new double[a.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = Math.log(Math.max(b[i], FAINTEST) / Math.max(a[i], FAINTEST));
        }
        return out;
    }
}
