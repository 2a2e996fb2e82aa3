package io.spectractor.cli.night;

import io.spectractor.batch.UsageException;
import io.spectractor.core.atmosphere.ThroughputErrors;
import io.spectractor.core.optics.TabulatedCurve;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The throughput of a telescope as a joint fit left it, with the covariance of its errors.
 *
 * @param name of the file
 * @param instrument disperser and filter that it was measured with, or null where the file doesn't tell
 * @param curve throughput against wavelength
 * @param errors relative
 */
public record FittedThroughput(
        String name, @Nullable String instrument, TabulatedCurve curve, ThroughputErrors errors) {
    /** How a line begins that names the instrument. */
    static final String INSTRUMENT = "# instrument ";

    /** What only a file has that is no throughput of a telescope. */
    static final String FACTOR = "factor on the throughput that the spectra came with";

    private static final double SAME = 0.01;

    /**
     * Reads a throughput and, beside it, its covariance.
     *
     * @param file {@code throughput_<instrument>.txt} of a joint fit
     * @throws UsageException if one of the two is missing or not what it should be; names it
     */
    public static FittedThroughput read(Path file) {
        String instrument = null;
        List<double[]> rows = new ArrayList<>();
        for (String line : lines(file, "a throughput")) {
            if (line.startsWith(INSTRUMENT)) {
                instrument = line.substring(INSTRUMENT.length()).strip();
            } else if (line.startsWith("#") && line.contains(FACTOR)) {
                throw new UsageException(
                        file + " is a factor on throughputs that came with the spectra of a nightly file, and no"
                                + " throughput of a telescope; give one of a joint fit of products");
            } else if (!line.startsWith("#") && !line.isBlank()) {
                rows.add(numbers(file, line.strip().split("\\s+", -1), 3));
            }
        }
        int n = rows.size();
        double[] lambda = rows.stream().mapToDouble(r -> r[0]).toArray();
        double[] value = rows.stream().mapToDouble(r -> r[1]).toArray();
        for (int i = 0; i < n; i++) {
            if (!(value[i] > 0)) {
                throw new UsageException(file + ": a throughput of " + value[i] + " at " + lambda[i] + " nm");
            }
        }
        Path covarianceFile =
                file.resolveSibling(String.valueOf(file.getFileName()).replaceFirst("\\.txt$", "") + "_covariance.csv");
        double[] covariance = new double[n * n];
        int row = 0;
        for (String line : lines(covarianceFile, "the covariance of " + file.getFileName())) {
            if (!line.startsWith("#") && !line.isBlank() && row < n) {
                double[] c = numbers(covarianceFile, line.split(",", -1), n);
                for (int j = 0; j < n; j++) {
                    covariance[row * n + j] = c[j] / (value[row] * value[j]);
                }
                double sigma = rows.get(row)[2];
                if (Math.abs(Math.sqrt(Math.max(0, c[row])) - sigma) > SAME * sigma + 1e-7) {
                    throw new UsageException(covarianceFile + " is not of " + file + ": at " + lambda[row]
                            + " nm they give different errors; both must come from the same joint fit");
                }
                row++;
            }
        }
        if (n == 0 || row < n) {
            throw new UsageException(covarianceFile + " has " + row + " rows, " + file + " has " + n
                    + "; both must come from the same joint fit");
        }
        try {
            return new FittedThroughput(
                    String.valueOf(file.getFileName()),
                    instrument,
                    new TabulatedCurve(lambda, value, TabulatedCurve.Outside.HOLD),
                    ThroughputErrors.of(lambda, covariance));
        } catch (IllegalArgumentException e) {
            throw new UsageException(file + " and its covariance: " + e.getMessage(), e);
        }
    }

    private static List<String> lines(Path file, String what) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UsageException(
                    file + ", " + what + ", cannot be read (" + e + "); 'spectractor fit --joint' writes"
                            + " throughput_<instrument>.txt with throughput_<instrument>_covariance.csv beside it",
                    e);
        }
    }

    private static double[] numbers(Path file, String[] words, int count) {
        try {
            double[] numbers =
                    Arrays.stream(words).mapToDouble(Double::parseDouble).toArray();
            if (numbers.length == count) {
                return numbers;
            }
        } catch (NumberFormatException e) {
            throw new UsageException(file + ": '" + String.join(" ", words) + "' is no row of numbers", e);
        }
        throw new UsageException(file + ": a row of " + words.length + " numbers where " + count + " were expected");
    }

    /**
     * What a tabulated throughput has to be multiplied with: this one over the table where this one is known, held beyond.
     *
     * @param table tabulated throughput of the telescope
     */
    public TabulatedCurve factorOn(TabulatedCurve table) {
        double[] lambda = curve.wavelengthsNm();
        double[] factor = new double[lambda.length];
        for (int i = 0; i < factor.length; i++) {
            double tabulated = table.at(lambda[i]);
            factor[i] = tabulated > 0 ? curve.at(lambda[i]) / tabulated : 0;
        }
        return new TabulatedCurve(lambda, factor, TabulatedCurve.Outside.HOLD);
    }

    /**
     * Refuses a spectrum through something else.
     *
     * @throws IllegalArgumentException if the file names another disperser or filter
     */
    public void requireOf(String disperser, @Nullable String filter) {
        String wanted = instrumentName(disperser, filter);
        if (instrument != null && !instrument.equals(wanted)) {
            throw new IllegalArgumentException(name + " is the throughput with " + instrument
                    + ", the spectrum was taken with " + wanted + "; give that of the joint fit with " + wanted);
        }
    }

    /** What results call a disperser with a filter. */
    static String instrumentName(String disperser, @Nullable String filter) {
        return disperser + (filter == null ? "" : "+" + filter);
    }
}
