package io.spectractor.hats;

import io.spectractor.sky.PixelCoverage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** Tables to and from Parquet files. */
public final class ParquetTables {
    static final String CREATOR = "Spectractor (Java)";
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

    private ParquetTables() {}

    /**
     * Writes a table; the file appears under its name only when it is whole.
     *
     * @return its metadata
     */
    public static ParquetMetadata write(Table table, Path file) {
        try (LeafWriter writer = new LeafWriter(file)) {
            writer.add(table);
            return java.util.Objects.requireNonNull(writer.finish());
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
                            .withCodecFactory(new Codecs())
                            .build());
        } catch (RuntimeException e) {
            throw unreadable(file, e);
        }
    }

    private static CatalogueException unreadable(Path file, Exception cause) {
        if (Files.notExists(file)) {
            return new CatalogueException(file + " is not there; restore it or write it again", cause);
        }
        if (!beginsAsParquet(file)) {
            return new CatalogueException(
                    file + " is not a whole Parquet file: it does not begin as one; restore it, or make one of it"
                            + " (of CSV by DuckDB, for example: COPY (FROM 'x.csv') TO 'x.parquet')",
                    cause);
        }
        // the library calls the file by its own object's name
        String why = String.valueOf(cause.getMessage()).replaceAll("\\S*LocalInputFile@\\w+", "it");
        return new CatalogueException(
                file + " is not a whole Parquet file: " + why + "; restore it or write it again", cause);
    }

    private static boolean beginsAsParquet(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
        } catch (IOException e) {
            // the failure that led here says more
            return true;
        }
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

    /** Hands out the row groups of a file one after the other, all or those that meet a coverage. */
    public static void stream(
            Path file,
            @Nullable List<String> columns,
            @Nullable PixelCoverage coverage,
            Consumer<MessageType> schemaConsumer,
            Consumer<Table> consumer) {
        stream(file, columns, block -> coverage == null || RowGroups.meets(block, coverage), schemaConsumer, consumer);
    }

    static void stream(
            Path file,
            @Nullable List<String> columns,
            Predicate<BlockMetaData> wantedGroup,
            Consumer<MessageType> schemaConsumer,
            Consumer<Table> consumer) {
        try (ParquetFileReader reader = open(file)) {
            MessageType all = reader.getFooter().getFileMetaData().getSchema();
            MessageType wanted = columns == null ? all : Table.narrowed(all, columns);
            schemaConsumer.accept(wanted);
            reader.setRequestedSchema(wanted);
            List<BlockMetaData> blocks = reader.getRowGroups();
            for (int i = 0; i < blocks.size(); i++) {
                if (wantedGroup.test(blocks.get(i))) {
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

    private static Table table(MessageType schema, PageReadStore pages) throws IOException {
        List<LeafColumn> leaves = new ArrayList<>();
        for (ColumnDescriptor column : schema.getColumns()) {
            leaves.add(ChunkReader.read(column, pages.getPageReader(column)));
        }
        return new Table(schema, leaves);
    }

    /** A table of a schema without rows. */
    public static Table empty(MessageType schema) {
        return new Table(
                schema, schema.getColumns().stream().map(LeafColumn::empty).toList());
    }
}
