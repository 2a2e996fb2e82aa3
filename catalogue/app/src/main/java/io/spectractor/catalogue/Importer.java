package io.spectractor.catalogue;

import io.spectractor.catalogue.engine.Threads;
import io.spectractor.hats.CatalogueException;
import io.spectractor.hats.HatsLayout;
import io.spectractor.hats.HatsWriter;
import io.spectractor.hats.ParquetTables;
import io.spectractor.hats.Partition;
import io.spectractor.hats.RowGroups;
import io.spectractor.hats.Table;
import io.spectractor.hats.TableBuilder;
import io.spectractor.sky.Healpix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Brings anybody's Parquet tables into a catalogue. Read twice: first only the positions, to see where the sky is to be
 * divided; then everything, in pieces of bounded memory.
 */
final class Importer {
    private static final int COUNT_ORDER = 10;
    /** Fewer rows may well lie in a small part of the sky; of so many one would be elsewhere. */
    private static final int FEW = 100;

    /** A pixel whose rows take more memory is divided, however few they are. */
    private static final long BYTES_OF_PARTITION = 256L << 20;

    private static final long ROWS_OF_PARTITION = 1_000_000;
    /** While a partition is written its rows are there as pieces, joined, and in order. */
    private static final int COPIES = 3;

    private final List<Path> files;
    private final String ra;
    private final String dec;
    private final long rowsOfPartition;
    private final long width;
    private final long memory;
    private final long heap;
    private final long[] counts = new long[(int) Healpix.pixels(COUNT_ORDER)];
    private long rows;
    private double highestRa;
    private double highestDec;

    /**
     * @param files Parquet files of one schema
     * @param ra column of right ascensions, degrees
     * @param dec column of declinations, degrees
     * @param rowsOfPartition a pixel of more rows is divided; null for a million, fewer of wide ones
     * @param heap bytes of the heap
     */
    Importer(List<Path> files, String ra, String dec, @Nullable Long rowsOfPartition, long heap) {
        this.files = files;
        this.ra = ra;
        this.dec = dec;
        this.width = Math.max(1, RowGroups.width(files.get(0)));
        this.rowsOfPartition = rowsOfPartition == null
                ? Math.max(1, Math.min(ROWS_OF_PARTITION, BYTES_OF_PARTITION / width))
                : rowsOfPartition;
        this.heap = heap;
        this.memory = heap / 4;
    }

    long rows() {
        return rows;
    }

    /**
     * Looks at all positions.
     *
     * @throws CatalogueException if one is none, or they are in radians or swapped; it names file, row and value
     */
    void count() {
        MessageType first = ParquetTables.footer(files.get(0)).getFileMetaData().getSchema();
        for (Path file : files) {
            MessageType schema = ParquetTables.footer(file).getFileMetaData().getSchema();
            for (String column : List.of(ra, dec)) {
                checkColumn(file, schema, column);
            }
            if (!schema.getFields().equals(first.getFields())) {
                throw new CatalogueException(
                        file + " has other columns than " + files.get(0) + ": import them as tables of their own");
            }
            long[] row = {0};
            ParquetTables.stream(file, List.of(ra, dec), null, s -> {}, part -> {
                double[] ras = part.doubles(ra);
                double[] decs = part.doubles(dec);
                for (int i = 0; i < ras.length; i++) {
                    check(row[0] + i, ras[i], decs[i]);
                    counts[(int) Healpix.pixel(COUNT_ORDER, ras[i], decs[i])]++;
                    highestRa = Math.max(highestRa, Math.abs(ras[i]));
                    highestDec = Math.max(highestDec, Math.abs(decs[i]));
                }
                row[0] += ras.length;
            });
            rows += row[0];
        }
        if (rows >= FEW && mayBeRadians()) {
            throw new CatalogueException(
                    "the positions look like radians: no |" + ra + "| of " + rows + " rows is above "
                            + highestRa + ", no |" + dec + "| above " + highestDec
                            + "; multiply them by 180/pi, or use --degrees if they are degrees");
        }
    }

    private void checkColumn(Path file, MessageType schema, String column) {
        if (!schema.containsField(column)) {
            throw new CatalogueException(file + " has no column " + column + "; it has "
                    + String.join(
                            ", ",
                            schema.getFields().stream().map(f -> f.getName()).toList())
                    + ". Name the right ones with --ra and --dec");
        }
        if (!schema.getType(column).isPrimitive()
                || schema.getType(column).asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY) {
            throw new CatalogueException(file + ": column " + column
                    + " holds texts (sexagesimal?), not degrees; convert it to a number of degrees first");
        }
    }

    private void check(long row, double rightAscension, double declination) {
        if (!Double.isFinite(rightAscension) || !Double.isFinite(declination)) {
            throw new CatalogueException("row " + row + ": the position (" + rightAscension + ", " + declination
                    + ") is null or no number; leave such rows out, then import again");
        }
        if (Math.abs(declination) > 90) {
            throw new CatalogueException("row " + row + ": declination " + declination + " is beyond 90 degrees"
                    + (Math.abs(rightAscension) <= 90 ? "; are " + ra + " and " + dec + " swapped?" : ""));
        }
        if (rightAscension < -180 || rightAscension > 360) {
            throw new CatalogueException("row " + row + ": right ascension " + rightAscension
                    + " is not within 0 to 360 (or -180 to 180) degrees");
        }
    }

