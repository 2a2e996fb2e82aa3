package io.spectractor.cli.night;

import io.spectractor.batch.report.Html;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** What was measured less what MERRA-2 has at that time: of all spectra, and of the means of the nights. */
final class ReanalysisComparison {
    private final NightTable table;
    private final Merra2Table merra;

    ReanalysisComparison(NightTable table, Merra2Table merra) {
        this.table = table;
        this.merra = merra;
    }

    /**
     * How a quantity compares.
     *
     * @param count of values
     * @param mean of the differences
     * @param sigma standard deviation of the differences
     * @param correlation of the two; NaN if one of them never changes
     */
    record Difference(int count, double mean, double sigma, double correlation) {
        /** Of pairs of measured value and MERRA-2's. */
        static Difference of(List<double[]> pairs) {
            int n = pairs.size();
            double mx = pairs.stream().mapToDouble(p -> p[0]).average().orElse(Double.NaN);
            double my = pairs.stream().mapToDouble(p -> p[1]).average().orElse(Double.NaN);
            double xx = 0;
            double yy = 0;
            double xy = 0;
            for (double[] p : pairs) {
                xx += (p[0] - mx) * (p[0] - mx);
                yy += (p[1] - my) * (p[1] - my);
                xy += (p[0] - mx) * (p[1] - my);
            }
            double scatter = n > 1 ? Math.sqrt((xx + yy - 2 * xy) / (n - 1)) : Double.NaN;
            return new Difference(n, mx - my, scatter, xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : Double.NaN);
        }
    }

    /** Writes the section; nothing where MERRA-2 was not given or has nothing at these times. */
    void write(Html html) {
        if (of(at("TQV"), NightTable.Row::pwv).isEmpty()
                && of(at("TO3"), NightTable.Row::ozone).isEmpty()) {
            return;
        }
        html.element("h2", "Against MERRA-2");
        html.element(
                "p",
                "Measured less MERRA-2 interpolated in time. Spectra of a night are not independent: the second line of each"
                        + " quantity compares means of the nights. MERRA-2's ground is not that of the telescope: where its surface"
                        + " pressure is given, its water is also scaled to the pressure at the telescope.");
        html.open("table").open("tr");
        for (String h : List.of("quantity", "of", "number", "mean difference", "sigma", "correlation")) {
            html.element("th", h);
        }
        html.close();
        lines(html, "PWV (mm)", at("TQV"), NightTable.Row::pwv, 2);
        lines(
                html,
                "PWV (mm), above the telescope",
                r -> merra.waterAbove(r.mjd(), r.pressureHPa()),
                NightTable.Row::pwv,
                2);
        lines(html, "ozone (DU)", at("TO3"), NightTable.Row::ozone, 1);
        lines(html, "aerosols", at("TOTEXTTAU"), NightTable.Row::vaod, 3);
        html.close();
    }

    private void lines(
            Html html,
            String label,
            ToDoubleFunction<NightTable.Row> known,
            Function<NightTable.Row, NightTable.Value> quantity,
            int decimals) {
        List<List<double[]>> nights = of(known, quantity);
        if (nights.isEmpty()) {
            return;
        }
        List<double[]> spectra = nights.stream().flatMap(List::stream).toList();
        List<double[]> means = nights.stream()
                .map(night -> new double[] {
                    night.stream().mapToDouble(p -> p[0]).average().orElse(Double.NaN),
                    night.stream().mapToDouble(p -> p[1]).average().orElse(Double.NaN)
                })
                .toList();
        line(html, label, "spectra", Difference.of(spectra), decimals);
        line(html, label, "nights", Difference.of(means), decimals);
    }

    private static void line(Html html, String label, String of, Difference d, int decimals) {
        html.open("tr").element("td", label, "class", "t").element("td", of, "class", "t");
        html.element("td", String.valueOf(d.count()))
                .element("td", NightReport.number(d.mean(), decimals))
                .element("td", NightReport.number(d.sigma(), decimals))
                .element("td", NightReport.number(d.correlation(), 2))
                .close();
    }

    /** A column of MERRA-2 at the time of a spectrum. */
    private ToDoubleFunction<NightTable.Row> at(String name) {
        return r -> merra.at(name, r.mjd());
    }

    /** Pairs of measured value and MERRA-2's, night by night; nights without any are missing. */
    private List<List<double[]>> of(
            ToDoubleFunction<NightTable.Row> known, Function<NightTable.Row, NightTable.Value> quantity) {
        List<List<double[]>> nights = new ArrayList<>();
        for (LocalDate night : table.nights()) {
            List<double[]> pairs = table.of(night).stream()
                    .map(r -> new double[] {quantity.apply(r).value(), known.applyAsDouble(r)})
                    .filter(p -> Double.isFinite(p[0]) && Double.isFinite(p[1]))
                    .toList();
            if (!pairs.isEmpty()) {
                nights.add(pairs);
            }
        }
        return nights;
    }
}
