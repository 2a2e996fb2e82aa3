package io.spectractor.cli.night;

import io.spectractor.core.night.AtmosphereQuantity;
import io.spectractor.plot.TrianglePlot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The triangle plot of the chains: the air, and where it has too many values, its means over the night. */
final class ChainPlot {
    private static final int MOST = 8;

    private ChainPlot() {}

    static byte[] png(SamplingRun.Outcome sampling, JointRecord record) throws IOException {
        List<String> names =
                sampling.samples().stream().map(SamplingRun.Sampled::name).toList();
        List<TrianglePlot.Quantity> all = new ArrayList<>();
        List<TrianglePlot.Quantity> means = new ArrayList<>();
        for (AtmosphereQuantity q : AtmosphereQuantity.values()) {
            String unit = q.unit().isEmpty() ? "" : " (" + q.unit() + ")";
            List<Integer> columns = new ArrayList<>();
            for (int d = 0; d < names.size(); d++) {
                if (names.get(d).equals(q.label()) || names.get(d).startsWith(q.label() + " ")) {
                    columns.add(d);
                    all.add(quantity(names.get(d) + unit, sampling, List.of(d), fitted(record, List.of(names.get(d)))));
                }
            }
            List<String> of = columns.stream().map(names::get).toList();
            String label = (columns.size() > 1 ? "mean " : "") + q.label() + unit;
            means.add(quantity(label, sampling, columns, fitted(record, of)));
        }
        String title = String.format(
                Locale.ROOT,
                "%d chains of %d steps, split R-hat %.3f or less, %.0f independent samples or more; dashed: the fit%s",
                sampling.chains().accepted().length,
                sampling.chains().steps(),
                sampling.worst(),
                sampling.fewest(),
                sampling.agree() ? "" : "; THE CHAINS DO NOT AGREE");
        return TrianglePlot.png(title, all.size() <= MOST ? all : means);
    }

    private static TrianglePlot.Quantity quantity(
            String label, SamplingRun.Outcome sampling, List<Integer> columns, double fitted) {
        double[][][] chain = sampling.chains().chain();
        double[] samples = new double[chain.length * chain[0].length];
        for (int s = 0; s < chain.length; s++) {
            for (int c = 0; c < chain[s].length; c++) {
                for (int d : columns) {
                    samples[s * chain[s].length + c] += chain[s][c][d] / columns.size();
                }
            }
        }
        return new TrianglePlot.Quantity(label, samples, fitted);
    }

    /** Mean of the fitted values of parameters that are called as the chains call them. */
    private static double fitted(JointRecord record, List<String> names) {
        return record.parameters().stream()
                .filter(p -> names.contains(p.spectrum() == null ? p.name() : p.name() + " " + p.spectrum()))
                .mapToDouble(JointRecord.Parameter::value)
                .average()
                .orElse(Double.NaN);
    }
}
