package io.spectractor.core.reference;

import io.spectractor.core.reference.ReferenceChoice.Alternative;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/**
 * By which other templates the best one may be wrong, in detail and in its place. What an image does not resolve is taken to be
 * wrong in proportion to what it does: where another template misses the spectrum by much more than the best, little of its
 * difference is an error of the best.
 */
final class Alternatives {
    private static final int MOST = 4;

    private Alternatives() {}

    /**
     * The single templates that explain the spectrum best where the best one does.
     *
     * @param best the chosen template, single or mixed
     * @param templates candidates
     * @param freedom columns that count, less the coefficients of the smooth factor
     * @param chi2 of a template at the place of the best
     * @param refine finds the best place of a template near that of the best
     */
    static List<Alternative> of(
            Hypothesis best,
            List<StarTemplate> templates,
            int freedom,
            ToDoubleFunction<StarTemplate> chi2,
            UnaryOperator<Hypothesis> refine) {
        record Single(StarTemplate template, double chi2) {}
        List<Single> nearest = templates.stream()
                .filter(t -> !t.name().equals(best.template().name()))
                .map(t -> new Single(t, chi2.applyAsDouble(t)))
                .sorted(Comparator.comparingDouble(Single::chi2))
                .limit(MOST)
                .toList();
        double own = Math.max(best.chi2(), freedom);
        List<Alternative> out = new ArrayList<>();
        for (Single single : nearest) {
            Hypothesis place = refine.apply(best.with(single.template()));
            double moved = place.distanceMm() - best.distanceMm();
            // a place further away is another solution, whose probability is told elsewhere
            double same = Math.abs(moved) < TemplateScan.SAME_MM ? share(own, place.chi2(), nearest.size()) : 0;
            // bending by what is resolved brings a cool star no nearer in what is not: bands differ line by line
            double likeness = best.template().isCool() ? own : single.chi2();
            out.add(new Alternative(
                    single.template().sed(best.redshift()),
                    share(own, likeness, nearest.size()),
                    same * moved,
                    same * (place.shiftPx() - best.shiftPx())));
        }
        return out;
    }

    private static double share(double own, double chi2, int of) {
        return Math.sqrt(Math.min(1, own / chi2) / of);
    }
}
