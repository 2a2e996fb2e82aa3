package io.spectractor.hats;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/**
 * The values of one primitive column of a table with Dremel's levels, however deep it lies in structs and lists. Rows are
 * told apart by repetition level 0. Arrays are not copied; who builds a leaf gives them away.
 */
final class LeafColumn {
    private static final int SAMPLE = 1000;

    private final ColumnDescriptor column;
    /** Levels, or null where every entry is a value (definition) or a row (repetition). */
    private final byte @Nullable [] definition;

    private final byte @Nullable [] repetition;
    private final Object values;
    /** First entry of each row and the end, null where entries are rows. */
    private final int @Nullable [] start;

    private final int entries;

    private LeafColumn(
            ColumnDescriptor column,
            byte @Nullable [] definition,
            byte @Nullable [] repetition,
            Object values,
            int entries) {
        this.column = column;
        this.definition = definition;
        this.repetition = repetition;
        this.values = values;
        this.entries = entries;
        this.start = repetition == null ? null : starts(repetition, entries);
    }

    private static int[] starts(byte[] repetition, int entries) {
        int rows = 0;
        for (int i = 0; i < entries; i++) {
            rows += repetition[i] == 0 ? 1 : 0;
        }
        int[] start = new int[rows + 1];
        start[rows] = entries;
        // backwards, each entry is its row's first one until an earlier one is found: no branch, which is half of the
        // time
        int row = rows - 1;
        for (int i = entries - 1; i >= 0; i--) {
            start[row] = i;
            row -= repetition[i] == 0 ? 1 : 0;
        }
        return start;
    }

    /** A column without lists; {@code present} may be null for one without nulls. */
    static LeafColumn flat(ColumnDescriptor column, Object values, boolean @Nullable [] present) {
        int n = java.lang.reflect.Array.getLength(values);
        byte[] definition = null;
        if (present != null) {
            definition = new byte[n];
            for (int i = 0; i < n; i++) {
                definition[i] = (byte) (present[i] ? column.getMaxDefinitionLevel() : 0);
            }
        }
        return new LeafColumn(column, definition, null, values, n);
    }

    /** A column with all its levels. */
    static LeafColumn nested(ColumnDescriptor column, byte[] definition, byte[] repetition, Object values) {
        return new LeafColumn(column, definition, repetition, values, definition.length);
    }

    /** A column without rows. */
    static LeafColumn empty(ColumnDescriptor column) {
        byte[] repetition = column.getMaxRepetitionLevel() == 0 ? null : new byte[0];
        return new LeafColumn(column, null, repetition, array(column, 0), 0);
    }

    /** A column of rows that are all null. */
    static LeafColumn nulls(ColumnDescriptor column, int rows) {
        byte[] repetition = column.getMaxRepetitionLevel() == 0 ? null : new byte[rows];
        return new LeafColumn(column, new byte[rows], repetition, array(column, rows), rows);
    }

    /** A column as it was read; {@code definition} is null where every entry is a value. */
    static LeafColumn whole(
            ColumnDescriptor column,
            byte @Nullable [] definition,
            byte @Nullable [] repetition,
            Object values,
            int entries) {
        return new LeafColumn(column, definition, repetition, values, entries);
    }

    /** An array for so many values of a column. */
    static Object array(ColumnDescriptor column, int n) {
        return switch (column.getPrimitiveType().getPrimitiveTypeName()) {
            case DOUBLE -> new double[n];
            case FLOAT -> new float[n];
            case INT64 -> new long[n];
            case INT32 -> new int[n];
            case BOOLEAN -> new boolean[n];
            case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> new Binary[n];
        };
    }

    /** Writes the entries of some rows. */
    void write(ColumnWriter writer, int fromRow, int toRow) {
        int from = start == null ? fromRow : start[fromRow];
        int to = start == null ? toRow : start[toRow];
        int full = column.getMaxDefinitionLevel();
        for (int i = from; i < to; i++) {
            int r = repetition == null ? 0 : repetition[i];
            int d = definition == null ? full : definition[i];
            if (d < full) {
                writer.writeNull(r, d);
            } else if (values instanceof double[] array) {
                writer.write(array[i], r, d);
            } else if (values instanceof float[] array) {
                writer.write(array[i], r, d);
            } else if (values instanceof long[] array) {
                writer.write(array[i], r, d);
            } else if (values instanceof int[] array) {
                writer.write(array[i], r, d);
            } else if (values instanceof boolean[] array) {
                writer.write(array[i], r, d);
            } else {
                writer.write(((Binary[]) values)[i], r, d);
            }
        }
    }

