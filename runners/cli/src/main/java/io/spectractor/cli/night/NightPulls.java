package io.spectractor.cli.night;

import io.spectractor.core.fit.RobustStatistics;
import io.spectractor.core.night.JointResult.Measured;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How far from the truth the joint fits of simulated nights are, in their errors. */
public final class NightPulls {
    private static final double GOOD = 3;

    private final Map<String, List<Double>> pulls = new LinkedHashMap<>();
    private int converged;
    private int nights;
    private int lost;

    void add(String quantity, Measured m, double truth) {
        // what ended at an edge of its range has no error
        if (m.error() > 0) {
            pulls.computeIfAbsent(quantity, q -> new ArrayList<>()).add((m.value() - truth) / m.error());
        }
    }

    void night(boolean settled) {
        nights++;
        converged += settled ? 1 : 0;
    }

    void lost(int frames) {
        lost += frames;
    }

    /** Whether all nights were fitted. */
    public boolean complete() {
        return converged == nights;
    }

    /** The figures as Markdown. */
    public String table() {
        StringBuilder out = new StringBuilder(
                "| | values | within 3 sigma | pull width | with tails | mean pull |\n|---|---|---|---|---|---|\n");
        List<Double> all = new ArrayList<>();
        pulls.forEach((quantity, values) -> {
            out.append(row(quantity, values));
            all.addAll(values);
        });
        out.append(row("all", all));
        out.append(String.format(
                Locale.ROOT, "%n%d of %d nights fitted, %d frames without spectrum%n", converged, nights, lost));
        return out.toString();
    }

    private static String row(String name, List<Double> values) {
        double[] v = values.stream().mapToDouble(Double::doubleValue).toArray();
        return String.format(
                Locale.ROOT,
                "| %s | %d | %.1f %% | %.2f | %.2f | %.2f |%n",
                name,
                v.length,
                100.0 * Arrays.stream(v).filter(p -> Math.abs(p) < GOOD).count() / Math.max(1, v.length),
                v.length == 0 ? Double.NaN : RobustStatistics.madSigma(v),
                Math.sqrt(Arrays.stream(v).map(p -> p * p).average().orElse(Double.NaN)),
                Arrays.stream(v).average().orElse(Double.NaN));
    }
}
