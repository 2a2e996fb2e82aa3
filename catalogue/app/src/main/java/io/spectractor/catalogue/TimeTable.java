package io.spectractor.catalogue;

import io.spectractor.hats.CatalogueException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Numbers against time, as weather and MERRA-2 have them; between two times they are interpolated linearly. Immutable. */
final class TimeTable {
    private static final double MJD_OF_EPOCH = 40587;
    private static final double DAY_NS = 86_400e9;

    private final double[] mjd;
    private final Map<String, double[]> columns;

    private TimeTable(double[] mjd, Map<String, double[]> columns) {
        this.mjd = mjd;
        this.columns = columns;
    }

    /**
     * Reads CSV files of the same columns, plain or gzip. The first column is the time: ISO 8601 with a blank or a T, UTC, or
     * a modified Julian date. What is not a number is unknown.
     *
     * @throws CatalogueException if a file is none, or the columns differ
     */
    static TimeTable read(List<Path> files) {
        List<String> header = List.of();
        List<double[]> rows = new ArrayList<>();
        for (Path file : files) {
            try (BufferedReader lines = reader(file)) {
                String first = lines.readLine();
                List<String> names = first == null ? List.of() : List.of(first.split(",", -1));
                if (names.size() < 2) {
                    throw new CatalogueException(
                            file + " is not a table: its first line names a time and other columns");
                }
                if (!header.isEmpty() && !header.equals(names)) {
                    throw new CatalogueException(file + " has other columns than " + files.get(0));
                }
                header = names;
                int number = 1;
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    number++;
                    if (!line.isBlank()) {
                        rows.add(row(line.split(",", -1), names.size(), file + ", line " + number));
                    }
                }
            } catch (IOException e) {
                throw new CatalogueException(file + " cannot be read: " + e.getMessage(), e);
            }
        }
        rows.sort(Comparator.comparingDouble(row -> row[0]));
        Map<String, double[]> columns = new LinkedHashMap<>();
        for (int i = 1; i < header.size(); i++) {
            int at = i;
            columns.put(
                    header.get(i).strip(),
                    rows.stream().mapToDouble(row -> row[at]).toArray());
        }
        return new TimeTable(rows.stream().mapToDouble(row -> row[0]).toArray(), columns);
    }

    private static BufferedReader reader(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        return new BufferedReader(new InputStreamReader(
                file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in, StandardCharsets.UTF_8));
    }

    private static double[] row(String[] cells, int wanted, String where) {
        if (cells.length != wanted) {
            throw new CatalogueException(where + " has " + cells.length + " cells, the header " + wanted);
        }
        double[] row = new double[wanted];
        row[0] = time(cells[0].strip(), where);
        for (int i = 1; i < wanted; i++) {
            try {
                row[i] = Double.parseDouble(cells[i].strip());
            } catch (NumberFormatException e) {
                row[i] = Double.NaN;
            }
        }
        return row;
    }

    private static double time(String text, String where) {
        try {
            if (text.matches("[0-9]{4,6}(\\.[0-9]*)?")) {
                return Double.parseDouble(text);
            }
            LocalDateTime time = LocalDateTime.parse(text.replace(' ', 'T').replaceFirst("(Z|\\+00:?00)$", ""));
            return MJD_OF_EPOCH
                    + time.toLocalDate().toEpochDay()
                    + time.toLocalTime().toNanoOfDay() / DAY_NS;
        } catch (DateTimeParseException e) {
            throw new CatalogueException(
                    where + ": '" + text + "' is not a time; write 2023-01-31 12:00:00 (UTC) or a modified Julian date",
                    e);
        }
    }

    List<String> names() {
        return List.copyOf(columns.keySet());
    }

    int rows() {
        return mjd.length;
    }

    /**
     * A column at some times.
     *
     * @param times modified Julian dates
     * @param within days; NaN where no two times around are as near to each other
     */
    double[] at(String column, double[] times, double within) {
        double[] values = columns.get(column);
        if (values == null) {
            throw new CatalogueException("there is no column " + column + " in the table of times; there are "
                    + String.join(", ", columns.keySet()));
        }
        return Arrays.stream(times).map(time -> at(values, time, within)).toArray();
    }

    private double at(double[] values, double time, double within) {
        int found = Arrays.binarySearch(mjd, time);
        if (found >= 0) {
            return values[found];
        }
        int after = -found - 1;
        if (Double.isNaN(time) || after == 0 || after == mjd.length || mjd[after] - mjd[after - 1] > within) {
            return Double.NaN;
        }
        double share = (time - mjd[after - 1]) / (mjd[after] - mjd[after - 1]);
        return values[after - 1] + share * (values[after] - values[after - 1]);
    }
}
