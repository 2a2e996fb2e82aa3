package io.spectractor.cli.night;

import io.spectractor.core.night.AtmosphereQuantity;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** A joint fit in words. */
final class JointText {
    private JointText() {}

    /** Says which time variations the data refuse, and whether the chains are good for anything. */
    static void warn(JointRecord record, PrintStream err) {
        record.evidence().stream()
                .filter(e -> e.chosen() && e.refused())
                .forEach(e -> err.println("the data refuse " + e.quantity() + " " + e.variant() + ": "
                        + record.evidence().stream()
                                .filter(o -> o.quantity().equals(e.quantity()) && o.logEvidence() == 0)
                                .map(o -> o.variant() + " is likelier by " + ratio(-e.logEvidence()))
                                .findFirst()
                                .orElse("")));
        if (!agree(record)) {
            double worst = record.samples().stream()
                    .mapToDouble(SamplingRun.Sampled::rhat)
                    .max()
                    .orElse(1);
            Integer steps = record.steps();
            int made = steps == null ? 0 : steps;
            err.printf(
                    Locale.ROOT,
                    "spectractor: the chains do not agree yet (split R-hat %.3f after %d steps, wanted %.2f), so the result"
                            + " has no means and errors from them; the same command with --steps %d continues them%n",
                    worst,
                    made,
                    SamplingRun.AGREEMENT,
                    3 * made);
        }
    }

    /** Whether there are no chains, or those that there are agree. */
    static boolean agree(JointRecord record) {
        return record.samples().stream().allMatch(s -> s.mean() != null);
    }

    private static String ratio(double log) {
        return log > 300 ? "more than 1e130 to 1" : String.format(Locale.ROOT, "%.1e to 1", Math.exp(log));
    }

    /** Prints a result for people. */
    static void print(JointRecord record, Path text, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%d spectra together: chi2 %.1f for %d degrees of freedom%s%n",
                record.spectra().size(),
                record.chi2(),
                record.dof(),
                record.converged() ? "" : ", NOT CONVERGED");
        for (JointRecord.Parameter p : record.parameters()) {
            boolean air = p.spectrum() == null || isAir(p.name());
            if (air) {
                out.printf(
                        Locale.ROOT,
                        "  %-12s %10.4f %-14s %-5s %s%n",
                        p.name(),
                        p.value(),
                        p.error() == null ? "held" : String.format(Locale.ROOT, "+- %.4f", p.error()),
                        p.unit(),
                        p.spectrum() == null ? "" : p.spectrum());
            }
        }
        for (JointRecord.Evidence e : record.evidence()) {
            out.printf(
                    Locale.ROOT,
                    "  %-5s %-9s chi2 %10.1f / %d, ln evidence %8.1f%s%s%n",
                    e.quantity(),
                    e.variant(),
                    e.chi2(),
                    e.dof(),
                    e.logEvidence(),
                    e.chosen() ? "  taken" : "",
                    e.refused() ? "  refused" : "");
        }
        for (SamplingRun.Sampled s : record.samples()) {
            if (isAir(s.name())) {
                String value = s.mean() == null || s.sigma() == null
                        ? "no value, the chains do not agree"
                        : String.format(Locale.ROOT, "%.4f +- %.4f", s.mean(), s.sigma());
                out.printf(
                        Locale.ROOT,
                        "  sampled %-24s %s, R-hat %.3f, %.0f independent samples%n",
                        s.name(),
                        value,
                        s.rhat(),
                        s.effective());
            }
        }
        for (JointRecord.Outlier o : record.outliers()) {
            out.println("  outlier " + o.spectrum()
                    + (o.whole() ? "" : String.format(Locale.ROOT, " %.1f to %.1f nm", o.fromNm(), o.toNm())) + ": "
                    + o.reason());
        }
        for (Map.Entry<String, String> e : record.leftOut().entrySet()) {
            out.println("  left out " + e.getKey() + ": " + e.getValue());
        }
        out.println("  " + text);
    }

    private static boolean isAir(String name) {
        for (AtmosphereQuantity q : AtmosphereQuantity.values()) {
            if (name.startsWith(q.label())) {
                return true;
            }
        }
        return name.equals("angstrom");
    }
}
