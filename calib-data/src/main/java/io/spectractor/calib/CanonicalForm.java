package io.spectractor.calib;

import io.spectractor.calib.Table.Column;
import io.spectractor.calib.Table.Numbers;
import io.spectractor.calib.Table.Texts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tables as bytes, the same whatever file they came from: what is hashed, and what a broadcast carries.
 *
 * <p>A table is its name, the number of header entries and these in the order of their keys (key, value), the number of
 * columns, the number of rows, and each column in its order: its name, a byte {@code N} or {@code T}, its values. A text
 * is its length in bytes and its UTF-8 bytes; a number is a float64, unknown ones the NaN 7ff8000000000000. Lengths and
 * counts are int32. All big-endian.
 */
final class CanonicalForm {
    private static final int NUMBERS = 'N';
    private static final int TEXTS = 'T';

    private CanonicalForm() {}

    static byte[] of(Table table) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(out, table);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    static void write(DataOutputStream out, Table table) throws IOException {
        text(out, table.name());
        out.writeInt(table.header().size());
        for (Map.Entry<String, String> entry : table.header().entrySet()) {
            text(out, entry.getKey());
            text(out, entry.getValue());
        }
        out.writeInt(table.content().size());
        out.writeInt(table.size());
        for (Column column : table.content()) {
            text(out, column.name());
            if (column instanceof Numbers numbers) {
                out.writeByte(NUMBERS);
                ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * numbers.size());
                for (double value : numbers.values()) {
                    bytes.putLong(Double.doubleToLongBits(value));
                }
                out.write(bytes.array());
            } else {
                out.writeByte(TEXTS);
                for (String value : ((Texts) column).values()) {
                    text(out, value);
                }
            }
        }
    }

    /**
     * Reads the next table.
     *
     * @throws IOException if the bytes are not a table
     */
    static Table read(DataInputStream in) throws IOException {
        String name = text(in);
        Map<String, String> header = new TreeMap<>();
        for (int i = count(in); i > 0; i--) {
            String key = text(in);
            header.put(key, text(in));
        }
        int columnCount = count(in);
        int rows = count(in);
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < columnCount; i++) {
            columns.add(column(in, rows));
        }
        return new Table(name, header, columns, new int[0]);
    }

    private static Column column(DataInputStream in, int rows) throws IOException {
        String name = text(in);
        int type = in.readByte();
        if (type == NUMBERS) {
            DataInputStream values = new DataInputStream(new ByteArrayInputStream(bytes(in, 8L * rows)));
            double[] numbers = new double[rows];
            for (int i = 0; i < rows; i++) {
                numbers[i] = Double.longBitsToDouble(values.readLong());
            }
            return new Numbers(name, numbers);
        }
        if (type != TEXTS) {
            throw new IOException("column of unknown type " + type);
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            texts.add(text(in));
        }
        return new Texts(name, texts);
    }

    static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static String text(DataInputStream in) throws IOException {
        return new String(bytes(in, count(in)), StandardCharsets.UTF_8);
    }

    static int count(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0) {
            throw new IOException("a length is " + count);
        }
        return count;
    }

    /** Allocates no more than there is: a damaged length must not exhaust the memory. */
    private static byte[] bytes(DataInputStream in, long length) throws IOException {
        if (length > in.available()) {
            throw new IOException("ends early: " + length + " bytes expected, " + in.available() + " left");
        }
        return in.readNBytes((int) length);
    }
}
