package io.spectractor.core.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Adds to the best template, one after the other, the share of the one that improves the fit most, as long as it improves
 * it by more than chance would.
 */
final class TemplateMixture {
    private static final int MOST = 4;
    private static final double[] SHARES = {0.1, 0.2, 0.35, 0.5, 0.7};
    /** Decrease of χ², in its scale, that a template must bring. */
    private static final double WORTH = 8;

    private TemplateMixture() {}

    /**
     * @param start the best single template
     * @param others candidates for the mixture
     * @param scale variance of the columns over what their errors say
     */
    static StarTemplate of(
            Hypothesis start, List<StarTemplate> others, ColumnModel model, SmoothFactor factor, double scale) {
        double[] edges = model.edgesNm(start.distanceMm(), start.shiftPx());
        List<double[]> lights = new ArrayList<>();
        for (StarTemplate t : others) {
            lights.add(ColumnModel.light(model.seen(t, start.redshift()), edges));
        }
        StarTemplate best = start.template();
        double[] light = ColumnModel.light(model.seen(best, start.redshift()), edges);
        double chi2 = factor.chi2(light);
        for (int round = 1; round < MOST; round++) {
            StarTemplate next = best;
            boolean better = false;
            double[] nextLight = light;
            double nextChi2 = chi2 - WORTH * scale;
            for (int k = 0; k < lights.size(); k++) {
                double match = match(light, lights.get(k));
                for (double share : SHARES) {
                    double[] mixed = mixed(light, lights.get(k), share, match);
                    double c = factor.chi2(mixed);
                    if (c < nextChi2) {
                        nextChi2 = c;
                        better = true;
                        nextLight = mixed;
                        next = mixed(best, others.get(k), share, match);
                    }
                }
            }
            if (!better) {
                break;
            }
            best = next;
            light = nextLight;
            chi2 = nextChi2;
        }
        return best;
    }

    /** Factor by which the second has the light of the first. */
    private static double match(double[] a, double[] b) {
        double sumA = 0;
        double sumB = 0;
        for (int i = 0; i < a.length; i++) {
            sumA += a[i];
            sumB += b[i];
        }
        return sumA / Math.max(sumB, 1e-300);
    }

    private static double[] mixed(double[] a, double[] b, double share, double match) {
        double[] out = new double[a.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (1 - share) * a[i] + share * match * b[i];
        }
        return out;
    }

    private static StarTemplate mixed(StarTemplate a, StarTemplate b, double share, double match) {
        Set<String> stars = new TreeSet<>(a.stars());
        stars.addAll(b.stars());
        return new StarTemplate(
                String.format(Locale.ROOT, "%.2f (%s) + %.2f %s", 1 - share, a.name(), share, b.name()),
                stars,
                TemplateGrid.normalised(mixed(a.flux(), b.flux(), share, match)));
    }
}
