package io.spectractor.calib;

import io.spectractor.core.optics.TabulatedCurve;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * A table of calibration data: its header and its columns, each all numbers or all text. Immutable.
 *
 * <p>It is the same table whether it was read from text or from HDF5.
 */
public final class Table {
    /** A column. */
    sealed interface Column permits Numbers, Texts {
        String name();

        int size();
    }

    /** Float64 numbers; NaN where nothing is known. */
    record Numbers(String name, double[] values) implements Column {
        @Override
        public int size() {
            return values.length;
        }
    }

    /** Text; empty where nothing is known. */
    record Texts(String name, List<String> values) implements Column {
        Texts {
            values = List.copyOf(values);
        }

        @Override
        public int size() {
            return values.size();
        }
    }

    private static final double LARGEST_PLAIN_INTEGER = 1e15;

    private final String name;
    private final SortedMap<String, String> header;
    private final List<Column> columns;
    private final List<String> columnNames;
    private final int size;
    private final int[] lines;

    /**
     * @param lines where each row stands in its text, or empty if it has none
     */
    Table(String name, Map<String, String> header, List<Column> columns, int[] lines) {
        this.name = name;
        this.header = Collections.unmodifiableSortedMap(new TreeMap<>(header));
        this.columns = List.copyOf(columns);
        this.columnNames = this.columns.stream().map(Column::name).toList();
        this.size = this.columns.isEmpty() ? 0 : this.columns.get(0).size();
        this.lines = lines;
        if (size == 0) {
            throw new CalibrationException(name, 0, "holds no rows; is the file truncated?");
        }
        for (Column column : this.columns) {
            if (column.size() != size) {
                throw new CalibrationException(
                        name, 0, "column " + column.name() + " has " + column.size() + " rows, others " + size);
            }
        }
        for (String key : TableReader.REQUIRED_KEYS) {
            if (!this.header.containsKey(key)) {
                throw new CalibrationException(
                        name, 0, "does not state its " + key + "; add a line '# " + key + ": ...'");
            }
        }
    }

    /** Starts a table. */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** Collects a table's header and columns. */
    public static final class Builder {
        private final String name;
        private final Map<String, String> header = new TreeMap<>();
        private final List<Column> columns = new ArrayList<>();

        private Builder(String name) {
            this.name = name;
        }

        /** Says something of the table; quantity, units, source, licence and date must be said. */
        public Builder header(String key, String value) {
            header.put(key, value);
            return this;
        }

        /** Says all this of the table. */
        public Builder header(Map<String, String> entries) {
            header.putAll(entries);
            return this;
        }

        /** Adds a column of numbers, NaN for what is not known. */
        public Builder numbers(String column, double[] values) {
            columns.add(new Numbers(column, values.clone()));
            return this;
        }

        /** Adds a column of text. */
        public Builder texts(String column, List<String> values) {
            columns.add(new Texts(column, values));
            return this;
        }

        /**
         * The table.
         *
         * @throws CalibrationException if it has no rows, columns of unequal length, or does not state its provenance
         */
        public Table build() {
            return new Table(name, header, columns, new int[0]);
        }
    }

    /** Name, e.g. {@code filter/RG715.csv}. */
    public String name() {
        return name;
    }

    /** The header of the table: quantity, units, source, licence, date and perhaps notes (one per line). */
    public SortedMap<String, String> header() {
        return header;
    }

    /** Names of the columns. */
    public List<String> columns() {
        return columnNames;
    }

    /** The columns with their values; not to be changed. */
    List<Column> content() {
        return columns;
    }