    /** Whether no coordinate is larger than it can be in radians. */
    boolean mayBeRadians() {
        return rows > 0 && highestRa <= 2 * Math.PI && highestDec <= Math.PI / 2;
    }

    /** Takes small angles for degrees. */
    void trustDegrees() {
        highestRa = 360;
    }

    /** Bytes of rows that are held at a time, at most, about. */
    long memory() {
        return Math.min(memory, rows * width) + COPIES * largest() * atATime();
    }

    private long largest() {
        return width * partitions().stream().mapToLong(this::rows).max().orElse(0);
    }

    private long rows(Partition partition) {
        int shift = 2 * (COUNT_ORDER - partition.order());
        long sum = 0;
        for (long i = partition.pixel() << shift; i < (partition.pixel() + 1) << shift; i++) {
            sum += counts[(int) i];
        }
        return sum;
    }

    /** Partitions that are written at a time: half of the heap is for them. */
    private int atATime() {
        long fitting = heap / 2 / Math.max(1, COPIES * largest());
        return (int) Math.max(1, Math.min(Runtime.getRuntime().availableProcessors(), fitting));
    }

    /** Pixels of few enough rows that together hold all rows. */
    List<Partition> partitions() {
        List<Partition> partitions = new ArrayList<>();
        for (int face = 0; face < 12; face++) {
            divide(0, face, partitions);
        }
        return partitions;
    }

    private void divide(int order, long pixel, List<Partition> partitions) {
        long sum = rows(new Partition(order, pixel));
        if (sum == 0) {
            return;
        }
        if (sum <= rowsOfPartition || order == COUNT_ORDER) {
            partitions.add(new Partition(order, pixel));
            return;
        }
        for (int child = 0; child < 4; child++) {
            divide(order + 1, 4 * pixel + child, partitions);
        }
    }

    /** Writes the catalogue. */
    void write(Path folder, String name, String type, Map<String, String> provenance) {
        List<Partition> partitions = partitions();
        long[] first = partitions.stream().mapToLong(Partition::first).toArray();
        Path spill = folder.resolve("spill");
        Map<Integer, List<Object>> pieces = new TreeMap<>();
        MessageType[] schema = new MessageType[1];
        long[] held = {0};
        for (Path file : files) {
            ParquetTables.stream(file, null, null, s -> {}, read -> {
                Table part = withPixels(read);
                schema[0] = part.schema();
                divided(part, first).forEach((index, rows) -> {
                    Table piece = part.rows(rows);
                    held[0] += piece.bytes();
                    pieces.computeIfAbsent(index, i -> new ArrayList<>()).add(piece);
                });
                if (held[0] > memory) {
                    spill(pieces, spill);
                    held[0] = 0;
                }
            });
        }
        HatsWriter writer = new HatsWriter(folder, name, type, ra, dec, false);
        List<Callable<Partition>> tasks = new ArrayList<>();
        pieces.forEach((index, parts) -> tasks.add(() -> join(writer, partitions.get(index), parts)));
        Threads.run(atATime(), tasks);
        try {
            if (Files.exists(spill)) {
                CatalogueFolder.delete(spill);
            }
        } catch (IOException e) {
            throw new CatalogueException(spill + " cannot be removed: " + e, e);
        }
        writer.finish(schema[0] == null ? withPixels(noRows()).schema() : schema[0], provenance);
    }

    private static Partition join(HatsWriter writer, Partition partition, List<Object> parts) {
        List<Table> tables = parts.stream()
                .map(piece -> piece instanceof Path path ? ParquetTables.read(path, null, null) : (Table) piece)
                .toList();
        parts.clear();
        writer.write(partition, "part", Table.joined(tables));
        return partition;
    }

    private Table noRows() {
        return ParquetTables.empty(
                ParquetTables.footer(files.get(0)).getFileMetaData().getSchema());
    }

    private Table withPixels(Table part) {
        double[] ras = part.doubles(ra);
        double[] decs = part.doubles(dec);
        List<String> others = part.names().stream()
                .filter(column -> !column.equals(HatsLayout.PIXEL))
                .toList();
        return new TableBuilder().addPixels(ras, decs).build().beside(part.columns(others));
    }

    private static Map<Integer, int[]> divided(Table part, long[] first) {
        long[] pixels = part.longs(HatsLayout.PIXEL);
        int[] index = new int[pixels.length];
        int[] count = new int[first.length];
        for (int i = 0; i < pixels.length; i++) {
            int at = Arrays.binarySearch(first, pixels[i]);
            index[i] = at >= 0 ? at : -at - 2;
            count[index[i]]++;
        }
        int[][] rows = new int[first.length][];
        Arrays.setAll(rows, k -> new int[count[k]]);
        for (int i = pixels.length - 1; i >= 0; i--) {
            rows[index[i]][--count[index[i]]] = i;
        }
        Map<Integer, int[]> result = new TreeMap<>();
        for (int k = 0; k < rows.length; k++) {
            if (rows[k].length > 0) {
                result.put(k, rows[k]);
            }
        }
        return result;
    }

    private static void spill(Map<Integer, List<Object>> pieces, Path folder) {
        pieces.forEach((index, list) -> {
            List<Table> inMemory = list.stream()
                    .filter(Table.class::isInstance)
                    .map(Table.class::cast)
                    .toList();
            if (!inMemory.isEmpty()) {
                Path file = folder.resolve(index + "-" + list.size() + ".parquet");
                ParquetTables.write(Table.joined(inMemory), file);
                list.removeIf(Table.class::isInstance);
                list.add(file);
            }
        });
    }
}
