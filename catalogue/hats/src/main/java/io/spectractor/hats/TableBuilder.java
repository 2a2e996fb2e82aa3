package io.spectractor.hats;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/**
 * Builds tables of our own columns. All columns are optional, as pyarrow writes them, so that every partition has the same
 * schema; strings are UTF-8, lists are three-level lists of {@code element}.
 */
public final class TableBuilder {
    private final List<Type> fields = new ArrayList<>();
    private final List<Object> columns = new ArrayList<>();

    /** A column of numbers; NaN stays NaN. */
    public TableBuilder add(String name, double[] values) {
        return put(Types.optional(PrimitiveTypeName.DOUBLE).named(name), values);
    }

    /** A column of whole numbers. */
    public TableBuilder add(String name, long[] values) {
        return put(Types.optional(PrimitiveTypeName.INT64).named(name), values);
    }

    /** A column of whole numbers of 32 bits. */
    public TableBuilder add(String name, int[] values) {
        return put(Types.optional(PrimitiveTypeName.INT32).named(name), values);
    }

    /** A column of yes and no. */
    public TableBuilder add(String name, boolean[] values) {
        return put(Types.optional(PrimitiveTypeName.BOOLEAN).named(name), values);
    }

    /** A column of texts, which may be null. */
    public TableBuilder add(String name, @Nullable String[] values) {
        return put(
                Types.optional(PrimitiveTypeName.BINARY)
                        .as(LogicalTypeAnnotation.stringType())
                        .named(name),
                values);
    }

    /** A column of lists of numbers; NaN stays NaN. */
    public TableBuilder addLists(String name, double[][] values) {
        return put(
                Types.optionalList().optionalElement(PrimitiveTypeName.DOUBLE).named(name), values);
    }

    /** A column of lists of texts. */
    public TableBuilder addLists(String name, String[][] values) {
        return put(
                Types.optionalList()
                        .optionalElement(PrimitiveTypeName.BINARY)
                        .as(LogicalTypeAnnotation.stringType())
                        .named(name),
                values);
    }

    /** A struct of equally long lists, e.g. a light curve. Its columns are those of another builder. */
    public TableBuilder addStruct(String name, TableBuilder lists) {
        Types.GroupBuilder<GroupType> group = Types.optionalGroup();
        lists.fields.forEach(group::addField);
        fields.add(group.named(name));
        columns.add(lists);
        return this;
    }

    private TableBuilder put(Type field, Object values) {
        fields.add(field);
        columns.add(values);
        return this;
    }

    /** The table. */
    public Table build() {
        MessageType schema = new MessageType("schema", fields);
        List<Object> data = new ArrayList<>();
        flatten(data);
        List<LeafColumn> leaves = new ArrayList<>();
        for (int i = 0; i < data.size(); i++) {
            leaves.add(leaf(schema, i, data.get(i)));
        }
        return new Table(schema, leaves);
    }

    private void flatten(List<Object> data) {
        for (Object column : columns) {
            if (column instanceof TableBuilder inner) {
                inner.flatten(data);
            } else {
                data.add(column);
            }
        }
    }

    private static LeafColumn leaf(MessageType schema, int i, Object values) {
        var column = schema.getColumns().get(i);
        if (values instanceof double[][] || values instanceof String[][]) {
            return lists(column, (Object[]) values);
        }
        if (values instanceof @Nullable String[] texts) {
            Binary[] binary = new Binary[texts.length];
            boolean[] present = new boolean[texts.length];
            for (int k = 0; k < texts.length; k++) {
                String text = texts[k];
                present[k] = text != null;
                if (text != null) {
                    binary[k] = Binary.fromString(text);
                }
            }
            return LeafColumn.flat(column, binary, present);
        }
        return LeafColumn.flat(column, values, null);
    }

    private static LeafColumn lists(org.apache.parquet.column.ColumnDescriptor column, Object[] rows) {
        int n = 0;
        for (Object row : rows) {
            n += Math.max(1, java.lang.reflect.Array.getLength(row));
        }
        byte[] definition = new byte[n];
        byte[] repetition = new byte[n];
        boolean numbers = rows instanceof double[][];
        double[] doubles = new double[numbers ? n : 0];
        Binary[] texts = new Binary[numbers ? 0 : n];
        int full = column.getMaxDefinitionLevel();
        int at = 0;
        for (Object row : rows) {
            int length = java.lang.reflect.Array.getLength(row);
            if (length == 0) {
                // the list is there and empty: two levels below a value that is there
                definition[at++] = (byte) (full - 2);
                continue;
            }
            for (int k = 0; k < length; k++) {
                definition[at] = (byte) full;
                repetition[at] = (byte) (k == 0 ? 0 : 1);
                if (row instanceof double[] array) {
                    doubles[at] = array[k];
                } else {
                    texts[at] = Binary.fromString(((String[]) row)[k]);
                }
                at++;
            }
        }
        return LeafColumn.nested(column, definition, repetition, numbers ? doubles : texts);
    }

    /** A field by another name. */
    static Type renamed(Type field, String name) {
        if (field instanceof PrimitiveType primitive) {
            return Types.primitive(primitive.getPrimitiveTypeName(), primitive.getRepetition())
                    .length(primitive.getTypeLength())
                    .as(primitive.getLogicalTypeAnnotation())
                    .named(name);
        }
        GroupType group = field.asGroupType();
        Types.GroupBuilder<GroupType> copy =
                Types.buildGroup(group.getRepetition()).as(group.getLogicalTypeAnnotation());
        group.getFields().forEach(copy::addField);
        return copy.named(name);
    }

    /** A column of order-29 pixels of positions. */
    public TableBuilder addPixels(double[] ra, double[] dec) {
        return add(
                HatsLayout.PIXEL,
                IntStream.range(0, ra.length)
                        .mapToLong(i -> io.spectractor.sky.Healpix.pixel(29, ra[i], dec[i]))
                        .toArray());
    }
}
