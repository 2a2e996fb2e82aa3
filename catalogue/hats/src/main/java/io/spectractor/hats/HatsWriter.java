package io.spectractor.hats;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * Writes a catalogue into a folder of its own: leaves as they come, at the end the list of partitions, the schema and the
 * properties. Whoever calls puts the folder in its place when it is whole. Leaves may be written by several threads.
 */
public final class HatsWriter {
    private final Path folder;
    private final String name;
    private final String type;
    private final String suffix;
    private final String ra;
    private final String dec;
    private final Map<Partition, List<BlockMetaData>> blocks = new TreeMap<>();
    private long rows;
    private long bytes;
    private @Nullable MessageType schema;

    /**
     * @param folder a new folder
     * @param name name of the catalogue
     * @param type {@code object}, {@code source} or {@code margin}
     * @param ra column of right ascensions
     * @param dec column of declinations
     * @param folders whether each partition is a folder of files
     */
    public HatsWriter(Path folder, String name, String type, String ra, String dec, boolean folders) {
        this.folder = folder;
        this.name = name;
        this.type = type;
        this.ra = ra;
        this.dec = dec;
        this.suffix = folders ? "/" : ".parquet";
    }

    /** Where a partition's file, or a file of this name in its folder, belongs. */
    public Path leaf(Partition partition, String file) {
        Path leaf = folder.resolve(HatsLayout.leaf(partition, suffix));
        return suffix.equals("/") ? leaf.resolve(file) : leaf;
    }

    /** Writes the rows of a partition, sorted by pixel; {@code file} names the file in folder layout. */
    public void write(Partition partition, String file, Table table) {
        Table sorted = table.sortedByPixel();
        long[] pixels = sorted.longs(HatsLayout.PIXEL);
        // a margin is made of rows outside
        if (!type.equals("margin")
                && pixels.length > 0
                && (pixels[0] < partition.first() || pixels[pixels.length - 1] >= partition.end())) {
            throw new IllegalArgumentException("rows outside " + partition);
        }
        Path leaf = leaf(partition, file);
        add(partition, leaf, ParquetTables.write(sorted, leaf).getBlocks(), sorted.schema());
    }

    /** Writes a partition's file in pieces; {@link #take} takes it into the catalogue. */
    public LeafWriter leaf(Partition partition) {
        return new LeafWriter(leaf(partition, "part"));
    }

    /** Takes a file that was written into its place, by {@link #leaf(Partition)} here or in another process. */
    public void take(Partition partition) {
        Path leaf = leaf(partition, "part");
        var footer = ParquetTables.footer(leaf);
        add(partition, leaf, footer.getBlocks(), footer.getFileMetaData().getSchema());
    }

    /**
     * Takes a file of an earlier state as it is, linked if the file system can, else copied. In folder layout it is not opened,
     * as there may be thousands: whoever calls knows what is in it and that its columns are those of the catalogue.
     *
     * @param old the file
     * @param itsRows how many rows it has
     */
    public void keep(Partition partition, Path old, long itsRows) {
        Path leaf = leaf(partition, old.getFileName().toString());
        long size;
        try {
            Files.createDirectories(leaf.getParent());
            try {
                Files.createLink(leaf, old);
            } catch (UnsupportedOperationException | java.nio.file.FileSystemException e) {
                Files.copy(old, leaf, StandardCopyOption.REPLACE_EXISTING);
            }
            size = Files.size(leaf);
        } catch (IOException e) {
            throw new CatalogueException(old + " cannot be taken over: " + e.getMessage(), e);
        }
        if (!suffix.equals("/")) {
            take(partition);
            return;
        }
        synchronized (this) {
            rows += itsRows;
            bytes += size;
            blocks.computeIfAbsent(partition, p -> new ArrayList<>());
        }
    }

    private synchronized void add(Partition partition, Path leaf, List<BlockMetaData> more, MessageType its) {
        if (schema != null && !schema.equals(its)) {
            throw new CatalogueException("the columns of " + leaf + " are not those of the catalogue " + name
                    + "; they are " + difference(schema, its) + ". Import it as a catalogue of another name");
        }
        schema = its;
        Path below = folder.resolve(HatsLayout.DATASET).relativize(leaf);
        for (BlockMetaData block : more) {
            block.setPath(below.toString().replace('\\', '/'));
            block.getColumns().forEach(chunk -> bytes += chunk.getTotalSize());
            rows += block.getRowCount();
        }
        blocks.computeIfAbsent(partition, p -> new ArrayList<>()).addAll(more);
    }

