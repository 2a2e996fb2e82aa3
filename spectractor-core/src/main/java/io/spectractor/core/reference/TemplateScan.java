package io.spectractor.core.reference;

import io.spectractor.core.fit.Deadline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds a spectrum against all templates over the whole prior of the distance. */
final class TemplateScan {
    /** Solutions nearer than this are one, mm. */
    static final double SAME_MM = 0.09;
    /** Range of the distance and steps in it, in its uncertainties. */
    private static final double RANGE_SIGMA = 4;

    private static final int STEPS_PER_SIGMA = 5;
    /** Every so many of these steps all templates are tried, at all of them so many. */
    private static final int ROUGH = 4;

    private static final int CLOSELY = 30;
    /** χ², in its scale, above the best beyond which a start is not refined. */
    private static final double HOPELESS = 400;
    /** Candidates that are refined. */
    private static final int REFINED = 8;

    private TemplateScan() {}

    /**
     * Templates at distances of the prior, the best first: each at some, and those that are best there at all of them.
     */
    static List<Hypothesis> of(
            ColumnModel model,
            SmoothFactor factor,
            double[] mean,
            double[] sigma,
            List<StarTemplate> templates,
            Deadline deadline) {
        int half = (int) (RANGE_SIGMA * STEPS_PER_SIGMA);
        double step = sigma[0] / STEPS_PER_SIGMA;
        List<double[]> edges = new ArrayList<>();
        List<SmoothFactor> factors = new ArrayList<>();
        for (int k = -half; k <= half; k++) {
            double[] there = model.edgesNm(Math.max(mean[0] + k * step, mean[0] / 10), 0);
            edges.add(there);
            factors.add(factor.with(model.bands(there)));
        }
        List<Scanned> rough = new ArrayList<>();
        for (StarTemplate template : templates) {
            deadline.check();
            double[] seen = model.seen(template, mean[2]);
            Hypothesis[] at = new Hypothesis[2 * half + 1];
            for (int k = -half; k <= half; k += ROUGH) {
                double u = (double) k / STEPS_PER_SIGMA;
                double chi2 = factors.get(k + half).chi2(ColumnModel.light(seen, edges.get(k + half)));
                at[k + half] = new Hypothesis(template, mean[0] + k * step, 0, mean[2], chi2 + u * u, new double[0]);
            }
            rough.add(new Scanned(template, seen, at));
        }
        rough.sort(Comparator.comparingDouble(Scanned::least));
        List<Hypothesis> scan = new ArrayList<>();
        for (int t = 0; t < rough.size(); t++) {
            deadline.check();
            Scanned one = rough.get(t);
            for (int k = -half; k <= half; k++) {
                Hypothesis known = one.at()[k + half];
                if (known != null) {
                    scan.add(known);
                } else if (t < CLOSELY) {
                    double u = (double) k / STEPS_PER_SIGMA;
                    double chi2 = factors.get(k + half).chi2(ColumnModel.light(one.seen(), edges.get(k + half)));
                    scan.add(new Hypothesis(
                            one.template(), mean[0] + k * step, 0, mean[2], chi2 + u * u, new double[0]));
                }
            }
        }
        scan.sort(Comparator.comparingDouble(Hypothesis::chi2));
        return scan;
    }

    /** A template as it is seen, at some of the distances. */
    private record Scanned(
            StarTemplate template, double[] seen, @Nullable Hypothesis[] at) {
        double least() {
            double least = Double.POSITIVE_INFINITY;
            for (Hypothesis h : at) {
                least = h == null ? least : Math.min(least, h.chi2());
            }
            return least;
        }
    }

    /** The best candidates, of one template no two that are the same place. */
    static List<Hypothesis> starts(List<Hypothesis> sorted, double scale) {
        List<Hypothesis> starts = new ArrayList<>();
        for (Hypothesis h : sorted) {
            boolean seen = starts.stream()
                    .anyMatch(s -> s.template().name().equals(h.template().name())
                            && Math.abs(s.distanceMm() - h.distanceMm()) < SAME_MM);
            if (!seen) {
                starts.add(h);
            }
            if (starts.size() == REFINED || h.chi2() > sorted.get(0).chi2() + HOPELESS * scale) {
                break;
            }
        }
        return starts;
    }
}
