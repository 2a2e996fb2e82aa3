package io.spectractor.cli.night;

import com.fasterxml.jackson.databind.JsonNode;
import io.spectractor.batch.Json;
import io.spectractor.batch.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Quality cuts from a JSON file: column, instrument (disperser and filter, or * for all), min and max, as in
 * {@code {"pwv_err": {"*": {"max": 0.3}}, "airmass": {"*": {"min": 1, "max": 2}}}}. A spectrum is kept if it passes all.
 *
 * @param cuts in the order of the file
 */
record QualityCuts(List<Cut> cuts) {
    private static final String ALL = "*";

    /**
     * One cut.
     *
     * @param column of the table
     * @param instrument or *
     * @param min least value that is kept
     * @param max largest
     */
    record Cut(String column, String instrument, double min, double max) {
        boolean keeps(NightTable.Row row) {
            if (!instrument.equals(ALL) && !instrument.equals(row.instrument())) {
                return true;
            }
            double value = NightTable.NUMBERS.get(column).applyAsDouble(row);
            return value >= min && value <= max;
        }
    }

    static QualityCuts none() {
        return new QualityCuts(List.of());
    }

    /**
     * Those of a file.
     *
     * @throws UsageException if it can't be read, or names a column that is not there
     */
    static QualityCuts read(@Nullable Path file) {
        if (file == null) {
            return none();
        }
        JsonNode root;
        try {
            root = Json.read(Files.readString(file), JsonNode.class);
        } catch (IOException e) {
            throw new UsageException(file + " cannot be read as JSON: " + e.getMessage(), e);
        }
        List<Cut> cuts = new ArrayList<>();
        if (!root.isObject() || root.isEmpty()) {
            throw new UsageException(file + ": expected an object with a column, an instrument or *, min and max, as in"
                    + " {\"pwv_err\": {\"*\": {\"max\": 0.3}}}");
        }
        for (Map.Entry<String, JsonNode> column : root.properties()) {
            if (!NightTable.NUMBERS.containsKey(column.getKey())) {
                throw new UsageException(file + ": no column " + column.getKey() + "; there are "
                        + String.join(", ", NightTable.NUMBERS.keySet()));
            }
            for (Map.Entry<String, JsonNode> of : column.getValue().properties()) {
                cuts.add(new Cut(
                        column.getKey(),
                        of.getKey(),
                        limit(file, column.getKey(), of.getValue(), "min", Double.NEGATIVE_INFINITY),
                        limit(file, column.getKey(), of.getValue(), "max", Double.POSITIVE_INFINITY)));
            }
        }
        return new QualityCuts(cuts);
    }

    private static double limit(Path file, String column, JsonNode range, String name, double open) {
        boolean known = range.isObject()
                && range.properties().stream()
                        .allMatch(e -> List.of("min", "max").contains(e.getKey()));
        if (!known) {
            throw new UsageException(file + ", " + column + ": expected {\"min\": ..., \"max\": ...}, got " + range);
        }
        JsonNode value = range.get(name);
        if (value == null) {
            return open;
        }
        if (!value.isNumber()) {
            throw new UsageException(file + ", " + column + ": " + name + " is not a number but " + value);
        }
        return value.asDouble();
    }

    boolean keeps(NightTable.Row row) {
        return cuts.stream().allMatch(c -> c.keeps(row));
    }
}
