package io.spectractor.hats;

import io.spectractor.sky.PixelCoverage;
import io.spectractor.sky.PixelNeighbourhood;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.parquet.hadoop.metadata.BlockMetaData;

/** Tables that go with another one: its margin, so that neighbours across a pixel's border are found, and an index by name. */
public final class CompanionTables {
    private static final double ARCSEC = 1.0 / 3600;
    private static final int FINER = 5;

    private CompanionTables() {}

    /**
     * Writes the margin of a catalogue: under each of its pixels the rows of others that lie near it, with equal columns.
     *
     * @param primary the catalogue
     * @param primaryName its name beside the margin
     * @param arcsec how near
     * @param folder a new folder
     * @param name name of the margin
     */
    public static void margin(
            HatsCatalogue primary,
            String primaryName,
            double arcsec,
            Path folder,
            String name,
            Map<String, String> provenance) {
        HatsWriter writer = new HatsWriter(folder, name, "margin", primary.raColumn(), primary.decColumn(), false);
        for (Partition partition : primary.partitions()) {
            PixelNeighbourhood around = new PixelNeighbourhood(partition.order(), partition.pixel(), arcsec * ARCSEC);
            PixelCoverage coverage = PixelCoverage.of(around, Math.min(29, partition.order() + FINER));
            List<Table> near = new ArrayList<>();
            for (Partition other : primary.partitions(coverage)) {
                if (!other.equals(partition)) {
                    near.add(primary.read(other, null, around, coverage));
                }
            }
            near.removeIf(table -> table.rows() == 0);
            if (!near.isEmpty()) {
                writer.write(partition, "", Table.joined(near));
            }
        }
        Map<String, String> properties = new LinkedHashMap<>(provenance);
        properties.put("hats_primary_table_url", primaryName);
        properties.put("hats_margin_threshold", Double.toString(arcsec));
        writer.finish(primary.schema(), properties);
    }

    /**
     * Writes an index: for each row of a catalogue its value of a column and its pixel.
     *
     * @param primary the catalogue
     * @param primaryName its name beside the index
     * @param column of texts
     * @param folder a new folder
     * @param name name of the index
     */
    public static void index(
            HatsCatalogue primary,
            String primaryName,
            String column,
            Path folder,
            String name,
            Map<String, String> provenance) {
        List<String> values = new ArrayList<>();
        List<Partition> places = new ArrayList<>();
        for (Partition partition : primary.partitions()) {
            Table table = primary.read(partition, List.of(column), null);
            for (int i = 0; i < table.rows(); i++) {
                Object value = table.value(i, column);
                if (value != null) {
                    values.add(value.toString());
                    places.add(partition);
                }
            }
        }
        int[] order = IntStream.range(0, values.size())
                .boxed()
                .sorted(java.util.Comparator.comparing(values::get))
                .mapToInt(Integer::intValue)
                .toArray();
        Table table = new TableBuilder()
                .add(column, IntStream.of(order).mapToObj(values::get).toArray(String[]::new))
                .add(
                        "Norder",
                        IntStream.of(order).map(i -> places.get(i).order()).toArray())
                .add(
                        "Npix",
                        IntStream.of(order)
                                .mapToLong(i -> places.get(i).pixel())
                                .toArray())
                .build();
        Path dataset = folder.resolve(HatsLayout.DATASET);
        String part = "index/part.0.parquet";
        List<BlockMetaData> blocks =
                ParquetTables.write(table, dataset.resolve(part)).getBlocks();
        blocks.forEach(block -> block.setPath(part));
        ParquetTables.writeMetadata(dataset.resolve(HatsLayout.COMMON_METADATA), table.schema(), List.of());
        ParquetTables.writeMetadata(dataset.resolve(HatsLayout.METADATA), table.schema(), blocks);
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("obs_collection", name);
        properties.put("dataproduct_type", "index");
        properties.put("hats_nrows", Integer.toString(table.rows()));
        properties.put("hats_primary_table_url", primaryName);
        properties.put("hats_index_column", column);
        properties.put("hats_builder", "Spectractor (Java)");
        properties.put("hats_version", "v1.0");
        properties.putAll(provenance);
        try {
            HatsProperties.write(folder.resolve(HatsLayout.PROPERTIES), properties);
            HatsProperties.write(folder.resolve(HatsLayout.SAME_PROPERTIES), properties);
        } catch (IOException e) {
            throw new CatalogueException(folder + " cannot be written: " + e.getMessage(), e);
        }
    }
}
