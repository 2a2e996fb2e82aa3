package io.spectractor.calib;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads commented CSV: UTF-8; lines that start with # hold {@code key: value} (a repeated key adds a line); then one line
 * of column names; then rows of as many fields, separated by commas, without quotes. Blank lines are skipped.
 */
final class TableReader {
    /** Every table says these about itself. */
    static final List<String> REQUIRED_KEYS = List.of("quantity", "units", "source", "licence", "date");

    /** Columns that hold names, even where a name looks like a number. */
    private static final Set<String> NAMING =
            Set.of("label", "full_name", "name", "aliases", "map", "table", "sed", "reference");

    /** A row and where it stands. */
    private record Row(int line, List<String> fields) {}

    private TableReader() {}

    /**
     * @param name of the table, for messages
     * @throws CalibrationException if the text is no such table
     */
    static Table read(String name, byte[] bytes) {
        Map<String, String> header = new LinkedHashMap<>();
        List<String> columns = List.of();
        List<Row> rows = new ArrayList<>();
        int number = 0;
        for (String line : decode(name, bytes).split("\n", -1)) {
            number++;
            String text = line.strip();
            if (text.isEmpty()) {
                continue;
            }
            if (text.startsWith("#")) {
                addHeader(name, number, text.substring(1), header);
            } else if (columns.isEmpty()) {
                columns = columns(name, number, text);
            } else {
                rows.add(row(name, number, text, columns));
            }
        }
        if (columns.isEmpty() || rows.isEmpty()) {
            throw new CalibrationException(name, 0, "holds no rows; is the file truncated?");
        }
        List<Table.Column> typed = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            typed.add(typed(columns.get(i), i, rows));
        }
        return new Table(name, header, typed, rows.stream().mapToInt(Row::line).toArray());
    }

    /** A column of numbers if all its fields are finite numbers or empty, and it is not one that names things. */
    private static Table.Column typed(String column, int index, List<Row> rows) {
        List<String> fields = rows.stream().map(row -> row.fields().get(index)).toList();
        double[] values = new double[fields.size()];
        boolean numbers = !NAMING.contains(column) && fields.stream().anyMatch(field -> !field.isEmpty());
        for (int i = 0; numbers && i < values.length; i++) {
            values[i] = FastDoubleParser.parse(fields.get(i));
            numbers = Double.isFinite(values[i]) || fields.get(i).isEmpty();
        }
        return numbers ? new Table.Numbers(column, values) : new Table.Texts(column, fields);
    }

    private static String decode(String name, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new CalibrationException(name, 0, "is not UTF-8 text", e);
        }
    }

    private static void addHeader(String name, int number, String text, Map<String, String> header) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new CalibrationException(name, number, "expected '# key: value'");
        }
        header.merge(text.substring(0, colon).strip(), text.substring(colon + 1).strip(), (a, b) -> a + "\n" + b);
    }

    private static List<String> columns(String name, int number, String text) {
        List<String> columns = fields(text);
        Set<String> seen = new HashSet<>();
        for (String column : columns) {
            if (column.isEmpty() || !seen.add(column)) {
                throw new CalibrationException(name, number, "column '" + column + "' is empty or named twice");
            }
        }
        return columns;
    }

    private static Row row(String name, int number, String text, List<String> columns) {
        List<String> fields = fields(text);
        if (fields.size() != columns.size()) {
            throw new CalibrationException(
                    name, number, "has " + fields.size() + " fields, the table has " + columns.size() + " columns");
        }
        return new Row(number, fields);
    }

    private static List<String> fields(String text) {
        List<String> fields = new ArrayList<>();
        int start = 0;
        for (int comma = text.indexOf(','); comma >= 0; comma = text.indexOf(',', start)) {
            fields.add(text.substring(start, comma).strip());
            start = comma + 1;
        }
        fields.add(text.substring(start).strip());
        return fields;
    }
}
