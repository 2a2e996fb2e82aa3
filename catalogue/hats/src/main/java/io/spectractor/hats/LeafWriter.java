package io.spectractor.hats;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.page.PageWriteStore;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * Writes a Parquet file from tables that come one after the other; no more than a row group of them is held. The file appears
 * under its name when it is whole.
 */
public final class LeafWriter implements AutoCloseable {
    /** Small groups: a cone reads few of a partition's rows. */
    static final int ROWS_OF_GROUP = 30_000;

    private static final long BYTES_OF_GROUP = 64L << 20;

    private final Path file;
    private final Path part;
    private final Codecs codecs = new Codecs();
    private final List<Table> waiting = new ArrayList<>();
    private long waitingRows;
    private long waitingBytes;
    private long rows;
    private @Nullable ParquetFileWriter writer;

    /**
     * @param file what to write; its folder is made if need be
     */
    public LeafWriter(Path file) {
        this.file = file;
        // of two who write one file, as an attempt that counts as lost and its successor, each has a part of its own
        this.part = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".part");
    }

    /**
     * What rows take in memory until they are written, as arrays and as pages, bytes, about.
     *
     * @param width bytes of a row
     */
    public static long memory(long width) {
        return 2 * Math.min(BYTES_OF_GROUP, ROWS_OF_GROUP * width);
    }

    /** Rows so far. */
    public long rows() {
        return rows;
    }

    /** Adds rows of the same columns as all others. */
    public void add(Table table) {
        rows += table.rows();
        waiting.add(table);
        waitingRows += table.rows();
        waitingBytes += table.bytes();
        if (waitingRows >= rowsOfGroup()) {
            flush(false);
        }
    }

    private int rowsOfGroup() {
        long width = Math.max(1, waitingBytes / Math.max(1, waitingRows));
        return (int) Math.max(1, Math.min(ROWS_OF_GROUP, BYTES_OF_GROUP / width));
    }

    /** Writes full groups, at the end also what is left. */
    private void flush(boolean all) {
        if (waiting.isEmpty()) {
            return;
        }
        int step = rowsOfGroup();
        Table table = Table.joined(waiting);
        waiting.clear();
        int from = 0;
        try {
            ParquetFileWriter out = writer == null ? open(table) : writer;
            writer = out;
            while (table.rows() - from >= step || (all && from < table.rows())) {
                int to = Math.min(table.rows(), from + step);
                group(table, from, to, out);
                from = to;
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
        waitingRows = (long) table.rows() - from;
        waitingBytes = 0;
        if (waitingRows > 0) {
            Table rest = table.rows(from, table.rows());
            waiting.add(rest);
            waitingBytes = rest.bytes();
        }
    }

    private ParquetFileWriter open(Table table) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        ParquetFileWriter out = new ParquetFileWriter(
                new LocalOutputFile(part),
                table.schema(),
                ParquetFileWriter.Mode.CREATE,
                1L << 30,
                0,
                null,
                ParquetProperties.builder()
                        .withAllocator(HeapByteBufferAllocator.getInstance())
                        .build());
        out.start();
        return out;
    }

    private void group(Table table, int from, int to, ParquetFileWriter out) throws IOException {
        ParquetProperties.Builder builder =
                ParquetProperties.builder().withAllocator(HeapByteBufferAllocator.getInstance());
        for (LeafColumn leaf : table.leaves()) {
            builder.withDictionaryEncoding(String.join(".", leaf.column().getPath()), leaf.isRepetitive(from, to));
        }
        ParquetProperties properties = builder.build();
        Map<String, ColumnChunkPageWriteStore> stores = stores(table, from, to, properties);
        try {
            ColumnWriteStore columns = properties.newColumnWriteStore(table.schema(), new Pages(stores));
            for (LeafColumn leaf : table.leaves()) {
                leaf.write(columns.getColumnWriter(leaf.column()), from, to);
            }
            for (int i = from; i < to; i++) {
                columns.endRecord();
            }
            columns.flush();
            out.startBlock(to - from);
            for (ColumnChunkPageWriteStore store : stores.values()) {
                store.flushToFileWriter(out);
            }
            out.endBlock();
            columns.close();
        } finally {
            stores.values().forEach(ColumnChunkPageWriteStore::close);
        }
    }

    /**
     * The pages of each field by themselves. Measured numbers in double precision, and pixels, hardly pack: as they are a table of
     * positions takes a twentieth more of the disk, and no time to unpack, which was half of that of a match.
     */
    private Map<String, ColumnChunkPageWriteStore> stores(Table table, int from, int to, ParquetProperties properties) {
        Map<String, ColumnChunkPageWriteStore> stores = new LinkedHashMap<>();
        for (Type field : table.schema().getFields()) {
            boolean asItIs = field.isPrimitive()
                    && (field.getName().equals(HatsLayout.PIXEL)
                            || field.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.DOUBLE)
                    && !table.leaf(field.getName()).isRepetitive(from, to);
            CompressionCodecFactory.BytesInputCompressor compressor =
                    codecs.getCompressor(asItIs ? CompressionCodecName.UNCOMPRESSED : CompressionCodecName.ZSTD);
            MessageType alone = new MessageType(table.schema().getName(), field);
            stores.put(
                    field.getName(), new ColumnChunkPageWriteStore(compressor, alone, properties.getAllocator(), 64));
        }
        return stores;
    }

    /** Pages of all fields, each in its own store. */
    private record Pages(Map<String, ColumnChunkPageWriteStore> stores) implements PageWriteStore {
        @Override
        public PageWriter getPageWriter(ColumnDescriptor column) {
            return java.util.Objects.requireNonNull(stores.get(column.getPath()[0]))
                    .getPageWriter(column);
        }

        @Override
        public void close() {
            // whoever made the stores closes them
        }
    }

    /**
     * Ends the file and gives it its name.
     *
     * @return its metadata, null if no table was added: then there is no file
     */
    public @Nullable ParquetMetadata finish() {
        flush(true);
        ParquetFileWriter out = writer;
        if (out == null) {
            return null;
        }
        try {
            out.end(Map.of("writer.model.name", ParquetTables.CREATOR));
            ParquetMetadata footer = out.getFooter();
            out.close();
            writer = null;
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return footer;
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private CatalogueException unwritable(IOException e) {
        return new CatalogueException(file + " cannot be written: " + e.getMessage(), e);
    }

    /** Without {@link #finish} nothing remains. */
    @Override
    public void close() {
        codecs.release();
        ParquetFileWriter out = writer;
        if (out != null) {
            writer = null;
            try {
                out.close();
                Files.deleteIfExists(part);
            } catch (IOException e) {
                throw unwritable(e);
            }
        }
    }
}