    static String difference(MessageType one, MessageType other) {
        List<String> words = new ArrayList<>();
        one.getFields().stream()
                .filter(field -> !other.getFields().contains(field))
                .forEach(field -> words.add("without " + field));
        other.getFields().stream()
                .filter(field -> !one.getFields().contains(field))
                .forEach(field -> words.add("with " + field));
        return words.isEmpty() ? "in another order" : String.join(", ", words).replaceAll("\\s+", " ");
    }

    /**
     * Ends the catalogue.
     *
     * @param empty the schema where no row was written
     * @param more properties of our own and such as {@code hats_primary_table_url}
     */
    public void finish(MessageType empty, Map<String, String> more) {
        MessageType columns = schema == null ? empty : schema;
        try {
            Path dataset = Files.createDirectories(folder.resolve(HatsLayout.DATASET));
            ParquetTables.writeMetadata(dataset.resolve(HatsLayout.COMMON_METADATA), columns, List.of());
            if (!suffix.equals("/") && !blocks.isEmpty()) {
                // partitions breadth first, as hats-import sorts them
                List<BlockMetaData> all = blocks.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey(
                                Comparator.comparingInt(Partition::order).thenComparingLong(Partition::pixel)))
                        .flatMap(entry -> entry.getValue().stream())
                        .toList();
                ParquetTables.writeMetadata(dataset.resolve(HatsLayout.METADATA), columns, all);
            }
            StringBuilder list = new StringBuilder("Norder,Npix\n");
            blocks.keySet()
                    .forEach(p ->
                            list.append(p.order()).append(',').append(p.pixel()).append('\n'));
            Files.writeString(folder.resolve(HatsLayout.PARTITIONS), list);
            Map<String, String> properties = properties(columns, more);
            HatsProperties.write(folder.resolve(HatsLayout.PROPERTIES), properties);
            HatsProperties.write(folder.resolve(HatsLayout.SAME_PROPERTIES), properties);
        } catch (IOException e) {
            throw new CatalogueException(folder + " cannot be written: " + e.getMessage(), e);
        }
    }

    private Map<String, String> properties(MessageType columns, Map<String, String> more) {
        Map<String, String> map = new LinkedHashMap<>();
        map.put("obs_collection", name);
        map.put("dataproduct_type", type);
        map.put("hats_nrows", Long.toString(rows));
        map.put("hats_col_ra", ra);
        map.put("hats_col_dec", dec);
        if (columns.containsField(HatsLayout.PIXEL)) {
            map.put("hats_col_healpix", HatsLayout.PIXEL);
            map.put("hats_col_healpix_order", "29");
        }
        map.put("hats_npix_suffix", suffix);
        TreeSet<Integer> orders = new TreeSet<>();
        blocks.keySet().forEach(partition -> orders.add(partition.order()));
        map.put("hats_order", Integer.toString(orders.isEmpty() ? 0 : orders.last()));
        map.put("hats_estsize", Long.toString(bytes / 1024));
        double sky = blocks.keySet().stream()
                .mapToDouble(p -> 1.0 / io.spectractor.sky.Healpix.pixels(p.order()))
                .sum();
        map.put("moc_sky_fraction", Double.toString(sky));
        map.put("hats_builder", "Spectractor (Java)");
        map.put("hats_version", "v1.0");
        map.putAll(more);
        return map;
    }

    /** The rows of a table by the partitions they belong to. */
    public static Map<Partition, int[]> divided(long[] pixels, int order) {
        Map<Long, IntStream.Builder> byPixel = new TreeMap<>();
        int shift = 2 * (29 - order);
        for (int i = 0; i < pixels.length; i++) {
            byPixel.computeIfAbsent(pixels[i] >> shift, p -> IntStream.builder())
                    .add(i);
        }
        Map<Partition, int[]> result = new TreeMap<>();
        byPixel.forEach((pixel, rows) ->
                result.put(new Partition(order, pixel), rows.build().toArray()));
        return result;
    }
}
