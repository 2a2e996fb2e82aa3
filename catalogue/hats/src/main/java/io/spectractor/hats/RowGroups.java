package io.spectractor.hats;

import io.spectractor.sky.PixelCoverage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/**
 * A catalogue's rows in pieces: what the footers say of the row groups tells beforehand how much memory a piece takes, and which
 * groups a part of the sky needs. Each footer is read once. Several threads may ask at once.
 */
public final class RowGroups {
    private static final long ALL = 12L << 58;

    private final HatsCatalogue catalogue;
    private final @Nullable List<String> columns;
    private final MessageType schema;
    private final Map<Partition, List<Group>> known = new ConcurrentHashMap<>();

    /** One group: where it is, how much memory its columns take, from which bytes, and from which to before which pixel it is. */
    private record Group(Path file, long rows, long memory, long bytes, long first, long end) {
        boolean meets(long from, long to) {
            return first < to && end > from;
        }
    }

    /**
     * @param columns the columns that are wanted, null for all; the pixels come besides, if the table has them
     */
    public RowGroups(HatsCatalogue catalogue, @Nullable List<String> columns) {
        this.catalogue = catalogue;
        MessageType all = catalogue.schema();
        List<String> wanted = columns;
        if (columns != null && !columns.contains(HatsLayout.PIXEL) && all.containsField(HatsLayout.PIXEL)) {
            wanted = new ArrayList<>(columns);
            wanted.add(0, HatsLayout.PIXEL);
        }
        this.columns = wanted;
        this.schema = wanted == null ? all : Table.narrowed(all, wanted);
    }

    /** The columns of the pieces. */
    public MessageType schema() {
        return schema;
    }

    /** The catalogue. */
    public HatsCatalogue catalogue() {
        return catalogue;
    }

    private List<Group> groups(Partition partition) {
        return known.computeIfAbsent(partition, this::look);
    }

    private List<Group> look(Partition partition) {
        Set<String> names = new HashSet<>();
        schema.getFields().forEach(field -> names.add(field.getName()));
        List<List<Group>> files = new ArrayList<>();
        for (Path file : catalogue.files(partition)) {
            List<Group> groups = new ArrayList<>();
            for (BlockMetaData block : ParquetTables.footer(file).getBlocks()) {
                groups.add(group(file, block, names));
            }
            if (!groups.isEmpty()) {
                files.add(groups);
            }
        }
        files.sort(Comparator.comparingLong(groups -> groups.get(0).first()));
        return files.stream().flatMap(List::stream).toList();
    }

    private static Group group(Path file, BlockMetaData block, Set<String> names) {
        long memory = 0;
        long bytes = 0;
        long first = 0;
        long end = ALL;
        for (ColumnChunkMetaData chunk : block.getColumns()) {
            String[] path = chunk.getPath().toArray();
            if (names.contains(path[0])) {
                memory += memory(chunk);
                bytes += chunk.getTotalSize();
            }
            if (path[0].equals(HatsLayout.PIXEL)
                    && chunk.getStatistics() instanceof LongStatistics range
                    && range.hasNonNullValue()) {
                first = range.getMin();
                end = range.getMax() + 1;
            }
        }
        return new Group(file, block.getRowCount(), memory, bytes, first, end);
    }

    /** The values as arrays, with their levels. */
    private static long memory(ColumnChunkMetaData chunk) {
        PrimitiveTypeName type = chunk.getPrimitiveType().getPrimitiveTypeName();
        long n = chunk.getValueCount();
        long values = switch (type) {
            case DOUBLE, INT64 -> 8 * n;
            case FLOAT, INT32 -> 4 * n;
            case BOOLEAN -> n;
            case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 ->
                isDictionary(chunk)
                        ? 8 * n + 8 * chunk.getTotalUncompressedSize()
                        : 72 * n + chunk.getTotalUncompressedSize();
        };
        return values + n;
    }

    private static boolean isDictionary(ColumnChunkMetaData chunk) {
        return chunk.getEncodings().stream().anyMatch(Encoding::usesDictionary)
                && !chunk.getEncodings().contains(Encoding.PLAIN);
    }

    /** Whether the groups of a partition follow each other as their pixels do, so that they can be taken one by one. */
    private boolean isInOrder(List<Group> groups) {
        return schema.containsField(HatsLayout.PIXEL)
                && IntStream.range(1, groups.size())
                        .allMatch(i ->
                                groups.get(i - 1).end() - 1 <= groups.get(i).first());
    }

    /** Memory of the largest piece of a partition, bytes, about. */
    public long largest(Partition partition) {
        List<Group> groups = groups(partition);
        long bytes = groups.stream().mapToLong(Group::bytes).max().orElse(0);
        // while rows are put in order they are there twice
        return bytes
                + (isInOrder(groups)
                        ? 2 * groups.stream().mapToLong(Group::memory).max().orElse(0)
                        : 2 * groups.stream().mapToLong(Group::memory).sum());
    }

    /**
     * Memory of a row of a Parquet file, bytes, on average.
     *
     * @throws CatalogueException if it is cut short or no Parquet file
     */
    public static long width(Path file) {
        List<BlockMetaData> blocks = ParquetTables.footer(file).getBlocks();
        long rows = blocks.stream().mapToLong(BlockMetaData::getRowCount).sum();
        long memory = blocks.stream()
                .flatMap(block -> block.getColumns().stream())
                .mapToLong(RowGroups::memory)
                .sum();
        return memory / Math.max(1, rows);
    }

