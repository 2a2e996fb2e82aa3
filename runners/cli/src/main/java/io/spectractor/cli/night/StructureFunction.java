package io.spectractor.cli.night;

import io.spectractor.plot.CurvePlot;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * How much water changes within some time: root mean square of the difference of pairs of one night, less what the quoted errors
 * add, in steps of a factor of 2 in time.
 *
 * @param lags pairs, by their lag
 */
record StructureFunction(List<Lag> lags) {
    private static final double MINUTES = 1440;
    private static final int FEWEST = 5;

    /**
     * Pairs of about one lag.
     *
     * @param minutes mean lag
     * @param pairs how many
     * @param raw root mean square of the differences, mm
     * @param error of it, as if the pairs were independent
     * @param noiseSubtracted the same with the quoted noise subtracted in quadrature, mm; 0 where the noise explains all of it
     */
    record Lag(double minutes, int pairs, double raw, double error, double noiseSubtracted) {}

    static StructureFunction of(NightTable table) {
        List<Lag> lags = new ArrayList<>();
        for (double from = 1; from < MINUTES; from *= 2) {
            double lag = 0;
            double square = 0;
            double noise = 0;
            int count = 0;
            for (LocalDate night : table.nights()) {
                List<NightTable.Row> rows = table.of(night);
                for (int i = 0; i < rows.size(); i++) {
                    for (int j = 0; j < i; j++) {
                        double t = MINUTES * (rows.get(i).mjd() - rows.get(j).mjd());
                        double d = rows.get(i).pwv().value() - rows.get(j).pwv().value();
                        if (t >= from && t < 2 * from && Double.isFinite(d)) {
                            lag += t;
                            square += d * d;
                            noise += Math.pow(rows.get(i).pwv().error(), 2)
                                    + Math.pow(rows.get(j).pwv().error(), 2);
                            count++;
                        }
                    }
                }
            }
            if (count >= FEWEST) {
                double raw = Math.sqrt(square / count);
                double noiseSubtracted = Math.sqrt(Math.max(0, (square - noise) / count));
                lags.add(new Lag(lag / count, count, raw, raw / Math.sqrt(2.0 * count), noiseSubtracted));
            }
        }
        return new StructureFunction(lags);
    }

    /** Whether the water was let change at all: of a fit with one value for the night, nothing can be said. */
    boolean any() {
        return lags.size() > 1 && lags.stream().anyMatch(l -> l.raw() > 0);
    }

    byte[] png() throws IOException {
        double[] x = lags.stream().mapToDouble(l -> Math.log10(l.minutes())).toArray();
        return CurvePlot.png(
                "Structure function of PWV: points as measured, line without the quoted noise",
                "",
                List.of(new CurvePlot.Panel(
                        "log10 of the time between (minutes)",
                        "rms difference (mm)",
                        List.of(
                                new CurvePlot.Curve(
                                        x,
                                        lags.stream().mapToDouble(Lag::raw).toArray(),
                                        lags.stream().mapToDouble(Lag::error).toArray(),
                                        Double.NaN,
                                        false),
                                new CurvePlot.Curve(
                                        x,
                                        lags.stream()
                                                .mapToDouble(Lag::noiseSubtracted)
                                                .toArray(),
                                        new double[0],
                                        Double.NaN,
                                        true)))));
    }
}
