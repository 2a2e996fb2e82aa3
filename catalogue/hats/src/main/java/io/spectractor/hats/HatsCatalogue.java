package io.spectractor.hats;

import io.spectractor.sky.PixelCoverage;
import io.spectractor.sky.Region;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** A HATS catalogue on disk, whoever wrote it. What is known of it is read once. Immutable. */
public final class HatsCatalogue {
    private static final Pattern LEAF = Pattern.compile("Norder=(\\d+)/Dir=\\d+/Npix=(\\d+)");

    private final Path folder;
    private final Map<String, String> properties;
    private final List<Partition> partitions;
    private final String suffix;

    private HatsCatalogue(Path folder, Map<String, String> properties, List<Partition> partitions) {
        this.folder = folder;
        this.properties = properties;
        this.partitions = List.copyOf(partitions);
        this.suffix = properties.getOrDefault("hats_npix_suffix", ".parquet");
    }

    /**
     * Opens a catalogue.
     *
     * @throws CatalogueException if the folder is none
     */
    public static HatsCatalogue open(Path folder) {
        Map<String, String> properties = HatsProperties.read(folder);
        Path list = folder.resolve(HatsLayout.PARTITIONS);
        return new HatsCatalogue(
                folder, properties, Files.exists(list) ? listed(list) : found(folder.resolve(HatsLayout.DATASET)));
    }

    /** Whether a folder is a HATS catalogue, as its properties tell. */
    public static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(HatsLayout.PROPERTIES))
                || Files.exists(folder.resolve(HatsLayout.SAME_PROPERTIES));
    }

    private static List<Partition> listed(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            List<String> header = List.of(lines.get(0).strip().split(",", -1));
            int order = header.indexOf("Norder");
            int pixel = header.indexOf("Npix");
            TreeSet<Partition> partitions = new TreeSet<>();
            for (String line : lines.subList(1, lines.size())) {
                if (!line.isBlank()) {
                    String[] cells = line.strip().split(",", -1);
                    partitions.add(new Partition(Integer.parseInt(cells[order]), Long.parseLong(cells[pixel])));
                }
            }
            return new ArrayList<>(partitions);
        } catch (IOException | RuntimeException e) {
            throw new CatalogueException(
                    file + " is not a list of partitions (Norder,Npix): " + e.getMessage()
                            + "; delete it, then the folders themselves are looked at",
                    e);
        }
    }

    private static List<Partition> found(Path dataset) {
        TreeSet<Partition> partitions = new TreeSet<>();
        try (Stream<Path> paths = Files.walk(dataset, 3)) {
            paths.forEach(path -> {
                Matcher leaf = LEAF.matcher(path.toString().replace('\\', '/'));
                if (leaf.find()) {
                    partitions.add(new Partition(Integer.parseInt(leaf.group(1)), Long.parseLong(leaf.group(2))));
                }
            });
        } catch (IOException e) {
            throw new CatalogueException(dataset + " cannot be listed: " + e.getMessage(), e);
        }
        return new ArrayList<>(partitions);
    }

    public Path folder() {
        return folder;
    }

    /** All its properties. */
    public Map<String, String> properties() {
        return properties;
    }

    /** Its partitions, in the order of the sky. */
    public List<Partition> partitions() {
        return partitions;
    }

    /** Name of the column of right ascensions, degrees. */
    public String raColumn() {
        return properties.getOrDefault("hats_col_ra", "ra");
    }

    /** Name of the column of declinations, degrees. */
    public String decColumn() {
        return properties.getOrDefault("hats_col_dec", "dec");
    }

    /** Number of rows as the properties say; -1 where they do not. */
    public long rows() {
        try {
            return Long.parseLong(properties.getOrDefault("hats_nrows", "-1"));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** The columns. */
    public MessageType schema() {
        Path common = folder.resolve(HatsLayout.DATASET).resolve(HatsLayout.COMMON_METADATA);
        if (!Files.exists(common)) {
            common = folder.resolve(HatsLayout.DATASET).resolve(HatsLayout.METADATA);
        }
        if (!Files.exists(common) && !partitions.isEmpty()) {
            common = files(partitions.get(0)).get(0);
        }
        return ParquetTables.footer(common).getFileMetaData().getSchema();
    }

    /** The files of a partition, by name. */
    public List<Path> files(Partition partition) {
        Path leaf = folder.resolve(HatsLayout.leaf(partition, suffix));
        if (!Files.isDirectory(leaf)) {
            return List.of(leaf);
        }
        try (Stream<Path> inside = Files.list(leaf)) {
            return inside.filter(path -> path.toString().endsWith(".parquet"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new CatalogueException(leaf + " cannot be listed: " + e.getMessage(), e);
        }
    }

    /** A file of a partition, in folder layout by its name. */
    public Path leaf(Partition partition, String file) {
        Path leaf = folder.resolve(HatsLayout.leaf(partition, suffix));
        return isFolders() ? leaf.resolve(file) : leaf;
    }

    /** Whether a partition is a folder of files, to which more can be added. */
    public boolean isFolders() {
        return suffix.equals("/");
    }

    /** The rows of a partition, all or those of row groups that meet a coverage. */
    public Table read(Partition partition, @Nullable List<String> columns, @Nullable PixelCoverage coverage) {
        List<Table> parts = files(partition).stream()
                .map(file -> ParquetTables.read(file, columns, coverage))
                .toList();
        for (int i = 1; i < parts.size(); i++) {
            if (!parts.get(i).schema().equals(parts.get(0).schema())) {
                throw new CatalogueException(files(partition).get(i) + " has other columns than the files beside it; "
                        + "'catalogue verify' lists them");
            }
        }
        return Table.joined(parts);
    }

    /**
     * The rows of a partition that lie in a region, sorted by pixel where the files are.
     *
     * @param columns the columns wanted, null for all
     */
    public Table read(Partition partition, @Nullable List<String> columns, Region region, PixelCoverage coverage) {
        String ra = raColumn();
        String dec = decColumn();
        List<String> needed = columns;
        if (columns != null) {
            TreeSet<String> more = new TreeSet<>(List.of(ra, dec));
            more.removeAll(columns);
            needed = Stream.concat(columns.stream(), more.stream()).toList();
        }
        Table table = read(partition, needed, coverage);
        double[] ras = table.doubles(ra);
        double[] decs = table.doubles(dec);
        Table inside = table.rows(IntStream.range(0, table.rows())
                .filter(i -> region.contains(ras[i], decs[i]))
                .toArray());
        return columns == null || needed.size() == columns.size() ? inside : inside.columns(columns);
    }

    /** The partitions that may have rows in a region. */
    public List<Partition> partitions(PixelCoverage coverage) {
        return partitions.stream()
                .filter(partition -> coverage.meets(partition.order(), partition.pixel()))
                .toList();
    }
}
