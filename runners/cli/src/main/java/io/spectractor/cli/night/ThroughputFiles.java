package io.spectractor.cli.night;

import io.spectractor.core.night.JointResult;
import io.spectractor.core.night.NightSpectrum;
import io.spectractor.core.night.ThroughputFactor;
import io.spectractor.core.optics.TabulatedCurve;
import io.spectractor.plot.Figure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Writes the throughput of the telescope as the night gives it, in the three columns that {@code calib import} reads, with covariance. */
final class ThroughputFiles {
    private static final double STEP_NM = 3;

    private ThroughputFiles() {}

    /**
     * Writes table and covariance of each instrument.
     *
     * @param table tabulated throughput of the telescope
     * @param own whether the spectra came with throughputs of their own: only the factor on these is known then
     */
    static List<JointRecord.Instrument> write(JointResult r, TabulatedCurve table, boolean own, Path folder)
            throws IOException {
        List<JointRecord.Instrument> written = new ArrayList<>();
        for (String instrument : r.instruments()) {
            double min = Double.POSITIVE_INFINITY;
            double max = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < r.spectra().size(); k++) {
                NightSpectrum s = r.spectra().get(k);
                for (int i = 0; s.instrument().equals(instrument) && i < s.size(); i++) {
                    if (s.usable()[i]) {
                        min = Math.min(min, s.lambdaNm()[i]);
                        max = Math.max(max, s.lambdaNm()[i]);
                    }
                }
            }
            int n = (int) Math.floor((max - min) / STEP_NM) + 1;
            double first = Math.ceil(min);
            double[] lambda = new double[n];
            for (int i = 0; i < n; i++) {
                lambda[i] = first + i * STEP_NM;
            }
            ThroughputFactor factor = r.throughput(instrument, lambda);
            double[] covariance = factor.covariance();
            String what = own ? FittedThroughput.FACTOR : "telescope throughput";
            String stem = (own ? "throughput_factor_" : "throughput_") + instrument.replaceAll("[^A-Za-z0-9_.-]", "_");
            StringBuilder text = new StringBuilder("# " + what + ", from a joint fit: wavelength_nm throughput sigma\n"
                    + FittedThroughput.INSTRUMENT + instrument
                    + "\n# true throughput times mean grey factor of the night; covariance in " + stem
                    + "_covariance.csv\n");
            StringBuilder matrix =
                    new StringBuilder("# covariance of the throughputs in " + stem + ".txt, a row per wavelength\n");
            double[] tabulated = Arrays.stream(lambda).map(table::at).toArray();
            for (int i = 0; i < n; i++) {
                double t = tabulated[i];
                text.append(String.format(
                        Locale.ROOT,
                        "%.1f %.8f %.8f%n",
                        lambda[i],
                        t * factor.factor()[i],
                        t * Math.sqrt(Math.max(0, covariance[i * n + i]))));
                for (int j = 0; j < n; j++) {
                    matrix.append(j == 0 ? "" : ",");
                    SixDigits.append(matrix, t * tabulated[j] * covariance[i * n + j]);
                }
                matrix.append('\n');
            }
            Figure.replace(folder.resolve(stem + ".txt"), text.toString().getBytes(StandardCharsets.UTF_8));
            Figure.replace(
                    folder.resolve(stem + "_covariance.csv"), matrix.toString().getBytes(StandardCharsets.UTF_8));
            written.add(new JointRecord.Instrument(instrument, stem + ".txt", stem + "_covariance.csv"));
        }
        return written;
    }
}
