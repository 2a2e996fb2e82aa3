package io.spectractor.spark;

import io.spectractor.batch.files.PathResolver;
import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.result.SummaryCsv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/**
 * The columns of {@code summary.csv} as a Parquet table, in folders {@code night=.../disperser=...}: Spark SQL and Hive
 * read only those that a query asks for. The driver writes it itself: a job of Spark SQL would take seconds to start, for a
 * table of kilobytes.
 */
final class OutcomeTable {
    private static final String NIGHT = "night";
    private static final String DISPERSER = "disperser";
    /** Columns that are names of folders, outermost first. */
    static final List<String> PARTITIONS = List.of(NIGHT, DISPERSER);

    /** Hive's name for a partition whose value is unknown; Spark SQL reads null. */
    private static final String NULL = "__HIVE_DEFAULT_PARTITION__";

    private static final MessageType SCHEMA = schema();

    private OutcomeTable() {}

    /**
     * Writes the table, whole or not at all; one that is there is replaced. An object store has no rename of folders: what is
     * there is removed, and each file is put in its place.
     */
    static void write(List<ImageResult> images, Path table) throws IOException {
        if (PathResolver.isObject(table)) {
            delete(table);
            writeInto(table, images);
            return;
        }
        Path part = table.resolveSibling("." + table.getFileName() + ".part");
        delete(part);
        writeInto(part, images);
        delete(table);
        Files.move(part, table);
    }

    private static void writeInto(Path part, List<ImageResult> images) throws IOException {
        Map<String, List<ImageResult>> partitions = new TreeMap<>();
        for (ImageResult image : images) {
            partitions.computeIfAbsent(folder(image), f -> new ArrayList<>()).add(image);
        }
        Files.createDirectories(part);
        for (Map.Entry<String, List<ImageResult>> partition : partitions.entrySet()) {
            Path folder = Files.createDirectories(part.resolve(partition.getKey()));
            writePart(partition.getValue(), folder.resolve("part-0.snappy.parquet"));
        }
    }

    private static String folder(ImageResult image) {
        String disperser = SummaryCsv.row(image).getOrDefault(DISPERSER, "");
        return NIGHT + "=" + ObservingNight.of(image).orElse(NULL) + "/" + DISPERSER + "="
                + (disperser.isEmpty() ? NULL : escaped(disperser));
    }

    /** As Hive does it with characters that a file name cannot have. */
    private static String escaped(String value) {
        return value.chars()
                .mapToObj(c -> Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.' || c == ' ' || c == '+'
                        ? String.valueOf((char) c)
                        : String.format("%%%02X", c))
                .reduce("", String::concat);
    }

    private static void writePart(List<ImageResult> images, Path file) throws IOException {
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(file))
                .withConf(new PlainParquetConfiguration())
                .withType(SCHEMA)
                .withCompressionCodec(CompressionCodecName.SNAPPY)
                .build()) {
            for (ImageResult image : images) {
                writer.write(group(image));
            }
        }
    }

    private static Group group(ImageResult image) {
        Group group = new SimpleGroup(SCHEMA);
        Map<String, String> cells = SummaryCsv.row(image);
        SummaryCsv.types().forEach((column, type) -> {
            String cell = cells.getOrDefault(column, "");
            if (!cell.isEmpty() && !column.equals(DISPERSER)) {
                add(group, column, type, cell);
            }
        });
        return group;
    }

    private static void add(Group group, String column, Class<?> type, String cell) {
        if (type == double.class) {
            group.add(column, Double.parseDouble(cell));
        } else if (type == int.class) {
            group.add(column, Integer.parseInt(cell));
        } else if (type == boolean.class) {
            group.add(column, Boolean.parseBoolean(cell));
        } else {
            group.add(column, cell);
        }
    }

    private static MessageType schema() {
        Types.MessageTypeBuilder message = Types.buildMessage();
        SummaryCsv.types().forEach((column, type) -> {
            if (column.equals(DISPERSER)) {
                return;
            }
            if (type == double.class) {
                message.optional(PrimitiveTypeName.DOUBLE).named(column);
            } else if (type == int.class) {
                message.optional(PrimitiveTypeName.INT32).named(column);
            } else if (type == boolean.class) {
                message.optional(PrimitiveTypeName.BOOLEAN).named(column);
            } else {
                message.optional(PrimitiveTypeName.BINARY)
                        .as(LogicalTypeAnnotation.stringType())
                        .named(column);
            }
        });
        return message.named("outcomes");
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                // where folders are not made, they are gone with their files
                Files.deleteIfExists(path);
            }
        }
    }
}
