package io.spectractor.batch.table;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;

/**
 * A small table as a Parquet file: one row group, one page per column, plain values, gzip. Written with the structures of
 * parquet-format alone: parquet-hadoop would bring Hadoop, 50 MB. Unknown numbers are NaN.
 */
public final class ParquetTable {
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

    private final List<SchemaElement> schema = new ArrayList<>();
    private final List<byte[]> pages = new ArrayList<>();
    private final int rows;

    /** A table without columns. */
    public ParquetTable(int rows) {
        this.rows = rows;
    }

    /** Adds a column of texts, one per row. */
    public ParquetTable texts(String name, List<String> values) {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        for (String value : values) {
            byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
            page.writeBytes(little(4).putInt(utf8.length).array());
            page.writeBytes(utf8);
        }
        add(name, Type.BYTE_ARRAY, values.size(), page.toByteArray());
        schema.get(schema.size() - 1).setConverted_type(ConvertedType.UTF8);
        return this;
    }

    /** Adds a column of numbers, one per row. */
    public ParquetTable numbers(String name, double[] values) {
        byte[] page = new byte[Double.BYTES * values.length];
        ByteBuffer plain = ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            plain.putDouble(value);
        }
        add(name, Type.DOUBLE, values.length, page);
        return this;
    }

    private void add(String name, Type type, int count, byte[] page) {
        if (count != rows) {
            throw new IllegalArgumentException("column " + name + " has " + count + " values, the table " + rows);
        }
        SchemaElement element = new SchemaElement(name);
        element.setType(type);
        element.setRepetition_type(FieldRepetitionType.REQUIRED);
        schema.add(element);
        pages.add(page);
    }

    /**
     * The file's bytes.
     *
     * @throws IOException never, but for the library's sake
     */
    public byte[] encode() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(MAGIC);
        List<ColumnChunk> chunks = new ArrayList<>();
        long bytes = 0;
        for (int i = 0; i < pages.size(); i++) {
            byte[] packed = gzip(pages.get(i));
            PageHeader header = new PageHeader(PageType.DATA_PAGE, pages.get(i).length, packed.length);
            header.setData_page_header(new DataPageHeader(rows, Encoding.PLAIN, Encoding.RLE, Encoding.RLE));
            long offset = out.size();
            Util.writePageHeader(header, out);
            long headerBytes = out.size() - offset;
            out.write(packed);
            ColumnChunk chunk = new ColumnChunk(offset);
            chunk.setMeta_data(new ColumnMetaData(
                    schema.get(i).getType(),
                    List.of(Encoding.PLAIN, Encoding.RLE),
                    List.of(schema.get(i).getName()),
                    CompressionCodec.GZIP,
                    rows,
                    headerBytes + pages.get(i).length,
                    headerBytes + packed.length,
                    offset));
            chunks.add(chunk);
            bytes += headerBytes + pages.get(i).length;
        }
        SchemaElement root = new SchemaElement("table");
        root.setNum_children(schema.size());
        List<SchemaElement> all = new ArrayList<>(List.of(root));
        all.addAll(schema);
        FileMetaData meta = new FileMetaData(1, all, rows, List.of(new RowGroup(chunks, bytes, rows)));
        meta.setCreated_by("spectractor");
        int start = out.size();
        Util.writeFileMetaData(meta, out);
        out.write(little(4).putInt(out.size() - start).array());
        out.write(MAGIC);
        return out.toByteArray();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
