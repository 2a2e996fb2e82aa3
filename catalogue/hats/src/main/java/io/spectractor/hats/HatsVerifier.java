package io.spectractor.hats;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.parquet.schema.MessageType;

/**
 * Checks a catalogue by the rules of the strict validation of hats 0.10 (is_valid_catalog), and what that does not look at:
 * that every file is whole, has the catalogue's columns, and holds rows of its own pixel in order.
 */
public final class HatsVerifier {
    private static final Pattern LEAF = Pattern.compile("Norder=(\\d+)/Dir=(\\d+)/Npix=(\\d+)(\\.parquet)?$");

    private final Path folder;
    private final List<String> problems = new ArrayList<>();

    private HatsVerifier(Path folder) {
        this.folder = folder;
    }

    /** What is wrong with a catalogue, one line each; empty if nothing is. */
    public static List<String> problems(Path folder) {
        HatsVerifier verifier = new HatsVerifier(folder);
        try {
            verifier.check();
        } catch (CatalogueException e) {
            verifier.problems.add(String.valueOf(e.getMessage()));
        }
        return List.copyOf(verifier.problems);
    }

    private void check() {
        HatsCatalogue catalogue = HatsCatalogue.open(folder);
        keys(catalogue.properties());
        if ("index".equals(catalogue.properties().get("dataproduct_type"))) {
            index();
            return;
        }
        if (!Files.exists(folder.resolve(HatsLayout.PARTITIONS))) {
            problems.add(folder + " has no " + HatsLayout.PARTITIONS + "; hats refuses it in a strict check");
        }
        Path common = folder.resolve(HatsLayout.DATASET).resolve(HatsLayout.COMMON_METADATA);
        if (!Files.exists(common)) {
            problems.add(common + " is missing; LSDB does not open the catalogue without it");
        }
        Set<Partition> expected = new TreeSet<>(catalogue.partitions());
        places(expected);
        MessageType schema = catalogue.schema();
        position(catalogue, schema);
        long rows = 0;
        for (Partition partition : expected) {
            for (Path file : catalogue.files(partition)) {
                rows += file(catalogue, partition, file, schema);
            }
        }
        if (catalogue.rows() >= 0 && rows != catalogue.rows()) {
            problems.add(folder + ": hats_nrows is " + catalogue.rows() + ", the files have " + rows + " rows");
        }
    }

    private void keys(Map<String, String> properties) {
        List<String> needed = new ArrayList<>(List.of("obs_collection", "dataproduct_type", "hats_nrows"));
        switch (properties.getOrDefault("dataproduct_type", "object")) {
            case "object", "source" -> needed.addAll(List.of("hats_col_ra", "hats_col_dec"));
            case "margin" -> needed.addAll(List.of("hats_primary_table_url", "hats_margin_threshold"));
            case "index" -> needed.addAll(List.of("hats_primary_table_url", "hats_index_column"));
            case "association", "map" -> {}
            default ->
                problems.add(folder + ": dataproduct_type " + properties.get("dataproduct_type")
                        + " is none of object, source, margin, association, index, map");
        }
        needed.removeAll(properties.keySet());
        if (!needed.isEmpty()) {
            problems.add(folder + ": the properties lack " + String.join(", ", needed));
        }
    }

    /** An index has no partitions: its files lie in a folder, and all footers in {@code _metadata}. */
    private void index() {
        Path dataset = folder.resolve(HatsLayout.DATASET);
        for (String name : List.of(HatsLayout.COMMON_METADATA, HatsLayout.METADATA)) {
            if (!Files.exists(dataset.resolve(name))) {
                problems.add(dataset.resolve(name) + " is missing; LSDB does not open the index without it");
            }
        }
        try (Stream<Path> files = Files.list(dataset.resolve("index"))) {
            files.sorted().forEach(ParquetTables::footer);
        } catch (IOException e) {
            problems.add(dataset + " cannot be listed: " + e.getMessage());
        }
    }

    private void position(HatsCatalogue catalogue, MessageType schema) {
        for (String column : List.of(catalogue.raColumn(), catalogue.decColumn())) {
            if (!schema.containsField(column)) {
                problems.add(folder + ": there is no column " + column + ", which the properties name");
            }
        }
    }

