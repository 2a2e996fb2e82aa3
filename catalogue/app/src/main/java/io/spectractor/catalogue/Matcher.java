package io.spectractor.catalogue;

import io.spectractor.hats.HatsCatalogue;
import io.spectractor.hats.HatsLayout;
import io.spectractor.hats.HatsWriter;
import io.spectractor.hats.ParquetTables;
import io.spectractor.hats.Partition;
import io.spectractor.hats.Table;
import io.spectractor.hats.TableBuilder;
import io.spectractor.sky.Neighbours;
import io.spectractor.sky.PixelCoverage;
import io.spectractor.sky.PixelNeighbourhood;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * For each row of a catalogue the nearest rows of another. A partition at a time, with the other catalogue's rows in it and
 * around it as far as the radius reaches: no pair is lost at a border, whatever the radius.
 */
final class Matcher {
    private final HatsCatalogue left;
    private final HatsCatalogue right;
    private final double radius;
    private final int count;
    private final String suffix;

    /**
     * @param radius degrees, the border included
     * @param count at most so many for each row
     * @param suffix what the names of the other catalogue's columns end with in the result
     */
    Matcher(HatsCatalogue left, HatsCatalogue right, double radius, int count, String suffix) {
        this.left = left;
        this.right = right;
        this.radius = radius;
        this.count = count;
        this.suffix = suffix;
    }

    /** Writes the pairs as a catalogue at the left rows' positions; returns their number. */
    long write(Path folder, String name, Map<String, String> provenance) {
        HatsWriter writer = new HatsWriter(folder, name, "object", left.raColumn(), left.decColumn(), false);
        AtomicLong pairs = new AtomicLong();
        left.partitions().parallelStream().forEach(partition -> {
            Table matched = match(partition, null);
            if (matched.rows() > 0) {
                writer.write(partition, "part", matched);
            }
            pairs.addAndGet(matched.rows());
        });
        Table none = pairs(
                ParquetTables.empty(left.schema()),
                ParquetTables.empty(right.schema()),
                new int[0],
                new int[0],
                new double[0]);
        writer.finish(none.schema(), provenance);
        return pairs.get();
    }

    /** Counts the pairs and writes nothing. */
    long count() {
        return left.partitions().parallelStream()
                .mapToLong(partition -> match(partition, List.of()).rows())
                .sum();
    }

    private Table match(Partition partition, @Nullable List<String> columns) {
        List<String> leftColumns = columns == null ? null : List.of(left.raColumn(), left.decColumn());
        List<String> rightColumns =
                columns == null ? null : List.of(HatsLayout.PIXEL, right.raColumn(), right.decColumn());
        Table own = left.read(partition, leftColumns, null);
        PixelNeighbourhood around = new PixelNeighbourhood(partition.order(), partition.pixel(), radius);
        PixelCoverage coverage = PixelCoverage.of(around, Math.min(29, partition.order() + 5));
        List<Table> parts = right.partitions(coverage).stream()
                .map(other -> covered(right.read(other, rightColumns, coverage), coverage))
                .toList();
        Table others = parts.isEmpty() ? ParquetTables.empty(right.schema()) : Table.joined(parts);
        Neighbours near = new Neighbours(others.doubles(right.raColumn()), others.doubles(right.decColumn()), radius);
        double[] ra = own.doubles(left.raColumn());
        double[] dec = own.doubles(left.decColumn());
        int[] leftRows = new int[own.rows()];
        int[] rightRows = new int[own.rows()];
        double[] distances = new double[own.rows()];
        int[] found = new int[count];
        double[] separations = new double[count];
        int n = 0;
        for (int i = 0; i < ra.length; i++) {
            int hits = near.nearest(ra[i], dec[i], count, found, separations);
            if (n + hits > leftRows.length) {
                int size = Math.max(n + hits, 2 * leftRows.length);
                leftRows = Arrays.copyOf(leftRows, size);
                rightRows = Arrays.copyOf(rightRows, size);
                distances = Arrays.copyOf(distances, size);
            }
            for (int k = 0; k < hits; k++) {
                leftRows[n] = i;
                rightRows[n] = found[k];
                distances[n++] = separations[k] * 3600;
            }
        }
        return pairs(own, others, Arrays.copyOf(leftRows, n), Arrays.copyOf(rightRows, n), Arrays.copyOf(distances, n));
    }

    private Table covered(Table table, PixelCoverage coverage) {
        if (!table.names().contains(HatsLayout.PIXEL)) {
            return table;
        }
        long[] pixels = table.longs(HatsLayout.PIXEL);
        int[] rows = IntStream.range(0, pixels.length)
                .filter(i -> coverage.holds(pixels[i]))
                .toArray();
        return rows.length == pixels.length ? table : table.rows(rows);
    }

    private Table pairs(Table own, Table others, int[] leftRows, int[] rightRows, double[] distances) {
        List<String> kept = others.names().stream()
                .filter(name -> !name.equals(HatsLayout.PIXEL))
                .toList();
        Table distance = new TableBuilder().add("_dist_arcsec", distances).build();
        return own.rows(leftRows)
                .beside(others.columns(kept).rows(rightRows).suffixed(suffix))
                .beside(distance);
    }
}
