package io.spectractor.cli.night;

import io.spectractor.core.fit.RobustStatistics;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * How well a quantity repeats: against the line between the spectra before and after of the same night, and between spectra
 * within two minutes.
 *
 * @param neighbours number of spectra with neighbours
 * @param sigma standard deviation from the line between them, times sqrt(2/3) for what the neighbours' own noise adds
 * @param mad the same from the median absolute deviation
 * @param pull root mean square of the deviation in its quoted error
 * @param pairs number of pairs within two minutes
 * @param pairSigma root mean square of their difference over sqrt 2
 */
record Repeatability(int neighbours, double sigma, double mad, double pull, int pairs, double pairSigma) {
    private static final double TWO_MINUTES = 2.0 / 1440;
    private static final double NOISE_OF_THREE = Math.sqrt(2.0 / 3);

    /** Whose neighbours count. */
    enum Stars {
        /** Those of every spectrum. */
        ANY,
        /** Where both neighbours are of the spectrum's own star: noise, and what changes with time. */
        SAME,
        /** Where one of them is of another star: what stars and places in the sky add to it. */
        CHANGING;

        private boolean counts(NightTable.Row spectrum, NightTable.Row... neighbours) {
            boolean same = true;
            for (NightTable.Row n : neighbours) {
                same &= n.target().equals(spectrum.target());
            }
            return this == ANY || same == (this == SAME);
        }
    }

    static Repeatability of(NightTable table, Function<NightTable.Row, NightTable.Value> quantity, Stars stars) {
        List<Double> off = new ArrayList<>();
        double pulls = 0;
        double pairs = 0;
        int pairCount = 0;
        for (LocalDate night : table.nights()) {
            List<NightTable.Row> rows = table.of(night).stream()
                    .filter(r -> Double.isFinite(quantity.apply(r).value()))
                    .toList();
            for (int i = 0; i < rows.size(); i++) {
                if (i > 0
                        && rows.get(i).mjd() - rows.get(i - 1).mjd() < TWO_MINUTES
                        && stars.counts(rows.get(i), rows.get(i - 1))) {
                    double d = quantity.apply(rows.get(i)).value()
                            - quantity.apply(rows.get(i - 1)).value();
                    pairs += d * d / 2;
                    pairCount++;
                }
                if (i > 0 && i < rows.size() - 1 && stars.counts(rows.get(i), rows.get(i - 1), rows.get(i + 1))) {
                    NightTable.Row a = rows.get(i - 1);
                    NightTable.Row b = rows.get(i);
                    NightTable.Row c = rows.get(i + 1);
                    double t = c.mjd() > a.mjd() ? (b.mjd() - a.mjd()) / (c.mjd() - a.mjd()) : 0.5;
                    NightTable.Value na = quantity.apply(a);
                    NightTable.Value nb = quantity.apply(b);
                    NightTable.Value nc = quantity.apply(c);
                    double d = nb.value() - (1 - t) * na.value() - t * nc.value();
                    double variance = square(nb.error()) + square((1 - t) * na.error()) + square(t * nc.error());
                    off.add(d * NOISE_OF_THREE);
                    pulls += variance > 0 ? d * d / variance : 0;
                }
            }
        }
        double[] d = off.stream().mapToDouble(Double::doubleValue).toArray();
        double sum = 0;
        double[] sizes = new double[d.length];
        double middle = d.length == 0 ? 0 : RobustStatistics.median(d);
        for (int i = 0; i < d.length; i++) {
            sum += d[i] * d[i];
            sizes[i] = Math.abs(d[i] - middle);
        }
        return new Repeatability(
                d.length,
                d.length == 0 ? Double.NaN : Math.sqrt(sum / d.length),
                d.length == 0 ? Double.NaN : RobustStatistics.MAD_TO_SIGMA * RobustStatistics.median(sizes),
                d.length == 0 ? Double.NaN : Math.sqrt(pulls / d.length),
                pairCount,
                pairCount == 0 ? Double.NaN : Math.sqrt(pairs / pairCount));
    }

    private static double square(double x) {
        return x * x;
    }
}
