package io.spectractor.calib.importer;

import io.spectractor.calib.CalibrationException;
import io.spectractor.calib.importer.TextFile.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What can be true of a curve in a text file: wavelengths in order, each once, values in range. What can't is cut, and
 * {@link #cuts} says which lines and why.
 *
 * @param file the curve without the cut rows
 * @param cuts one line for each kind of fault, starting with the lines of the file
 */
record ValidatedCurve(TextFile file, List<String> cuts) {
    /** Fewer rows are not a curve. */
    private static final int FEWEST = 2;
    /** An uncertainty of a transmission beyond this says that nothing was measured. */
    private static final double USELESS = 1;

    /** Rows with one fault. */
    private static final class Fault {
        private final List<Integer> lines = new ArrayList<>();
        private final String reason;

        Fault(String reason) {
            this.reason = reason;
        }

        void at(Row row) {
            lines.add(row.line());
        }

        String text() {
            String where = lines.size() == 1
                    ? "line " + lines.get(0)
                    : lines.size() + " lines from "
                            + lines.stream().min(Integer::compare).orElse(0) + " to "
                            + lines.stream().max(Integer::compare).orElse(0);
            return where + ": " + reason;
        }
    }

    /**
     * Cleans a curve.
     *
     * @param raw wavelength, value and perhaps its uncertainty
     * @param max greatest value
     * @throws CalibrationException if too little is left, or there is one column only
     */
    static ValidatedCurve of(TextFile raw, double max) {
        if (raw.columns() < 2) {
            throw TextFile.problem(
                    raw.path(), raw.rows().get(0).line(), "a curve has a wavelength and a value, here is one column");
        }
        List<Row> sorted = new ArrayList<>(raw.rows());
        List<String> cuts = new ArrayList<>();
        if (isDescending(sorted)) {
            Collections.reverse(sorted);
        } else {
            sorted.sort(Comparator.comparingDouble(r -> r.values()[0]));
        }
        Fault range = new Fault(String.format(Locale.ROOT, "outside 0 to %.0f", max));
        Fault twice = new Fault("several values at one wavelength, of which the mean counts");
        Fault useless = new Fault("an uncertainty above " + USELESS);
        List<Row> kept = new ArrayList<>();
        int same = 1;
        for (Row row : sorted) {
            double[] v = row.values();
            boolean known = v.length > 2;
            if (!(v[1] >= 0 && v[1] <= max)) {
                range.at(row);
            } else if (known && max < 2 && v[2] > USELESS) {
                useless.at(row);
            } else if (!kept.isEmpty() && !(v[0] > kept.get(kept.size() - 1).values()[0])) {
                same++;
                kept.set(kept.size() - 1, mean(kept.get(kept.size() - 1), v, same));
                twice.at(row);
            } else {
                same = 1;
                kept.add(row);
            }
        }
        for (Fault fault : List.of(range, useless, twice)) {
            if (!fault.lines.isEmpty()) {
                cuts.add(fault.text());
            }
        }
        if (kept.size() < FEWEST) {
            throw TextFile.problem(raw.path(), 0, "too little of it can be true (" + String.join("; ", cuts) + ")");
        }
        return new ValidatedCurve(new TextFile(raw.path(), List.copyOf(kept)), List.copyOf(cuts));
    }

    /** Mean of {@code n} rows: of {@code n - 1} and another one. */
    private static Row mean(Row before, double[] another, int n) {
        double[] mean = before.values().clone();
        for (int i = 1; i < mean.length; i++) {
            mean[i] += (another[i] - mean[i]) / n;
        }
        return new Row(before.line(), mean);
    }

    private static boolean isDescending(List<Row> rows) {
        return rows.get(0).values()[0] > rows.get(rows.size() - 1).values()[0];
    }

    /** The third column; where it is negative, which can't be, one that says nothing was measured. */
    double[] uncertainties() {
        double[] errors = file.column(2);
        for (int i = 0; i < errors.length; i++) {
            if (errors[i] < 0) {
                errors[i] = USELESS;
            }
        }
        return errors;
    }
}
