package io.spectractor.hats;

import io.spectractor.sky.PixelCoverage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** Tables to and from Parquet files. */
public final class ParquetTables {
    private static final String CREATOR = "Spectractor (Java)";
    private static final int PAGE = 1 << 20;
    /** Small groups: a cone reads few of a partition's rows. */
    private static final int ROWS_OF_GROUP = 30_000;

    private static final long BYTES_OF_GROUP = 64L << 20;
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

    private ParquetTables() {}

    /**
     * Writes a table; the file appears under its name only when it is whole.
     *
     * @return its metadata
     */
    public static ParquetMetadata write(Table table, Path file) {
        return write(table, file, CompressionCodecName.ZSTD);
    }

    static ParquetMetadata write(Table table, Path file, CompressionCodecName codec) {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        CodecFactory codecs = new CodecFactory(new PlainParquetConfiguration(), PAGE);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.deleteIfExists(part);
            ParquetProperties properties = ParquetProperties.builder()
                    .withAllocator(HeapByteBufferAllocator.getInstance())
                    .build();
            ParquetMetadata footer;
            try (ParquetFileWriter writer = new ParquetFileWriter(
                    new LocalOutputFile(part),
                    table.schema(),
                    ParquetFileWriter.Mode.CREATE,
                    1L << 30,
                    0,
                    null,
                    properties)) {
                writer.start();
                int step = rowsOfGroup(table);
                for (int from = 0; from < table.rows(); from += step) {
                    group(table, from, Math.min(table.rows(), from + step), writer, properties, codecs, codec);
                }
                writer.end(Map.of("writer.model.name", CREATOR));
                footer = writer.getFooter();
            }
            Files.move(part, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
            return footer;
        } catch (IOException e) {
            throw new CatalogueException(file + " cannot be written: " + e.getMessage(), e);
        } finally {
            codecs.release();
        }
    }

    private static int rowsOfGroup(Table table) {
        long width = Math.max(1, table.bytes() / Math.max(1, table.rows()));
        return (int) Math.max(1, Math.min(ROWS_OF_GROUP, BYTES_OF_GROUP / width));
    }

    private static void group(
            Table table,
            int from,
            int to,
            ParquetFileWriter writer,
            ParquetProperties properties,
            CodecFactory codecs,
            CompressionCodecName codec)
            throws IOException {
        CompressionCodecFactory.BytesInputCompressor compressor = codecs.getCompressor(codec);
        try (ColumnChunkPageWriteStore pages =
                new ColumnChunkPageWriteStore(compressor, table.schema(), properties.getAllocator(), 64)) {
            ColumnWriteStore columns = properties.newColumnWriteStore(table.schema(), pages);
            for (LeafColumn leaf : table.leaves()) {
                leaf.write(columns.getColumnWriter(leaf.column()), from, to);
            }
            for (int i = from; i < to; i++) {
                columns.endRecord();
            }
            columns.flush();
            writer.startBlock(to - from);
            pages.flushToFileWriter(writer);
            writer.endBlock();
            columns.close();
        }
    }

    /** Writes the footer that names files by their paths below {@code file}'s folder; without blocks only the schema. */
    static void writeMetadata(Path file, MessageType schema, List<BlockMetaData> blocks) {
        ParquetMetadata metadata = new ParquetMetadata(new FileMetaData(schema, Map.of(), CREATOR), blocks);
        try (OutputStream out = Files.newOutputStream(file)) {
            java.io.ByteArrayOutputStream footer = new java.io.ByteArrayOutputStream();
            Util.writeFileMetaData(new ParquetMetadataConverter().toParquetMetadata(1, metadata), footer);
            out.write(MAGIC);
            footer.writeTo(out);
            out.write(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(footer.size())
                    .array());
            out.write(MAGIC);
        } catch (IOException e) {
            throw new CatalogueException(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    /**
     * The footer of a file.
     *
     * @throws CatalogueException if it is cut short or no Parquet file
     */
    public static ParquetMetadata footer(Path file) {
        try (ParquetFileReader reader = open(file)) {
            return reader.getFooter();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static ParquetFileReader open(Path file) throws IOException {
        PlainParquetConfiguration configuration = new PlainParquetConfiguration();
        try {
            return ParquetFileReader.open(
                    new LocalInputFile(file),
                    ParquetReadOptions.builder(configuration)
                            .withCodecFactory(new CodecFactory(configuration, 0))
                            .build());
        } catch (RuntimeException e) {
            throw unreadable(file, e);
        }
    }

    private static CatalogueException unreadable(Path file, Exception cause) {
        String what = Files.notExists(file) ? "is not there" : "is not a whole Parquet file: " + cause.getMessage();
        return new CatalogueException(file + " " + what + "; restore it or write it again", cause);
    }

    /**
     * Reads a file.
     *
     * @param columns the columns wanted, null for all
     * @param coverage row groups without a pixel of it are left out, null for none; rows besides remain
     */
    public static Table read(Path file, @Nullable List<String> columns, @Nullable PixelCoverage coverage) {
        List<Table> parts = new ArrayList<>();
        MessageType[] schema = new MessageType[1];
        stream(file, columns, coverage, s -> schema[0] = s, parts::add);
        return parts.isEmpty() ? empty(schema[0]) : Table.joined(parts);
    }

    /** Hands out the row groups of a file one after the other. */
    public static void stream(
            Path file,
            @Nullable List<String> columns,
            @Nullable PixelCoverage coverage,
            Consumer<MessageType> schemaConsumer,
            Consumer<Table> consumer) {
        try (ParquetFileReader reader = open(file)) {
            MessageType all = reader.getFooter().getFileMetaData().getSchema();
            MessageType wanted = columns == null ? all : Table.narrowed(all, columns);
            schemaConsumer.accept(wanted);
            reader.setRequestedSchema(wanted);
            List<BlockMetaData> blocks = reader.getRowGroups();
            for (int i = 0; i < blocks.size(); i++) {
                if (coverage == null || meets(blocks.get(i), coverage)) {
                    consumer.accept(table(wanted, reader.readRowGroup(i)));
                }
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        } catch (CatalogueException e) {
            throw new CatalogueException(file + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            throw unreadable(file, e);
        }
    }

    private static boolean meets(BlockMetaData block, PixelCoverage coverage) {
        for (ColumnChunkMetaData chunk : block.getColumns()) {
            if (chunk.getPath().toDotString().equals(HatsLayout.PIXEL)
                    && chunk.getStatistics() instanceof LongStatistics range
                    && range.hasNonNullValue()) {
                return coverage.meets(range.getMin(), range.getMax() + 1);
            }
        }
        return true;
    }

    private static Table table(MessageType schema, PageReadStore pages) {
        ColumnReadStoreImpl columns =
                new ColumnReadStoreImpl(pages, new GroupRecordConverter(schema).getRootConverter(), schema, CREATOR);
        List<LeafColumn> leaves = new ArrayList<>();
        for (ColumnDescriptor column : schema.getColumns()) {
            leaves.add(LeafColumn.read(
                    column,
                    columns.getColumnReader(column),
                    pages.getPageReader(column).getTotalValueCount()));
        }
        return new Table(schema, leaves);
    }

    /** A table of a schema without rows. */
    public static Table empty(MessageType schema) {
        return new Table(
                schema, schema.getColumns().stream().map(LeafColumn::empty).toList());
    }
}