    /**
     * This table with a row more, or with another one in the place of a row.
     *
     * @param row from 0, or the number of rows to add one
     * @param fields by column as they are written in text; others stay, or are empty in a new row
     * @throws CalibrationException if there is no such column
     */
    public Table withRow(int row, Map<String, String> fields) {
        StringBuilder text = new StringBuilder();
        header.forEach((key, value) -> value.lines()
                .forEach(l ->
                        text.append("# ").append(key).append(": ").append(l).append('\n')));
        text.append(String.join(",", columnNames)).append('\n');
        fields.keySet().forEach(this::column);
        for (int i = 0; i < Math.max(size, row + 1); i++) {
            StringJoiner line = new StringJoiner(",");
            for (Column column : columns) {
                String old = i < size ? text(column, i) : "";
                line.add(i == row ? fields.getOrDefault(column.name(), old) : old);
            }
            text.append(line).append('\n');
        }
        return TableReader.read(name, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Number of rows. */
    public int size() {
        return size;
    }

    /**
     * A field as text; empty if nothing stands there. A number is written so that it can be read back exactly.
     *
     * @param row from 0
     * @throws CalibrationException if there is no such column
     */
    public String text(int row, String column) {
        return text(column(column), row);
    }

    static String text(Column column, int row) {
        if (column instanceof Texts texts) {
            return texts.values().get(row);
        }
        double value = ((Numbers) column).values()[row];
        if (Double.isNaN(value)) {
            return "";
        }
        boolean plain = value == Math.rint(value) && Math.abs(value) < LARGEST_PLAIN_INTEGER && value != 0;
        return plain ? Long.toString((long) value) : Double.toString(value);
    }

    /**
     * A field as text that must not be empty.
     *
     * @throws CalibrationException if it is, or there is no such column
     */
    public String required(int row, String column) {
        String text = text(row, column);
        if (text.isEmpty()) {
            throw problem(row, column + " is empty");
        }
        return text;
    }

    /**
     * A field as a number.
     *
     * @throws CalibrationException if it is not a finite number, or there is no such column
     */
    public double number(int row, String column) {
        Column cells = column(column);
        if (cells instanceof Numbers numbers && Double.isFinite(numbers.values()[row])) {
            return numbers.values()[row];
        }
        String text = text(cells, row);
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw problem(row, column + " is '" + text + "', not a number");
        }
        if (!Double.isFinite(value)) {
            throw problem(row, column + " is '" + text + "', not finite");
        }
        return value;
    }

    /** Whether a column holds numbers, some of them perhaps unknown. */
    public boolean isNumeric(String column) {
        return column(column) instanceof Numbers;
    }

    /**
     * A column of numbers, NaN for those that are unknown.
     *
     * @throws CalibrationException if it holds text, or there is no such column
     */
    public double[] values(String column) {
        if (column(column) instanceof Numbers numbers) {
            return numbers.values().clone();
        }
        throw new CalibrationException(name, 0, "column " + column + " holds text");
    }

    /** A column of numbers; see {@link #number}. */
    public double[] numbers(String column) {
        double[] values = new double[size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = number(i, column);
        }
        return values;
    }

    /**
     * A column against the column {@code lambda_nm}.
     *
     * @throws CalibrationException if the wavelengths do not increase or a field is not a number
     */
    public TabulatedCurve curve(String column, TabulatedCurve.Outside outside) {
        double[] lambdaNm = numbers("lambda_nm");
        double[] values = numbers(column);
        for (int i = 1; i < lambdaNm.length; i++) {
            if (lambdaNm[i] <= lambdaNm[i - 1]) {
                throw problem(i, "wavelength " + lambdaNm[i] + " nm does not exceed the one before");
            }
        }
        return new TabulatedCurve(lambdaNm, values, outside);
    }

    /** An error about a row. */
    CalibrationException problem(int row, String what) {
        return new CalibrationException(name, row < lines.length ? lines[row] : 0, what);
    }

    private Column column(String column) {
        int index = columnNames.indexOf(column);
        if (index < 0) {
            throw new CalibrationException(
                    name, 0, "has no column " + column + ", only " + String.join(", ", columnNames));
        }
        return columns.get(index);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Table table && Arrays.equals(CanonicalForm.of(this), CanonicalForm.of(table));
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }
}