    /**
     * Whether values come again so often that a dictionary pays: half of a sample over some rows. A dictionary of measured numbers
     * costs most of the time of writing them, and then does not pay. Texts and truth values always count as such.
     */
    boolean isRepetitive(int fromRow, int toRow) {
        if (values instanceof Binary[] || values instanceof boolean[]) {
            return true;
        }
        int from = start(fromRow);
        int to = start(toRow);
        int step = Math.max(1, (to - from) / SAMPLE);
        Set<Object> different = new HashSet<>();
        int taken = 0;
        for (int i = from; i < to; i += step) {
            if (!isNull(i)) {
                different.add(java.lang.reflect.Array.get(values, i));
                taken++;
            }
        }
        return 2 * different.size() <= taken;
    }

    ColumnDescriptor column() {
        return column;
    }

    /** The same values under another descriptor of the same primitive type and the same levels. */
    LeafColumn renamed(ColumnDescriptor other) {
        return new LeafColumn(other, definition, repetition, values, entries);
    }

    int rows() {
        return start == null ? entries : start.length - 1;
    }

    /** First entry of a row. */
    int start(int row) {
        return start == null ? row : start[row];
    }

    /** Whether it is known to have no null. */
    boolean isFull() {
        return definition == null;
    }

    boolean isNull(int entry) {
        return definition != null && definition[entry] < column.getMaxDefinitionLevel();
    }

    /** Definition level of an entry. */
    int level(int entry) {
        return definition == null ? column.getMaxDefinitionLevel() : definition[entry];
    }

    Object values() {
        return values;
    }

    /** Memory, bytes, about. */
    long bytes() {
        long width = values instanceof double[] || values instanceof long[] ? 8 : values instanceof Binary[] ? 72 : 4;
        return entries * (width + (definition == null ? 0 : 1) + (repetition == null ? 0 : 1));
    }

    /** Some rows, in an order of their own. */
    LeafColumn rows(int[] rows) {
        int n = rows.length;
        if (start != null) {
            n = 0;
            for (int row : rows) {
                n += start[row + 1] - start[row];
            }
        }
        byte[] newDefinition = definition == null ? null : new byte[n];
        byte[] newRepetition = repetition == null ? null : new byte[n];
        Object newValues = array(column, n);
        int at = 0;
        for (int row : rows) {
            int from = start(row);
            int length = start == null ? 1 : start[row + 1] - from;
            copy(from, length, newDefinition, newRepetition, newValues, at);
            at += length;
        }
        return new LeafColumn(column, newDefinition, newRepetition, newValues, n);
    }

    private void copy(
            int from,
            int length,
            byte @Nullable [] newDefinition,
            byte @Nullable [] newRepetition,
            Object newValues,
            int at) {
        if (length == 1) {
            copyOne(from, newValues, at);
        } else {
            System.arraycopy(values, from, newValues, at, length);
        }
        if (newDefinition != null) {
            if (definition == null) {
                Arrays.fill(newDefinition, at, at + length, (byte) column.getMaxDefinitionLevel());
            } else {
                System.arraycopy(definition, from, newDefinition, at, length);
            }
        }
        if (newRepetition != null && repetition != null) {
            System.arraycopy(repetition, from, newRepetition, at, length);
        }
    }

    private void copyOne(int from, Object newValues, int at) {
        if (values instanceof double[] array) {
            ((double[]) newValues)[at] = array[from];
        } else if (values instanceof long[] array) {
            ((long[]) newValues)[at] = array[from];
        } else {
            System.arraycopy(values, from, newValues, at, 1);
        }
    }

    /** The entries of a row's list as a column without lists; {@code flat} describes it. */
    LeafColumn unnested(int row, ColumnDescriptor flat) {
        int from = start(row);
        int full = column.getMaxDefinitionLevel();
        boolean optional = column.getPrimitiveType().isRepetition(org.apache.parquet.schema.Type.Repetition.OPTIONAL);
        int to = start(row + 1);
        boolean none = to - from == 1 && level(from) < (optional ? full - 1 : full);
        int n = none ? 0 : to - from;
        Object taken = array(column, n);
        System.arraycopy(values, from, taken, 0, n);
        int there = 0;
        for (int i = 0; i < n; i++) {
            there += level(from + i) == full ? 1 : 0;
        }
        if (there == n) {
            return flat(flat, taken, null);
        }
        boolean[] present = new boolean[n];
        for (int i = 0; i < n; i++) {
            present[i] = level(from + i) == full;
        }
        return flat(flat, taken, present);
    }

    /** Leaves of one column one after the other. */
    static LeafColumn joined(java.util.List<LeafColumn> parts) {
        LeafColumn first = parts.get(0);
        if (parts.size() == 1) {
            return first;
        }
        int n = parts.stream().mapToInt(part -> part.entries).sum();
        boolean nulls = parts.stream().anyMatch(part -> part.definition != null);
        byte[] definition = nulls ? new byte[n] : null;
        byte[] repetition = first.repetition == null ? null : new byte[n];
        Object values = array(first.column, n);
        int at = 0;
        for (LeafColumn part : parts) {
            if (part.entries > 0) {
                part.copy(0, part.entries, definition, repetition, values, at);
            }
            at += part.entries;
        }
        return new LeafColumn(first.column, definition, repetition, values, n);
    }
}