    private void places(Set<Partition> expected) {
        Set<Partition> there = new TreeSet<>();
        try (Stream<Path> paths = Files.walk(folder.resolve(HatsLayout.DATASET), 3)) {
            paths.filter(path -> path.getFileName().toString().startsWith("Npix="))
                    .forEach(path -> {
                        Matcher leaf = LEAF.matcher(path.toString().replace('\\', '/'));
                        if (!leaf.find()) {
                            problems.add(path + " is not a pixel's place");
                            return;
                        }
                        Partition partition =
                                new Partition(Integer.parseInt(leaf.group(1)), Long.parseLong(leaf.group(3)));
                        if (Long.parseLong(leaf.group(2)) != partition.pixel() / 10000 * 10000) {
                            problems.add(path + " lies in the wrong Dir");
                        }
                        there.add(partition);
                    });
        } catch (IOException e) {
            problems.add(folder + " cannot be listed: " + e.getMessage());
        }
        there.stream()
                .filter(partition -> !expected.contains(partition))
                .forEach(partition ->
                        problems.add(folder + ": " + partition + " is on disk, but not in " + HatsLayout.PARTITIONS));
    }

    /** Checks a file; returns its number of rows. */
    private long file(HatsCatalogue catalogue, Partition partition, Path file, MessageType schema) {
        try {
            MessageType own = ParquetTables.footer(file).getFileMetaData().getSchema();
            if (!own.getFields().equals(schema.getFields())) {
                problems.add(file + " has other columns than the catalogue: " + HatsWriter.difference(schema, own));
            }
            if (!own.containsField(HatsLayout.PIXEL)) {
                return ParquetTables.footer(file).getBlocks().stream()
                        .mapToLong(block -> block.getRowCount())
                        .sum();
            }
            Table table = ParquetTables.read(
                    file, List.of(HatsLayout.PIXEL, catalogue.raColumn(), catalogue.decColumn()), null);
            rows(partition, file, table, catalogue);
            return table.rows();
        } catch (CatalogueException e) {
            problems.add(String.valueOf(e.getMessage()));
            return 0;
        }
    }

    private void rows(Partition partition, Path file, Table table, HatsCatalogue catalogue) {
        long[] pixels = table.longs(HatsLayout.PIXEL);
        double[] ra = table.doubles(catalogue.raColumn());
        double[] dec = table.doubles(catalogue.decColumn());
        int outside = 0;
        int wrong = 0;
        int unsorted = 0;
        for (int i = 0; i < pixels.length; i++) {
            outside += pixels[i] < partition.first() || pixels[i] >= partition.end() ? 1 : 0;
            unsorted += i > 0 && pixels[i] < pixels[i - 1] ? 1 : 0;
            wrong += agrees(pixels[i], ra[i], dec[i]) ? 0 : 1;
        }
        boolean margin = "margin".equals(catalogue.properties().get("dataproduct_type"));
        complain(
                margin ? pixels.length - outside : outside,
                file,
                margin ? "of a margin lie inside its pixel" : "lie outside its pixel");
        // ours are; LSDB 0.10 writes frames as they come, and nothing but speed depends on it
        boolean ours = catalogue.properties().getOrDefault("hats_builder", "").startsWith("Spectractor");
        complain(ours ? unsorted : 0, file, "are not in the order of " + HatsLayout.PIXEL);
        complain(wrong, file, "have a " + HatsLayout.PIXEL + " that is not that of their position");
    }

    /** Rounding may put a position on a pixel's border into the next one: compared to about 0.05 arcsec. */
    private static boolean agrees(long pixel, double ra, double dec) {
        if (!Double.isFinite(ra) || !(dec >= -90 && dec <= 90)) {
            return false;
        }
        double[] centre = io.spectractor.sky.Healpix.centre(29, pixel);
        return io.spectractor.sky.Sphere.separation(centre[0], centre[1], ra, dec) < 1.4e-5;
    }

    private void complain(int count, Path file, String what) {
        if (count > 0) {
            problems.add(file + ": " + count + " rows " + what);
        }
    }
}
