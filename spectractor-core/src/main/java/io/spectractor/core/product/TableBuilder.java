package io.spectractor.core.product;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Builds a binary table HDU column by column. */
final class TableBuilder {
    /** Writes one cell. */
    private interface Cell {
        void put(ByteBuffer row, int index);
    }

    private record Field(ProductColumn column, String format, int width, Cell cell) {}

    private final ProductHdu hdu;
    private final int rows;
    private final List<Field> fields = new ArrayList<>();
    private final HeaderBuilder extra = new HeaderBuilder();

    TableBuilder(ProductHdu hdu, int rows) {
        this.hdu = hdu;
        this.rows = rows;
    }

    TableBuilder doubles(ProductColumn column, double[] values) {
        check(column, values.length);
        fields.add(new Field(column, "D", 8, (buffer, i) -> buffer.putLong(Double.doubleToLongBits(values[i]))));
        return this;
    }

    /** A column of arrays: this array in every row, as one axis of one coordinate wants it ({@code TDIM} (1,n)). */
    TableBuilder vector(ProductColumn column, double[] values) {
        fields.add(new Field(column, values.length + "D", 8 * values.length, (buffer, i) -> {
            for (double value : values) {
                buffer.putLong(Double.doubleToLongBits(value));
            }
        }));
        extra.cards(CardText.text("TDIM" + fields.size(), "(1," + values.length + ")", ""));
        return this;
    }

    TableBuilder integers(ProductColumn column, int[] values) {
        check(column, values.length);
        fields.add(new Field(column, "J", 4, (buffer, i) -> buffer.putInt(values[i])));
        return this;
    }

    TableBuilder logicals(ProductColumn column, IntPredicate value) {
        fields.add(new Field(column, "L", 1, (buffer, i) -> buffer.put((byte) (value.test(i) ? 'T' : 'F'))));
        return this;
    }

    TableBuilder texts(ProductColumn column, List<String> values) {
        check(column, values.size());
        int width = Math.max(1, values.stream().mapToInt(String::length).max().orElse(1));
        fields.add(new Field(
                column,
                width + "A",
                width,
                (buffer, i) -> buffer.put(
                        CardText.padRight(CardText.ascii(values.get(i)), width).getBytes(StandardCharsets.US_ASCII))));
        return this;
    }

    /** Cards that follow the description of the columns. */
    TableBuilder cards(List<String> cards) {
        extra.cards(cards);
        return this;
    }

    Hdu build() {
        int rowLength = fields.stream().mapToInt(Field::width).sum();
        byte[] bytes = new byte[Math.multiplyExact(rowLength, rows)];
        ByteBuffer data = ByteBuffer.wrap(bytes);
        for (int i = 0; i < rows; i++) {
            for (Field field : fields) {
                field.cell.put(data, i);
            }
        }
        return new Hdu(header(rowLength), HduData.bytes(bytes));
    }

    private List<String> header(int rowLength) {
        HeaderBuilder header = new HeaderBuilder()
                .cards(CardText.text("XTENSION", "BINTABLE", "binary table"))
                .card(CardText.integer("BITPIX", 8, ""))
                .card(CardText.integer("NAXIS", 2, ""))
                .card(CardText.integer("NAXIS1", rowLength, "bytes per row"))
                .card(CardText.integer("NAXIS2", rows, "rows"))
                .card(CardText.integer("PCOUNT", 0, ""))
                .card(CardText.integer("GCOUNT", 1, ""))
                .card(CardText.integer("TFIELDS", fields.size(), "columns"))
                .text(ProductKeyword.EXTNAME, hdu.name());
        for (int i = 0; i < fields.size(); i++) {
            ProductColumn column = fields.get(i).column;
            String number = Integer.toString(i + 1);
            header.cards(CardText.text("TTYPE" + number, column.name(), ""));
            header.cards(CardText.text("TFORM" + number, fields.get(i).format, ""));
            optional(header, "TUNIT" + number, column.unit());
            optional(header, "TUCD" + number, column.ucd());
            optional(header, "TCOMM" + number, column.meaning());
        }
        return header.cards(extra.build()).build();
    }

    private static void optional(HeaderBuilder header, String keyword, String value) {
        if (!value.isEmpty()) {
            header.cards(CardText.text(keyword, value, ""));
        }
    }

    private void check(ProductColumn column, int length) {
        if (length != rows) {
            throw new IllegalArgumentException("column " + column.name() + " of " + hdu + " has " + length
                    + " values, the table " + rows + " rows");
        }
    }
}
