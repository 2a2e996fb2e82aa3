package io.spectractor.cli.night;

import io.spectractor.core.fit.RobustStatistics;
import io.spectractor.core.night.FittedColumns;
import io.spectractor.plot.CurvePlot;
import io.spectractor.plot.MapPlot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Pictures of a night that need the columns of its spectra. */
final class ColumnCharts {
    private static final double MAP_NM = 4;
    private static final double MAP_SIGMA = 4;
    private static final double CURVE_NM = 3;
    /** Where transmissions of a photometric night may scatter by this much. */
    static final double PHOTOMETRIC = 0.02;

    private static final double CLEAR_FROM_NM = 490;
    private static final double CLEAR_TO_NM = 650;
    private static final double[] SHOWN_NM = {402.5, 452.5, 502.5, 552.5, 602.5, 672.5, 752.5, 862.5, 937.5};

    private final List<NightTable.Row> rows;
    private final Map<String, FittedColumns> columns;

    ColumnCharts(List<NightTable.Row> rows, Map<String, FittedColumns> columns) {
        this.rows = rows.stream().filter(r -> columns.containsKey(r.spectrum())).toList();
        this.columns = columns;
    }

    boolean empty() {
        return rows.isEmpty();
    }

    private FittedColumns of(NightTable.Row row) {
        FittedColumns c = columns.get(row.spectrum());
        if (c == null) {
            throw new IllegalStateException("no columns of " + row.spectrum());
        }
        return c;
    }

    private double[] span() {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (NightTable.Row row : rows) {
            FittedColumns c = of(row);
            for (int i = 0; i < c.used().length; i++) {
                if (c.used()[i]) {
                    low = Math.min(low, c.lambdaNm()[i]);
                    high = Math.max(high, c.lambdaNm()[i]);
                }
            }
        }
        return new double[] {MAP_NM * Math.floor(low / MAP_NM), MAP_NM * Math.ceil(high / MAP_NM)};
    }

    /** Mean residual of the columns in a bin, in sigmas of a column; columns that were left out are shown too. */
    byte[] residuals(String title) throws IOException {
        double[] span = span();
        int bins = (int) Math.round((span[1] - span[0]) / MAP_NM);
        double[][] values = new double[rows.size()][bins];
        for (int r = 0; r < values.length; r++) {
            FittedColumns c = of(rows.get(r));
            int[] count = new int[bins];
            for (int i = 0; i < c.used().length; i++) {
                int bin = (int) Math.floor((c.lambdaNm()[i] - span[0]) / MAP_NM);
                if (bin >= 0 && bin < bins && c.sigma()[i] > 0) {
                    values[r][bin] += (c.flux()[i] - c.model()[i]) / c.sigma()[i];
                    count[bin]++;
                }
            }
            for (int b = 0; b < bins; b++) {
                values[r][b] = count[b] == 0 ? Double.NaN : values[r][b] / count[b];
            }
        }
        return MapPlot.png(title, "wavelength (nm)", span[0], span[1], values, MAP_SIGMA, "sigma");
    }

    /** Flux over what the star would give above the atmosphere through the fitted telescope and the grey factor. */
    private double[] transmission(NightTable.Row row, double[] lambda, boolean withGrey) {
        FittedColumns c = of(row);
        double[] flux = new double[lambda.length];
        double[] above = new double[lambda.length];
        double grey = withGrey ? 1 : row.grey().value();
        for (int i = 0; i < c.used().length; i++) {
            int bin = (int) Math.floor((c.lambdaNm()[i] - lambda[0]) / CURVE_NM + 0.5);
            if (c.used()[i] && bin >= 0 && bin < lambda.length) {
                flux[bin] += c.flux()[i];
                above[bin] += c.above()[i] * c.factor()[i] * grey;
            }
        }
        return IntStream.range(0, lambda.length)
                .mapToDouble(b -> above[b] > 0 ? flux[b] / above[b] : Double.NaN)
                .toArray();
    }

    private double[] grid() {
        double[] span = span();
        return IntStream.range(0, (int) Math.floor((span[1] - span[0]) / CURVE_NM) + 1)
                .mapToDouble(i -> span[0] + i * CURVE_NM)
                .toArray();
    }

    /** The transmissions as they are, and brought to an airmass of 1 as the spectra's clouds taken off. */
    byte[] transmissions(String title) throws IOException {
        double[] lambda = grid();
        List<CurvePlot.Curve> here = new ArrayList<>();
        List<CurvePlot.Curve> zenith = new ArrayList<>();
        for (NightTable.Row row : rows) {
            double[] t = transmission(row, lambda, true);
            here.add(new CurvePlot.Curve(lambda, t, new double[0], row.airmass(), true));
            double[] one = Arrays.stream(transmission(row, lambda, false))
                    .map(v -> v > 0 ? Math.pow(v, 1 / row.airmass()) : Double.NaN)
                    .toArray();
            zenith.add(new CurvePlot.Curve(lambda, one, new double[0], row.airmass(), true));
        }
        return CurvePlot.png(
                title,
                "airmass",
                List.of(
                        new CurvePlot.Panel("wavelength (nm)", "transmission, clouds included", here),
                        new CurvePlot.Panel("wavelength (nm)", "to the power 1 / airmass, no clouds", zenith)));
    }

