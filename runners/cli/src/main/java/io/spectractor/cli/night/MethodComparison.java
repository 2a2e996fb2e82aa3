package io.spectractor.cli.night;

import io.spectractor.batch.Json;
import io.spectractor.batch.UsageException;
import io.spectractor.batch.report.Html;
import io.spectractor.core.fit.RobustStatistics;
import io.spectractor.plot.CurvePlot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Fits of single spectra against those of their spectrograms, which 'fit' leaves as {@code NAME_atmosphere1d.json} and {@code
 * NAME_atmosphere.json}: both see the same light, so what they differ by is the method's.
 *
 * @param pairs in the order of the file names
 */
record MethodComparison(List<Pair> pairs) {
    private static final String SPECTROGRAM = "_atmosphere.json";
    private static final String SPECTRUM = "_atmosphere1d.json";

    /** Quantities that are compared, with their units. */
    static final Map<String, String> QUANTITIES = new TreeMap<>(Map.of("PWV", "mm", "ozone", "DU", "VAOD", ""));

    /**
     * One spectrum fitted in two ways.
     *
     * @param spectrum file name of the product
     * @param disperser label
     * @param spectrumFit by the names of {@link #QUANTITIES}
     * @param spectrogramFit the same
     */
    record Pair(
            String spectrum,
            String disperser,
            Map<String, NightTable.Value> spectrumFit,
            Map<String, NightTable.Value> spectrogramFit) {
        /** Spectrum less spectrogram; NaN if one of them is missing. */
        double difference(String quantity) {
            return value(spectrumFit, quantity) - value(spectrogramFit, quantity);
        }

        private static double value(Map<String, NightTable.Value> fit, String quantity) {
            NightTable.Value v = fit.get(quantity);
            return v == null ? Double.NaN : v.value();
        }
    }

    /**
     * How the two ways differ in a quantity.
     *
     * @param count number of pairs
     * @param mean of spectrum less spectrogram
     * @param sigma standard deviation of it
     * @param mad the same from the median absolute deviation
     * @param pull root mean square in the larger of the two errors, for they are of the same light
     * @param correlation of the two
     */
    record Difference(int count, double mean, double sigma, double mad, double pull, double correlation) {}

    /** What a file of results holds. */
    private record Stored(
            @Nullable String spectrum,
            @Nullable String disperser,
            boolean converged,
            @Nullable List<Parameter> parameters) {}

    private record Parameter(
            @Nullable String label, double value, @Nullable Double sigma) {}

    /**
     * Reads the results in folders.
     *
     * @throws UsageException if there is no pair, or a file is none of ours; names it
     * @throws IOException if a folder cannot be read
     */
    static MethodComparison read(List<Path> folders) throws IOException {
        List<Pair> pairs = new ArrayList<>();
        for (Path folder : folders) {
            if (!Files.isDirectory(folder)) {
                throw new UsageException("the folder " + folder + " does not exist");
            }
            try (Stream<Path> files = Files.list(folder)) {
                for (Path second : files.filter(f -> f.toString().endsWith(SPECTRUM))
                        .sorted()
                        .toList()) {
                    String name = String.valueOf(second.getFileName());
                    Path first =
                            second.resolveSibling(name.substring(0, name.length() - SPECTRUM.length()) + SPECTROGRAM);
                    if (Files.isRegularFile(first)) {
                        Stored spectrum = stored(second);
                        Stored spectrogram = stored(first);
                        if (spectrum.converged() && spectrogram.converged()) {
                            pairs.add(new Pair(
                                    String.valueOf(spectrum.spectrum()),
                                    String.valueOf(spectrum.disperser()),
                                    values(spectrum),
                                    values(spectrogram)));
                        }
                    }
                }
            }
        }
        if (pairs.isEmpty() && !folders.isEmpty()) {
            throw new UsageException(folders + ": no spectrum there was fitted in both ways (NAME" + SPECTROGRAM
                    + " and NAME" + SPECTRUM + "); run 'spectractor fit' and 'spectractor fit --data spectrum'");
        }
        return new MethodComparison(pairs);
    }

    private static Stored stored(Path file) {
        try {
            return Json.read(Files.readString(file), Stored.class);
        } catch (IOException e) {
            throw new UsageException(file + " is not a result of 'spectractor fit': " + e.getMessage(), e);
        }
    }

    private static Map<String, NightTable.Value> values(Stored stored) {
        Map<String, NightTable.Value> values = new HashMap<>();
        List<Parameter> parameters = stored.parameters() == null ? List.of() : stored.parameters();
        for (Parameter p : parameters) {
            if (p.label() != null && QUANTITIES.containsKey(p.label()) && p.sigma() != null) {
                values.put(p.label(), new NightTable.Value(p.value(), p.sigma()));
            }
        }
        return values;
    }

    /** Dispersers, in alphabetic order. */
    List<String> dispersers() {
        return pairs.stream().map(Pair::disperser).distinct().sorted().toList();
    }

