package io.spectractor.hats;

import io.spectractor.sky.Healpix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/** Rows in memory, by columns, of any schema that Parquet knows. Immutable. */
public final class Table {
    private final MessageType schema;
    private final Map<List<String>, LeafColumn> leaves;
    private final int rows;

    Table(MessageType schema, List<LeafColumn> leaves) {
        this.schema = schema;
        this.leaves = new LinkedHashMap<>();
        int n = -1;
        for (LeafColumn leaf : leaves) {
            this.leaves.put(Arrays.asList(leaf.column().getPath()), leaf);
            if (n >= 0 && leaf.rows() != n) {
                throw new IllegalArgumentException("column "
                        + String.join(".", leaf.column().getPath()) + " has " + leaf.rows() + " rows, not " + n);
            }
            n = leaf.rows();
        }
        this.rows = Math.max(0, n);
    }

    /** Its columns and their types. */
    public MessageType schema() {
        return schema;
    }

    public int rows() {
        return rows;
    }

    /** Names of the columns. */
    public List<String> names() {
        return schema.getFields().stream().map(Type::getName).toList();
    }

    /** Memory it takes, bytes, about. */
    public long bytes() {
        return leaves.values().stream().mapToLong(LeafColumn::bytes).sum();
    }

    LeafColumn leaf(String... path) {
        LeafColumn leaf = leaves.get(Arrays.asList(path));
        if (leaf == null) {
            throw new CatalogueException(
                    "there is no column " + String.join(".", path) + "; there are " + String.join(", ", names()));
        }
        return leaf;
    }

    List<LeafColumn> leaves() {
        return new ArrayList<>(leaves.values());
    }

    /**
     * Numbers of a column without lists; null is NaN.
     *
     * @throws CatalogueException if there is no such column of numbers
     */
    public double[] doubles(String... path) {
        LeafColumn leaf = leaf(path);
        if (leaf.column().getMaxRepetitionLevel() == 0) {
            Object values = leaf.values();
            if (values instanceof double[] array && noNulls(leaf)) {
                return array;
            }
            return IntStream.range(0, rows).mapToDouble(i -> number(leaf, i)).toArray();
        }
        throw new CatalogueException("column " + String.join(".", path) + " holds lists, not one number for each row");
    }

    private static boolean noNulls(LeafColumn leaf) {
        return leaf.isFull() || IntStream.range(0, leaf.rows()).noneMatch(leaf::isNull);
    }

    private static double number(LeafColumn leaf, int i) {
        if (leaf.isNull(i)) {
            return Double.NaN;
        }
        Object values = leaf.values();
        if (values instanceof double[] array) {
            return array[i];
        } else if (values instanceof float[] array) {
            return array[i];
        } else if (values instanceof long[] array) {
            return array[i];
        } else if (values instanceof int[] array) {
            return array[i];
        }
        throw new CatalogueException("column " + String.join(".", leaf.column().getPath()) + " is not a number but "
                + leaf.column().getPrimitiveType().getPrimitiveTypeName().name().toLowerCase(java.util.Locale.ROOT));
    }

    /** Whole numbers of a column without lists and nulls. */
    public long[] longs(String... path) {
        Object values = leaf(path).values();
        if (values instanceof long[] array) {
            return array;
        } else if (values instanceof int[] array) {
            return Arrays.stream(array).asLongStream().toArray();
        }
        throw new CatalogueException("column " + String.join(".", path) + " is not a whole number");
    }

    /** Texts of a column without lists, numbers as texts; null is the word null. Equal texts of one dictionary are one object. */
    public String[] texts(String... path) {
        LeafColumn leaf = leaf(path);
        String[] texts = new String[rows];
        // texts of a dictionary are one object for each of its entries
        IdentityHashMap<Object, String> known = new IdentityHashMap<>();
        Binary[] values = leaf.values() instanceof Binary[] binaries ? binaries : null;
        for (int i = 0; i < rows; i++) {
            if (values == null || leaf.isNull(i)) {
                texts[i] = String.valueOf(single(leaf, i));
                continue;
            }
            String text = known.get(values[i]);
            if (text == null) {
                text = String.valueOf(single(leaf, i));
                known.put(values[i], text);
            }
            texts[i] = text;
        }
        return texts;
    }

