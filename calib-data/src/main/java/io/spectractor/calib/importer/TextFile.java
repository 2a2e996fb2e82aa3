package io.spectractor.calib.importer;

import io.spectractor.calib.CalibrationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Numbers in columns, separated by blanks, commas or semicolons, with comments after #. */
record TextFile(Path path, List<Row> rows) {
    /** A row and its 1-based line. */
    record Row(int line, double[] values) {}

    /**
     * Reads a file.
     *
     * @throws CalibrationException if a field is not a finite number or rows are of unequal length; names file and line
     */
    static TextFile read(Path path) {
        List<Row> rows = new ArrayList<>();
        int number = 0;
        for (String line : lines(path)) {
            number++;
            String text = line.replaceFirst("#.*", "").strip();
            if (!text.isEmpty()) {
                rows.add(row(path, number, text));
                if (rows.get(rows.size() - 1).values().length != rows.get(0).values().length) {
                    throw problem(
                            path,
                            number,
                            rows.get(rows.size() - 1).values().length + " columns, the rows before have "
                                    + rows.get(0).values().length);
                }
            }
        }
        if (rows.isEmpty()) {
            throw problem(path, 0, "holds no numbers; is it truncated?");
        }
        return new TextFile(path, List.copyOf(rows));
    }

    static List<String> lines(Path path) {
        try {
            // degrees and names in comments may be of any encoding; numbers are ASCII in all
            return new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new CalibrationException(path + " cannot be read: " + e, e);
        }
    }

    static CalibrationException problem(Path path, int line, String what) {
        return new CalibrationException(path + (line > 0 ? ", line " + line : "") + ": " + what);
    }

    private static Row row(Path path, int number, String text) {
        String[] fields = text.split("\\s*[,;]\\s*|\\s+", -1);
        double[] values = new double[fields.length];
        for (int i = 0; i < fields.length; i++) {
            try {
                values[i] = Double.parseDouble(fields[i]);
            } catch (NumberFormatException e) {
                throw new CalibrationException(path + ", line " + number + ": '" + fields[i] + "' is not a number", e);
            }
            if (!Double.isFinite(values[i])) {
                throw problem(path, number, "'" + fields[i] + "' is not finite");
            }
        }
        return new Row(number, values);
    }

    int columns() {
        return rows.get(0).values().length;
    }

    double[] column(int index) {
        return rows.stream().mapToDouble(row -> row.values()[index]).toArray();
    }
}