    /** Memory of a row of a partition, bytes, on average. */
    public long width(Partition partition) {
        List<Group> groups = groups(partition);
        long rows = groups.stream().mapToLong(Group::rows).sum();
        return groups.stream().mapToLong(Group::memory).sum() / Math.max(1, rows);
    }

    /** Memory of all rows that a part of the sky may have, bytes, about. */
    public long memory(PixelCoverage coverage) {
        long sum = 0;
        long largest = 0;
        for (Partition partition : catalogue.partitions(coverage)) {
            for (Group group : groups(partition)) {
                if (coverage.meets(group.first(), group.end())) {
                    sum += group.memory();
                    largest = Math.max(largest, group.memory() + group.bytes());
                }
            }
        }
        // the parts are joined: for a moment they are there twice
        return 2 * sum + largest;
    }

    /** Row groups that a part of the sky needs: where they are few, a smaller part needs hardly fewer. */
    public int count(PixelCoverage coverage) {
        int count = 0;
        for (Partition partition : catalogue.partitions(coverage)) {
            for (Group group : groups(partition)) {
                count += coverage.meets(group.first(), group.end()) ? 1 : 0;
            }
        }
        return count;
    }

    /**
     * Hands out the rows of a partition from one pixel to before another, in the order of their pixels, a row group at a time if
     * the file has them in order. A table without pixels comes in the order of the file, and as a whole.
     *
     * @param first first order-29 pixel wanted
     * @param end the order-29 pixel after the last one wanted
     */
    public void read(Partition partition, long first, long end, Consumer<Table> consumer) {
        List<Group> groups = groups(partition);
        if (isInOrder(groups)) {
            for (Path file : files(groups, first, end)) {
                ParquetTables.stream(
                        file,
                        columns,
                        block -> {
                            LongStatistics range = pixelRange(block);
                            return range == null || (range.getMin() < end && range.getMax() >= first);
                        },
                        s -> {},
                        table -> hand(within(table, first, end).sortedByPixel(), consumer));
            }
            return;
        }
        boolean pixels = schema.containsField(HatsLayout.PIXEL);
        List<Table> parts = new ArrayList<>();
        for (Path file : catalogue.files(partition)) {
            ParquetTables.stream(
                    file,
                    columns,
                    block -> true,
                    s -> {},
                    table -> parts.add(pixels ? within(table, first, end) : table));
        }
        if (!parts.isEmpty()) {
            Table all = Table.joined(parts);
            parts.clear();
            all = pixels ? all.sortedByPixel() : all;
            for (int from = 0; from < all.rows(); from += LeafWriter.ROWS_OF_GROUP) {
                hand(all.rows(from, Math.min(all.rows(), from + LeafWriter.ROWS_OF_GROUP)), consumer);
            }
        }
    }

    private static void hand(Table table, Consumer<Table> consumer) {
        if (table.rows() > 0) {
            consumer.accept(table);
        }
    }

    private static List<Path> files(List<Group> groups, long first, long end) {
        return groups.stream()
                .filter(group -> group.meets(first, end))
                .map(Group::file)
                .distinct()
                .toList();
    }

    /** Whether a group may have rows in a part of the sky. */
    static boolean meets(BlockMetaData block, PixelCoverage coverage) {
        LongStatistics range = pixelRange(block);
        return range == null || coverage.meets(range.getMin(), range.getMax() + 1);
    }

    private static @Nullable LongStatistics pixelRange(BlockMetaData block) {
        for (ColumnChunkMetaData chunk : block.getColumns()) {
            if (chunk.getPath().toDotString().equals(HatsLayout.PIXEL)
                    && chunk.getStatistics() instanceof LongStatistics range
                    && range.hasNonNullValue()) {
                return range;
            }
        }
        return null;
    }

    private static Table within(Table table, long first, long end) {
        long[] pixels = table.longs(HatsLayout.PIXEL);
        int inside = 0;
        for (long pixel : pixels) {
            inside += pixel >= first && pixel < end ? 1 : 0;
        }
        return inside == pixels.length
                ? table
                : table.rows(IntStream.range(0, pixels.length)
                        .filter(i -> pixels[i] >= first && pixels[i] < end)
                        .toArray());
    }

    /** All rows in a part of the sky; where the table has no pixels, those of the partitions that meet it. */
    public Table read(PixelCoverage coverage) {
        List<Table> parts = new ArrayList<>();
        for (Partition partition : catalogue.partitions(coverage)) {
            for (Path file : catalogue.files(partition)) {
                ParquetTables.stream(
                        file,
                        columns,
                        block -> meets(block, coverage),
                        s -> {},
                        table -> hand(covered(table, coverage), parts::add));
            }
        }
        return parts.isEmpty() ? ParquetTables.empty(schema) : Table.joined(parts);
    }

    private static Table covered(Table table, PixelCoverage coverage) {
        if (!table.schema().containsField(HatsLayout.PIXEL)) {
            return table;
        }
        long[] pixels = table.longs(HatsLayout.PIXEL);
        int[] rows = IntStream.range(0, pixels.length)
                .filter(i -> coverage.holds(pixels[i]))
                .toArray();
        return rows.length == pixels.length ? table : table.rows(rows);
    }
}