    /** One value: null, Double, Float, Long, Integer, Boolean, String or byte[]; a list for nested columns. */
    public @Nullable Object value(int row, String... path) {
        LeafColumn leaf = leaf(path);
        if (leaf.column().getMaxRepetitionLevel() == 0) {
            return single(leaf, row);
        }
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = leaf.start(row); i < leaf.start(row + 1); i++) {
            // below the list's own level an entry says: there is no list, or an empty one
            if (leaf.level(i) >= leaf.column().getMaxDefinitionLevel() - 1 && leaf.level(i) > 1) {
                list.add(single(leaf, i));
            }
        }
        return list;
    }

    private static @Nullable Object single(LeafColumn leaf, int i) {
        if (leaf.isNull(i)) {
            return null;
        }
        Object value = java.lang.reflect.Array.get(leaf.values(), i);
        if (value instanceof Binary binary) {
            return leaf.column().getPrimitiveType().getLogicalTypeAnnotation() instanceof StringLogicalTypeAnnotation
                    ? binary.toStringUsingUTF8()
                    : binary.getBytes();
        }
        return value;
    }

    /** The numbers of a row's list; null is NaN, no list is an empty one. */
    public double[] list(int row, String... path) {
        LeafColumn leaf = leaf(path);
        int full = leaf.column().getMaxDefinitionLevel();
        int from = leaf.start(row);
        int to = leaf.start(row + 1);
        boolean optional = leaf.column().getPrimitiveType().isRepetition(Type.Repetition.OPTIONAL);
        int element = optional ? full - 1 : full;
        if (to - from == 1 && leaf.level(from) < element) {
            return new double[0];
        }
        return IntStream.range(from, to).mapToDouble(i -> number(leaf, i)).toArray();
    }

    /**
     * The lists of one row's struct as a table of their own, a row for each entry.
     *
     * @throws CatalogueException if there is no such struct of lists
     */
    public Table series(int row, String struct) {
        return series(struct).apply(row);
    }

    /**
     * The lists of a struct: for each row a table of their own, a row for each entry. For many rows this is faster than asking
     * for each.
     *
     * @throws CatalogueException if there is no such struct of lists
     */
    public IntFunction<Table> series(String struct) {
        if (!schema.containsField(struct) || schema.getType(struct).isPrimitive()) {
            throw new CatalogueException(
                    "there is no struct of lists " + struct + "; there are " + String.join(", ", names()));
        }
        List<Type> fields = new ArrayList<>();
        List<LeafColumn> lists = new ArrayList<>();
        for (LeafColumn leaf : leaves.values()) {
            String[] path = leaf.column().getPath();
            if (path.length > 1 && path[0].equals(struct)) {
                PrimitiveType type = leaf.column().getPrimitiveType();
                lists.add(leaf);
                fields.add(Types.optional(type.getPrimitiveTypeName())
                        .length(type.getTypeLength())
                        .as(type.getLogicalTypeAnnotation())
                        .named(path[1]));
            }
        }
        MessageType flat = new MessageType(schema.getName(), fields);
        List<ColumnDescriptor> described = flat.getColumns();
        return row -> {
            List<LeafColumn> columns = new ArrayList<>(lists.size());
            for (int i = 0; i < lists.size(); i++) {
                columns.add(lists.get(i).unnested(row, described.get(i)));
            }
            return new Table(flat, columns);
        };
    }

    /** The rows from one to before another. */
    public Table rows(int from, int to) {
        return from == 0 && to == rows ? this : rows(IntStream.range(from, to).toArray());
    }

    /** Some rows, in an order of their own. */
    public Table rows(int[] chosen) {
        return new Table(
                schema, leaves.values().stream().map(leaf -> leaf.rows(chosen)).toList());
    }

    /**
     * Some columns, in an order of their own.
     *
     * @throws CatalogueException if there is none of a name
     */
    public Table columns(List<String> chosen) {
        MessageType narrow = narrowed(schema, chosen);
        return new Table(
                narrow,
                narrow.getColumns().stream()
                        .map(column -> leaf(column.getPath()).renamed(column))
                        .toList());
    }

    static MessageType narrowed(MessageType schema, List<String> chosen) {
        List<Type> fields = new ArrayList<>();
        for (String name : chosen) {
            if (!schema.containsField(name)) {
                throw new CatalogueException("there is no column " + name + "; there are "
                        + String.join(
                                ", ",
                                schema.getFields().stream().map(Type::getName).toList()));
            }
            fields.add(schema.getType(name));
        }
        return new MessageType(schema.getName(), fields);
    }

    /** The same rows with the columns of another schema; those that there are not are null. */
    public Table fitted(MessageType other) {
        return new Table(
                other,
                other.getColumns().stream()
                        .map(column -> {
                            LeafColumn own = leaves.get(Arrays.asList(column.getPath()));
                            return own == null ? LeafColumn.nulls(column, rows) : own.renamed(column);
                        })
                        .toList());
    }

    /** Tables of one schema, one after the other. */
    public static Table joined(List<Table> parts) {
        Table first = parts.get(0);
        List<LeafColumn> joined = new ArrayList<>();
        for (ColumnDescriptor column : first.schema.getColumns()) {
            joined.add(LeafColumn.joined(
                    parts.stream().map(part -> part.leaf(column.getPath())).toList()));
        }
        return new Table(first.schema, joined);
    }

    /** The columns of this table, then those of another with as many rows. */
    public Table beside(Table other) {
        List<Type> fields = new ArrayList<>(schema.getFields());
        fields.addAll(other.schema.getFields());
        MessageType both = new MessageType(schema.getName(), fields);
        return new Table(
                both,
                both.getColumns().stream()
                        .map(column -> {
                            LeafColumn own = leaves.get(Arrays.asList(column.getPath()));
                            return (own == null ? other.leaf(column.getPath()) : own).renamed(column);
                        })
                        .toList());
    }

    /** The same rows with the columns renamed by a suffix. */
    public Table suffixed(String suffix) {
        List<Type> fields = schema.getFields().stream()
                .map(field -> TableBuilder.renamed(field, field.getName() + suffix))
                .toList();
        MessageType renamed = new MessageType(schema.getName(), fields);
        List<LeafColumn> own = leaves();
        List<LeafColumn> result = new ArrayList<>();
        for (int i = 0; i < own.size(); i++) {
            result.add(own.get(i).renamed(renamed.getColumns().get(i)));
        }
        return new Table(renamed, result);
    }

    /** The rows sorted by their order-29 pixel; of equal ones the earlier stays first. */
    public Table sortedByPixel() {
        long[] pixel = longs(HatsLayout.PIXEL);
        boolean sorted = IntStream.range(1, rows).allMatch(i -> pixel[i - 1] <= pixel[i]);
        return sorted ? this : rows(order(pixel));
    }

    private static int[] order(long[] key) {
        // keys use 62 bits at most: sorting (key, row) pairs as objects would take ten times the memory
        int n = key.length;
        int[] rows = IntStream.range(0, n).toArray();
        int[] other = new int[n];
        for (int shift = 0; shift < 2 * Healpix.MAX_ORDER + 4; shift += 16) {
            int[] count = new int[65537];
            for (int row : rows) {
                count[(int) (key[row] >>> shift & 0xffff) + 1]++;
            }
            for (int i = 0; i < 65536; i++) {
                count[i + 1] += count[i];
            }
            for (int row : rows) {
                other[count[(int) (key[row] >>> shift & 0xffff)]++] = row;
            }
            int[] swap = rows;
            rows = other;
            other = swap;
        }
        return rows;
    }
}
