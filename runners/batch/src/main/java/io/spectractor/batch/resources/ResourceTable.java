package io.spectractor.batch.resources;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
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
import org.apache.parquet.format.Util;

/**
 * The samples of a run as a Parquet file. Written with the structures of parquet-format alone: parquet-hadoop would bring
 * Hadoop, 50 MB, into every run. One page per column and row group, plain values, gzip; unknown numbers are nulls.
 *
 * <p>Reads only what it wrote itself; others read it with whatever reads Parquet.
 */
final class ResourceTable {
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final int ROWS_IN_GROUP = 200_000;

    private ResourceTable() {}

    /** The file's bytes. */
    static byte[] encode(List<ResourceSample> samples) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(MAGIC);
        List<RowGroup> groups = new ArrayList<>();
        for (int from = 0; from < samples.size(); from += ROWS_IN_GROUP) {
            groups.add(group(samples.subList(from, Math.min(samples.size(), from + ROWS_IN_GROUP)), out));
        }
        FileMetaData meta = new FileMetaData(1, schema(), samples.size(), groups);
        meta.setCreated_by("spectractor");
        int start = out.size();
        Util.writeFileMetaData(meta, out);
        out.write(little(4).putInt(out.size() - start).array());
        out.write(MAGIC);
        return out.toByteArray();
    }

    private static List<SchemaElement> schema() {
        List<SchemaElement> schema = new ArrayList<>();
        SchemaElement root = new SchemaElement("resources");
        root.setNum_children(ResourceColumn.ALL.size());
        schema.add(root);
        for (ResourceColumn column : ResourceColumn.ALL) {
            SchemaElement element = new SchemaElement(column.name());
            element.setType(column.kind().type);
            element.setRepetition_type(column.optional() ? FieldRepetitionType.OPTIONAL : FieldRepetitionType.REQUIRED);
            if (column.kind() == ResourceColumn.Kind.TEXT) {
                element.setConverted_type(ConvertedType.UTF8);
            } else if (column.kind() == ResourceColumn.Kind.TIME) {
                element.setConverted_type(ConvertedType.TIMESTAMP_MILLIS);
            }
            schema.add(element);
        }
        return schema;
    }

    private static RowGroup group(List<ResourceSample> rows, ByteArrayOutputStream out) throws IOException {
        List<ColumnChunk> chunks = new ArrayList<>();
        long bytes = 0;
        for (ResourceColumn column : ResourceColumn.ALL) {
            byte[] page = page(column, rows);
            byte[] packed = gzip(page);
            PageHeader header = new PageHeader(PageType.DATA_PAGE, page.length, packed.length);
            header.setData_page_header(new DataPageHeader(rows.size(), Encoding.PLAIN, Encoding.RLE, Encoding.RLE));
            long offset = out.size();
            Util.writePageHeader(header, out);
            long headerBytes = out.size() - offset;
            out.write(packed);
            ColumnMetaData meta = new ColumnMetaData(
                    column.kind().type,
                    List.of(Encoding.PLAIN, Encoding.RLE),
                    List.of(column.name()),
                    CompressionCodec.GZIP,
                    rows.size(),
                    headerBytes + page.length,
                    headerBytes + packed.length,
                    offset);
            ColumnChunk chunk = new ColumnChunk(offset);
            chunk.setMeta_data(meta);
            chunks.add(chunk);
            bytes += headerBytes + page.length;
        }
        return new RowGroup(chunks, bytes, rows.size());
    }

    /** Definition levels if the column has nulls (length, then one bit-packed run), then the values that are there. */
    private static byte[] page(ResourceColumn column, List<ResourceSample> rows) throws IOException {
        ByteArrayOutputStream values = new ByteArrayOutputStream();
        byte[] present = new byte[(rows.size() + 7) / 8];
        for (int i = 0; i < rows.size(); i++) {
            byte[] value = column.bytes(rows.get(i));
            if (value.length > 0) {
                present[i / 8] |= (byte) (1 << (i % 8));
                values.write(value);
            }
        }
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        if (column.optional()) {
            ByteArrayOutputStream run = new ByteArrayOutputStream();
            int header = (present.length << 1) | 1;
            while (header >= 0x80) {
                run.write((header & 0x7f) | 0x80);
                header >>>= 7;
            }
            run.write(header);
            run.write(present);
            page.write(little(4).putInt(run.size()).array());
            run.writeTo(page);
        }
        values.writeTo(page);
        return page.toByteArray();
    }

    /**
     * Reads a file that this class wrote.
     *
     * @throws IOException if it is something else, or torn
     */
    static List<ResourceSample> read(Path file) throws IOException {
        byte[] all = Files.readAllBytes(file);
        int tail = all.length - 8;
        if (tail < 4 || !new String(all, tail + 4, 4, StandardCharsets.US_ASCII).equals("PAR1")) {
            throw new IOException(file + " is not a Parquet file, or is cut off");
        }
        int length = wrap(all, tail).getInt();
        if (length < 0 || length > tail - 4) {
            throw new IOException(file + " is a damaged Parquet file");
        }
        FileMetaData meta = Util.readFileMetaData(new ByteArrayInputStream(all, tail - length, length));
        List<ResourceSample> samples = new ArrayList<>();
        for (RowGroup group : meta.getRow_groups()) {
            List<Object[]> columns = new ArrayList<>();
            for (ResourceColumn column : ResourceColumn.ALL) {
                ColumnMetaData chunk = group.getColumns().stream()
                        .map(ColumnChunk::getMeta_data)
                        .filter(c -> c.getPath_in_schema().equals(List.of(column.name())))
                        .findFirst()
                        .orElseThrow(() -> new IOException(file + " has no column " + column.name()));
                columns.add(values(column, all, chunk, (int) group.getNum_rows()));
            }
            for (int row = 0; row < group.getNum_rows(); row++) {
                samples.add(ResourceColumn.sample(columns, row));
            }
        }
        return samples;
    }

    private static Object[] values(ResourceColumn column, byte[] all, ColumnMetaData chunk, int rows)
            throws IOException {
        int offset = (int) chunk.getData_page_offset();
        ByteArrayInputStream in = new ByteArrayInputStream(all, offset, all.length - offset);
        PageHeader header = Util.readPageHeader(in);
        if (header.getData_page_header().getEncoding() != Encoding.PLAIN || chunk.getCodec() != CompressionCodec.GZIP) {
            throw new IOException("column " + column.name() + " was written by another program");
        }
        ByteBuffer page = wrap(gunzip(in.readNBytes(header.getCompressed_page_size())), 0);
        int levels = column.optional() ? page.getInt() : 0;
        int skipped = page.position() + levels - (rows + 7) / 8;
        Object[] values = new Object[rows];
        page.position(page.position() + levels);
        for (int i = 0; i < rows; i++) {
            boolean there = !column.optional() || ((page.get(skipped + i / 8) >> (i % 8)) & 1) == 1;
            values[i] = column.kind().value(page, there);
        }
        return values;
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    private static byte[] gunzip(byte[] bytes) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        }
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer wrap(byte[] bytes, int from) {
        return ByteBuffer.wrap(bytes, from, bytes.length - from).order(ByteOrder.LITTLE_ENDIAN);
    }
}
