package io.spectractor.calib.calspec;

import io.spectractor.calib.CalibrationException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Reads CALSPEC spectra as text: {@code # ...} comments, then wavelength, flux and two errors in blank-separated columns. */
final class CalspecText {
    private static final int COLUMNS = 4;

    private CalspecText() {}

    static CalspecSpectrum read(String name, byte[] bytes) {
        List<double[]> rows = new ArrayList<>();
        int number = 0;
        for (String line : text(name, bytes).lines().toList()) {
            number++;
            String stripped = line.strip();
            if (stripped.isEmpty() || stripped.startsWith("#")) {
                continue;
            }
            double[] row = row(name, number, stripped);
            if (!rows.isEmpty() && !(row[0] > rows.get(rows.size() - 1)[0])) {
                throw problem(name, number, "the wavelength does not exceed the one before");
            }
            rows.add(row);
        }
        if (rows.isEmpty()) {
            throw problem(name, number, "holds no spectrum; is it truncated?");
        }
        double[][] columns = new double[COLUMNS][rows.size()];
        for (int i = 0; i < rows.size(); i++) {
            for (int c = 0; c < COLUMNS; c++) {
                columns[c][i] = rows.get(i)[c];
            }
        }
        return new CalspecSpectrum("", columns[0], columns[1], columns[2], columns[3]);
    }

    private static double[] row(String name, int number, String line) {
        String[] fields = line.split("\\s+", -1);
        if (fields.length != COLUMNS) {
            throw problem(
                    name,
                    number,
                    fields.length
                            + " columns; a CALSPEC text has wavelength (A), flux, statistical and systematic error");
        }
        double[] row = new double[COLUMNS];
        for (int c = 0; c < COLUMNS; c++) {
            try {
                row[c] = Double.parseDouble(fields[c]);
            } catch (NumberFormatException e) {
                throw new CalibrationException(name + ", line " + number + ": '" + fields[c] + "' is not a number", e);
            }
            if (!Double.isFinite(row[c])) {
                throw problem(name, number, "'" + fields[c] + "' is not finite");
            }
        }
        // the systematic error is a share of the flux, and has its sign
        row[3] = Math.abs(row[3]);
        if (row[2] < 0) {
            throw problem(name, number, "an error of " + row[2]);
        }
        return row;
    }

    private static String text(String name, byte[] bytes) {
        boolean zipped = bytes.length > 2 && (bytes[0] & 0xff) == 0x1f && (bytes[1] & 0xff) == 0x8b;
        if (!zipped) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new CalibrationException(name + ": damaged gzip file, copy it again: " + e.getMessage(), e);
        }
    }

    private static CalibrationException problem(String name, int line, String what) {
        return new CalibrationException(name + ", line " + line + ": " + what);
    }
}