    /** Relative scatter from spectrum to spectrum of the transmission to the power 1 / airmass, 490 to 650 nm. */
    double scatter() {
        double[] lambda = {0.5 * (CLEAR_FROM_NM + CLEAR_TO_NM)};
        double[] means = rows.stream()
                .mapToDouble(row -> {
                    FittedColumns c = of(row);
                    double flux = 0;
                    double above = 0;
                    for (int i = 0; i < c.used().length; i++) {
                        if (c.used()[i]
                                && Math.abs(c.lambdaNm()[i] - lambda[0]) < 0.5 * (CLEAR_TO_NM - CLEAR_FROM_NM)) {
                            flux += c.flux()[i];
                            above += c.above()[i] * c.factor()[i];
                        }
                    }
                    return Math.pow(flux / above, 1 / row.airmass());
                })
                .filter(v -> v > 0)
                .toArray();
        if (means.length < 2) {
            return Double.NaN;
        }
        double middle = RobustStatistics.median(means);
        double mean = Arrays.stream(means).average().orElse(middle);
        double sum = Arrays.stream(means).map(v -> (v - mean) * (v - mean)).sum();
        return Math.sqrt(sum / (means.length - 1)) / middle;
    }

    /** Lines of some bins, the intercepts as factor on the throughput beside that of the fit, the slopes as optical depth. */
    static byte[] bouguer(String title, Bouguer lines) throws IOException {
        List<CurvePlot.Curve> shown = new ArrayList<>();
        for (double wanted : SHOWN_NM) {
            for (Bouguer.Bin bin : lines.bins()) {
                if (Math.abs(bin.lambdaNm() - wanted) < 1) {
                    double high = Arrays.stream(bin.airmass()).max().orElse(1);
                    double[] x = {0, high};
                    double[] y = {bin.intercept(), bin.intercept() + bin.slope() * high};
                    shown.add(new CurvePlot.Curve(x, y, new double[0], wanted, true));
                    shown.add(new CurvePlot.Curve(bin.airmass(), bin.logRatio(), bin.error(), wanted, false));
                }
            }
        }
        double[] lambda =
                lines.bins().stream().mapToDouble(Bouguer.Bin::lambdaNm).toArray();
        double[] factor =
                lines.bins().stream().mapToDouble(b -> Math.exp(b.intercept())).toArray();
        double[] factorError = lines.bins().stream()
                .mapToDouble(b -> Math.exp(b.intercept()) * b.interceptError())
                .toArray();
        double[] joint = lines.bins().stream().mapToDouble(Bouguer.Bin::factor).toArray();
        double[] depth = lines.bins().stream().mapToDouble(b -> -b.slope()).toArray();
        double[] depthError =
                lines.bins().stream().mapToDouble(Bouguer.Bin::slopeError).toArray();
        return CurvePlot.png(
                title,
                "wavelength of the lines (nm)",
                List.of(
                        new CurvePlot.Panel("airmass", "ln (flux / star above the atmosphere)", shown),
                        new CurvePlot.Panel(
                                "wavelength (nm)",
                                "throughput / table",
                                List.of(
                                        new CurvePlot.Curve(lambda, factor, factorError, Double.NaN, false),
                                        new CurvePlot.Curve(lambda, joint, new double[0], Double.NaN, true))),
                        new CurvePlot.Panel(
                                "wavelength (nm)",
                                "optical depth per airmass",
                                List.of(new CurvePlot.Curve(lambda, depth, depthError, Double.NaN, false)))));
    }

    /** The lines as ECSV. */
    static String ecsv(Bouguer lines) {
        StringBuilder out = new StringBuilder("# ").append('%').append("ECSV 1.0\n# ---\n# datatype:\n");
        out.append("# - {name: wavelength, unit: nm, datatype: float64}\n");
        List<String> names = List.of(
                "throughput_over_table",
                "throughput_err",
                "optical_depth",
                "optical_depth_err",
                "joint_fit",
                "spectra");
        names.forEach(n -> out.append("# - {name: ").append(n).append(", datatype: float64}\n"));
        out.append("# delimiter: ','\n# schema: astropy-2.0\nwavelength,")
                .append(String.join(",", names))
                .append('\n');
        for (Bouguer.Bin b : lines.bins()) {
            out.append(String.format(
                    Locale.ROOT,
                    "%.1f,%.6f,%.6f,%.6f,%.6f,%.6f,%d%n",
                    b.lambdaNm(),
                    Math.exp(b.intercept()),
                    Math.exp(b.intercept()) * b.interceptError(),
                    -b.slope(),
                    b.slopeError(),
                    b.factor(),
                    b.airmass().length));
        }
        return out.toString();
    }
}
