package io.spectractor.cli;

import io.spectractor.core.optics.TabulatedCurve;
import io.spectractor.core.product.ProductReader;
import io.spectractor.core.product.SpectrumTable;
import io.spectractor.core.simulation.FrameFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** Reads the spectrum that another one is held against: a product, a simulation's truth, or a text of two columns. */
final class KnownSpectrum {
    private static final int MIN_ROWS = 2;

    private KnownSpectrum() {}

    /**
     * Reads it.
     *
     * @return flux density, erg/s/cm²/nm, against wavelength, nm
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if it holds no spectrum; the message says what was expected
     */
    static TabulatedCurve read(Path file) throws IOException {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith("_truth.fits")) {
            return FrameFiles.readTruth(file);
        }
        if (name.endsWith(".fits")) {
            SpectrumTable table = new ProductReader().read(file).spectrum();
            return curve(table.lambdaNm(), table.flux());
        }
        // whatever else the file holds must not stop it: a byte that is no UTF-8 belongs to a comment
        return text(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                .lines()
                .toList());
    }

    private static TabulatedCurve text(List<String> lines) {
        List<double[]> rows = new ArrayList<>();
        boolean titles = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String[] fields = line.split("\\s*[,;\\t]\\s*|\\s+", -1);
            double[] row = numbers(fields);
            if (row.length == 2) {
                rows.add(row);
            } else if (rows.isEmpty() && !titles) {
                titles = true;
            } else {
                throw new IllegalArgumentException("line " + (i + 1) + ", '" + shortened(line)
                        + "', is not a wavelength in nm and a flux density");
            }
        }
        double[] lambda = rows.stream().mapToDouble(r -> r[0]).toArray();
        double[] flux = rows.stream().mapToDouble(r -> r[1]).toArray();
        return curve(lambda, flux);
    }

    private static double[] numbers(String[] fields) {
        try {
            return fields.length < 2
                    ? new double[0]
                    : new double[] {Double.parseDouble(fields[0]), Double.parseDouble(fields[1])};
        } catch (NumberFormatException e) {
            return new double[0];
        }
    }

    private static String shortened(String line) {
        return line.length() <= 40 ? line : line.substring(0, 40) + "...";
    }

    /** In the order of increasing wavelength; values that are no numbers left out. */
    private static TabulatedCurve curve(double[] lambda, double[] flux) {
        TreeMap<Double, Double> sorted = new TreeMap<>();
        for (int i = 0; i < lambda.length; i++) {
            if (Double.isFinite(lambda[i]) && Double.isFinite(flux[i])) {
                sorted.put(lambda[i], flux[i]);
            }
        }
        if (sorted.size() < MIN_ROWS) {
            throw new IllegalArgumentException("no table of wavelengths in nm and flux densities is in it");
        }
        return new TabulatedCurve(
                sorted.keySet().stream().mapToDouble(Double::doubleValue).toArray(),
                sorted.values().stream().mapToDouble(Double::doubleValue).toArray(),
                TabulatedCurve.Outside.HOLD);
    }
}
