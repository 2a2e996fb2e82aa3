package io.spectractor.core.observation;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The binary table that a compressed image is stored in: a row for each tile (FITS 4.0, §7.3 and §10.1). */
final class TileTable {
    private static final Pattern FORM = Pattern.compile("(\\d*)([LXBIJKAEDCMPQ])([A-Z]?).*");

    private final String name;
    private final FitsHdu hdu;
    private final ByteBuffer data;
    private final int rowBytes;
    private final int rows;
    private final long heap;
    private final Map<String, Column> columns = new HashMap<>();

    /**
     * Where a column lies in a row.
     *
     * @param offset bytes from the start of the row
     * @param type letter of TFORM
     * @param heapType letter of what a P or Q column points at, or 0
     */
    private record Column(int offset, char type, char heapType) {}

    /**
     * Bytes of one cell of variable length.
     *
     * @param bytes the file
     * @param offset where they start
     * @param length how many
     */
    record Cell(byte[] bytes, int offset, int length) {

        /** The same as big-endian 16-bit words. */
        short[] words() {
            short[] words = new short[length / 2];
            ByteBuffer.wrap(bytes, offset, length).asShortBuffer().get(words);
            return words;
        }
    }

    TileTable(String name, byte[] content, FitsHdu hdu) {
        this.name = name;
        this.hdu = hdu;
        this.data = ByteBuffer.wrap(content, hdu.dataOffset(), hdu.dataLength()).slice();
        this.rowBytes = (int) number("NAXIS1");
        this.rows = (int) number("NAXIS2");
        Long start = hdu.header().integer("THEAP");
        this.heap = start == null ? (long) rowBytes * rows : start;
        readColumns();
    }

    private void readColumns() {
        long fields = number("TFIELDS");
        long offset = 0;
        for (int i = 1; i <= Math.min(fields, 999); i++) {
            String form = hdu.header().text("TFORM" + i);
            Matcher parts = FORM.matcher(form == null ? "" : form);
            if (!parts.matches()) {
                throw damaged("TFORM" + i + " = '" + (form == null ? "" : UnprocessableFile.quote(form)) + "'");
            }
            char type = parts.group(2).charAt(0);
            long repeat = parts.group(1).isEmpty() ? 1 : Long.parseLong(parts.group(1));
            String heapType = parts.group(3);
            String title = hdu.header().text("TTYPE" + i);
            if (title != null && repeat > 0) {
                columns.putIfAbsent(
                        title.toUpperCase(java.util.Locale.ROOT),
                        new Column((int) offset, type, heapType.isEmpty() ? 0 : heapType.charAt(0)));
            }
            offset += type == 'X' ? (repeat + 7) / 8 : repeat * size(type);
            if (offset > rowBytes) {
                throw damaged("its columns are wider than NAXIS1 = " + rowBytes);
            }
        }
    }

    private static int size(char type) {
        return switch (type) {
            case 'L', 'B', 'A' -> 1;
            case 'I' -> 2;
            case 'J', 'E' -> 4;
            case 'K', 'D', 'C', 'P' -> 8;
            default -> 16;
        };
    }

    int rows() {
        return rows;
    }

    boolean has(String title) {
        return columns.containsKey(title);
    }

    /** Cell of a column of variable length; null if the table has no such column or the cell is empty. */
    @Nullable
    Cell cell(String title, int row) {
        Column column = columns.get(title);
        if (column == null) {
            return null;
        }
        int at = row * rowBytes + column.offset();
        long count;
        long start;
        if (column.type() == 'P') {
            count = data.getInt(at);
            start = data.getInt(at + 4);
        } else if (column.type() == 'Q') {
            count = data.getLong(at);
            start = data.getLong(at + 8);
        } else {
            throw damaged("column " + title + " is not of variable length");
        }
        if (count == 0) {
            return null;
        }
        int size = column.heapType() == 0 ? 1 : size(column.heapType());
        if (count < 0
                || start < 0
                || start > hdu.dataLength()
                || count > hdu.dataLength()
                || heap + start + count * size > hdu.dataLength()) {
            throw damaged("tile " + (row + 1) + " points outside the data");
        }
        return new Cell(data.array(), (int) (data.arrayOffset() + heap + start), (int) (count * size));
    }

    /** Letter of the type that a column of variable length holds. */
    char heapType(String title) {
        Column column = columns.get(title);
        return column == null ? 0 : column.heapType();
    }

    /** Number in a row of a column, or of the card of that name where there is no such column; null without both. */
    @Nullable
    Double number(String title, int row) {
        Column column = columns.get(title);
        if (column == null) {
            return hdu.header().number(title);
        }
        int at = row * rowBytes + column.offset();
        return switch (column.type()) {
            case 'B' -> (double) (data.get(at) & 0xff);
            case 'I' -> (double) data.getShort(at);
            case 'J' -> (double) data.getInt(at);
            case 'K' -> (double) data.getLong(at);
            case 'E' -> (double) data.getFloat(at);
            case 'D' -> data.getDouble(at);
            default -> throw damaged("column " + title + " holds no numbers");
        };
    }

    private long number(String keyword) {
        Long value = hdu.header().integer(keyword);
        if (value == null || value < 0 || value > Integer.MAX_VALUE) {
            throw damaged(keyword + " = " + hdu.header().text(keyword));
        }
        return value;
    }

    private RuntimeException damaged(String what) {
        return UnprocessableFile.because(
                name, "the table of the compressed image in " + hdu.label() + " is damaged: " + what);
    }
}