    /** The differences of one disperser. */
    Difference of(String disperser, String quantity) {
        List<Pair> some = with(disperser, quantity);
        int n = some.size();
        double[] d = column(some, p -> p.difference(quantity));
        double mean = Arrays.stream(d).average().orElse(Double.NaN);
        double square = Arrays.stream(d).map(x -> (x - mean) * (x - mean)).sum();
        double pulls = 0;
        for (Pair p : some) {
            double error = Math.max(
                    value(p.spectrumFit(), quantity).error(),
                    value(p.spectrogramFit(), quantity).error());
            pulls += Math.pow(p.difference(quantity) / error, 2);
        }
        return new Difference(
                n,
                mean,
                n < 2 ? Double.NaN : Math.sqrt(square / (n - 1)),
                n < 2 ? Double.NaN : RobustStatistics.madSigma(d),
                n == 0 ? Double.NaN : Math.sqrt(pulls / n),
                correlation(some, quantity));
    }

    private static double correlation(List<Pair> some, String quantity) {
        double[] x = column(some, p -> value(p.spectrogramFit(), quantity).value());
        double[] y = column(some, p -> value(p.spectrumFit(), quantity).value());
        double xMean = Arrays.stream(x).average().orElse(0);
        double yMean = Arrays.stream(y).average().orElse(0);
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = 0; i < x.length; i++) {
            xx += (x[i] - xMean) * (x[i] - xMean);
            yy += (y[i] - yMean) * (y[i] - yMean);
            xy += (x[i] - xMean) * (y[i] - yMean);
        }
        return x.length < 3 ? Double.NaN : xy / Math.sqrt(xx * yy);
    }

    private List<Pair> with(String disperser, String quantity) {
        return pairs.stream()
                .filter(p -> p.disperser().equals(disperser) && Double.isFinite(p.difference(quantity)))
                .toList();
    }

    private static double[] column(List<Pair> some, ToDoubleFunction<Pair> value) {
        return some.stream().mapToDouble(value).toArray();
    }

    private static NightTable.Value value(Map<String, NightTable.Value> fit, String quantity) {
        return fit.getOrDefault(quantity, new NightTable.Value(Double.NaN, Double.NaN));
    }

    /** The section of a page, without the picture. */
    void table(Html html) {
        html.element("h2", "Spectrum against spectrogram");
        html.element(
                "p",
                "Fits of single spectra less those of their spectrograms. Both see the same light: the pull is in the larger of"
                        + " the two errors.");
        html.open("table").open("tr");
        for (String h :
                List.of("disperser", "quantity", "spectra", "mean", "sigma", "1.4826 MAD", "pull", "correlation")) {
            html.element("th", h);
        }
        html.close();
        for (String disperser : dispersers()) {
            QUANTITIES.forEach((quantity, unit) -> {
                Difference d = of(disperser, quantity);
                html.open("tr").element("td", disperser, "class", "t");
                html.element("td", unit.isEmpty() ? quantity : quantity + " (" + unit + ")", "class", "t");
                html.element("td", String.valueOf(d.count()));
                for (double v : new double[] {d.mean(), d.sigma(), d.mad()}) {
                    html.element("td", NightReport.number(v, quantity.equals("ozone") ? 1 : 4));
                }
                html.element("td", NightReport.number(d.pull(), 2))
                        .element("td", NightReport.number(d.correlation(), 2))
                        .close();
            });
        }
        html.close();
    }

    /** One against the other, coloured by disperser, with the line on which they agree. */
    byte[] png() throws IOException {
        List<String> dispersers = dispersers();
        List<CurvePlot.Panel> panels = new ArrayList<>();
        QUANTITIES.forEach((quantity, unit) -> {
            List<CurvePlot.Curve> curves = new ArrayList<>();
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (String disperser : dispersers) {
                List<Pair> some = with(disperser, quantity);
                double[] x =
                        column(some, p -> value(p.spectrogramFit(), quantity).value());
                double[] y = column(some, p -> value(p.spectrumFit(), quantity).value());
                double[] e = column(some, p -> value(p.spectrumFit(), quantity).error());
                low = Math.min(low, Arrays.stream(x).min().orElse(low));
                high = Math.max(high, Arrays.stream(x).max().orElse(high));
                double colour = dispersers.size() == 1 ? Double.NaN : dispersers.indexOf(disperser) + 1;
                curves.add(new CurvePlot.Curve(x, y, e, colour, false));
            }
            if (low <= high) {
                double[] ends = {low, high};
                curves.add(new CurvePlot.Curve(ends, ends, new double[0], Double.NaN, true));
                String label = unit.isEmpty() ? quantity : quantity + " (" + unit + ")";
                panels.add(new CurvePlot.Panel(label + " of the spectrogram", label + " of the spectrum", curves));
            }
        });
        return CurvePlot.png(
                "Spectrum against spectrogram; the line: both agree",
                dispersers.size() == 1 ? "" : "disperser no.",
                panels);
    }
}
