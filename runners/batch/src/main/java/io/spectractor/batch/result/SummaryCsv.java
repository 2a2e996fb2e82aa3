package io.spectractor.batch.result;

import io.spectractor.core.config.RecordFields;
import io.spectractor.core.outcome.Caveat;
import io.spectractor.core.outcome.Failure;
import io.spectractor.core.outcome.FailureKind;
import io.spectractor.core.outcome.Stage;
import io.spectractor.core.outcome.StageTimings;
import io.spectractor.core.product.ProductSummary;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code summary.csv}: one row per image. Comma-separated with a header line, quoted as RFC 4180 says, numbers with a
 * point and in full precision. Stack traces are in the journal only.
 */
public final class SummaryCsv {

    private SummaryCsv() {}

    /** The table. */
    public static String write(List<ImageResult> images) {
        StringBuilder text = new StringBuilder(String.join(",", columns())).append('\n');
        for (ImageResult image : images) {
            text.append(row(image).values().stream().map(SummaryCsv::quoted).collect(Collectors.joining(",")))
                    .append('\n');
        }
        return text.toString();
    }

    /** Names of the columns in their order. */
    public static List<String> columns() {
        return List.copyOf(
                row(ImageResult.notTried("", "", ImageStatus.NOT_RUN, null)).keySet());
    }

    /**
     * Reads a table.
     *
     * @throws IllegalArgumentException if it is not one of ours
     */
    public static List<ImageResult> read(String text) {
        List<List<String>> rows = CsvText.parse(text);
        if (rows.isEmpty() || !rows.get(0).equals(columns())) {
            throw new IllegalArgumentException("not a summary of this version: the header line differs");
        }
        List<ImageResult> images = new ArrayList<>();
        for (List<String> cells : rows.subList(1, rows.size())) {
            if (cells.size() != rows.get(0).size()) {
                throw new IllegalArgumentException("row " + (images.size() + 2) + " has " + cells.size() + " cells");
            }
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < cells.size(); i++) {
                row.put(rows.get(0).get(i), cells.get(i));
            }
            images.add(image(row));
        }
        return images;
    }

    /** Types of the columns by their names, in their order: double, int, boolean or String. */
    public static Map<String, Class<?>> types() {
        Map<String, Class<?>> types = new LinkedHashMap<>();
        columns().forEach(column -> types.put(column, String.class));
        types.put("attempts", int.class);
        types.put("reused", boolean.class);
        types.put("wall_s", double.class);
        for (Stage stage : Stage.values()) {
            types.put(word(stage) + "_s", double.class);
        }
        putTypes(types, ProductSummary.class);
        return types;
    }

    private static void putTypes(Map<String, Class<?>> types, Class<?> type) {
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.getType().isRecord()) {
                putTypes(types, component.getType());
            } else {
                types.put(RecordFields.keyName(component), component.getType());
            }
        }
    }

    /** The cells of an image by their columns, in their order; empty for what there is not. */
    public static Map<String, String> row(ImageResult image) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("image", image.name());
        row.put("status", word(image.status()));
        Failure failure = image.failure();
        row.put("failure", failure == null ? "" : word(failure.kind()));
        row.put("stage", failure == null ? "" : word(failure.stage()));
        row.put("message", failure == null ? "" : failure.message());
        row.put("note", text(image.note()));
        row.put("caveats", image.caveats().stream().map(SummaryCsv::word).collect(Collectors.joining(" ")));
        row.put("attempts", Integer.toString(image.attempts()));
        row.put("reused", Boolean.toString(image.reused()));
        row.put("wall_s", Double.toString(image.wallSeconds()));
        for (Stage stage : Stage.values()) {
            Double seconds = image.timings().seconds().get(stage);
            row.put(word(stage) + "_s", seconds == null ? "" : seconds.toString());
        }
        row.put("input", image.input());
        row.put("product", text(image.product()));
        row.put("product_sha256", text(image.productSha256()));
        row.put("science_sha256", text(image.scienceSha256()));
        row.put("input_sha256", text(image.inputSha256()));
        row.put("key", text(image.key()));
        putNumbers(row, ProductSummary.class, image.numbers());
        return row;
    }

    /** One column per number, those of a record inside the record in its place. */
    private static void putNumbers(Map<String, String> row, Class<?> type, @Nullable Object owner) {
        for (RecordComponent component : type.getRecordComponents()) {
            Object value = owner == null ? null : RecordFields.valueOrNull(component, owner);
            if (component.getType().isRecord()) {
                putNumbers(row, component.getType(), value);
            } else {
                String old = row.put(RecordFields.keyName(component), value == null ? "" : value.toString());
                if (old != null) {
                    throw new IllegalStateException("two columns are called " + RecordFields.keyName(component));
                }
            }
        }
    }

    private static ImageResult image(Map<String, String> row) {
        ImageStatus status = ImageStatus.valueOf(constant(row, "status"));
        Failure failure = status == ImageStatus.FAILED
                ? new Failure(
                        Stage.valueOf(constant(row, "stage")),
                        FailureKind.valueOf(constant(row, "failure")),
                        cell(row, "message"),
                        "")
                : null;
        Map<Stage, Double> seconds = new EnumMap<>(Stage.class);
        for (Stage stage : Stage.values()) {
            String cell = cell(row, word(stage) + "_s");
            if (!cell.isEmpty()) {
                seconds.put(stage, Double.valueOf(cell));
            }
        }
        return new ImageResult(
                cell(row, "image"),
                cell(row, "input"),
                status,
                orNull(row, "note"),
                failure,
                caveats(cell(row, "caveats")),
                Integer.parseInt(cell(row, "attempts")),
                Boolean.parseBoolean(cell(row, "reused")),
                Double.parseDouble(cell(row, "wall_s")),
                new StageTimings(seconds),
                orNull(row, "product"),
                orNull(row, "product_sha256"),
                orNull(row, "science_sha256"),
                orNull(row, "input_sha256"),
                orNull(row, "key"),
                status.isDone() ? numbers(row, ProductSummary.class) : null);
    }

    private static SortedSet<Caveat> caveats(String words) {
        SortedSet<Caveat> caveats = new TreeSet<>();
        for (String word : words.split(" ", -1)) {
            if (!word.isEmpty()) {
                caveats.add(Caveat.valueOf(word.toUpperCase(Locale.ROOT)));
            }
        }
        return caveats;
    }

    private static <R> R numbers(Map<String, String> row, Class<R> type) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = Arrays.stream(components)
                .map(c -> c.getType().isRecord()
                        ? numbers(row, c.getType())
                        : number(c.getType(), cell(row, RecordFields.keyName(c))))
                .toArray();
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot build " + type, e);
        }
    }

    private static @Nullable Object number(Class<?> type, String cell) {
        if (type == double.class) {
            return Double.valueOf(cell);
        }
        if (type == int.class) {
            return Integer.valueOf(cell);
        }
        return cell.isEmpty() ? null : cell;
    }

    private static String cell(Map<String, String> row, String column) {
        return row.getOrDefault(column, "");
    }

    private static String constant(Map<String, String> row, String column) {
        return cell(row, column).toUpperCase(Locale.ROOT);
    }

    private static @Nullable String orNull(Map<String, String> row, String column) {
        String cell = cell(row, column);
        return cell.isEmpty() ? null : cell;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
