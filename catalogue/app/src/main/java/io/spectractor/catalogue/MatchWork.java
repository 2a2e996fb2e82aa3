package io.spectractor.catalogue;

import io.spectractor.hats.HatsCatalogue;
import io.spectractor.hats.HatsLayout;
import io.spectractor.hats.HatsWriter;
import io.spectractor.hats.LeafWriter;
import io.spectractor.hats.ParquetTables;
import io.spectractor.hats.Partition;
import io.spectractor.hats.RowGroups;
import io.spectractor.hats.Table;
import io.spectractor.hats.TableBuilder;
import io.spectractor.sky.Healpix;
import io.spectractor.sky.Neighbours;
import io.spectractor.sky.PixelCoverage;
import io.spectractor.sky.PixelNeighbourhood;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * For each row of a partition the nearest rows of another catalogue, with that one's rows in the partition and around it as far
 * as the radius reaches: no pair is lost at a border, whatever the radius. Where those are too many for the memory, a part of
 * the partition at a time.
 */
final class MatchWork implements CatalogueWork {
    private static final long serialVersionUID = 1;
    /** So much finer than a pixel is its surroundings' border known. */
    private static final int FINER = 5;
    /** A quarter of a pixel that needs so few row groups needs about as many. */
    private static final int FEW = 4;
    /** Pairs are put together so many at a time. */
    private static final int PAIRS = 8192;

    private final String leftFolder;
    private final String rightFolder;
    private final double radius;
    private final int count;
    private final String suffix;
    private final @Nullable String out;
    private transient volatile @Nullable Tables tables;

    /**
     * @param radius degrees, the border included
     * @param count at most so many for each row
     * @param suffix what the names of the other catalogue's columns end with in the result
     * @param out folder of the catalogue of pairs; null if they are only counted
     */
    MatchWork(Path left, Path right, double radius, int count, String suffix, @Nullable Path out) {
        this.leftFolder = left.toString();
        this.rightFolder = right.toString();
        this.radius = radius;
        this.count = count;
        this.suffix = suffix;
        this.out = out == null ? null : out.toString();
    }

    /** Both catalogues, opened. */
    private static final class Tables {
        private final RowGroups left;
        private final RowGroups right;
        private final boolean pixels;

        Tables(HatsCatalogue left, HatsCatalogue right, boolean whole) {
            this.left = new RowGroups(left, whole ? null : List.of(left.raColumn(), left.decColumn()));
            this.right = new RowGroups(right, whole ? null : List.of(right.raColumn(), right.decColumn()));
            this.pixels = this.left.schema().containsField(HatsLayout.PIXEL);
        }
    }

    private Tables tables() {
        Tables opened = tables;
        if (opened == null) {
            opened = new Tables(
                    HatsCatalogue.open(Path.of(leftFolder)), HatsCatalogue.open(Path.of(rightFolder)), out != null);
            tables = opened;
        }
        return opened;
    }

    @Override
    public HatsCatalogue table() {
        return tables().left.catalogue();
    }

    @Override
    public MessageType schema() {
        Tables both = tables();
        Table left = ParquetTables.empty(both.left.schema());
        Table right = ParquetTables.empty(both.right.schema());
        return pairs(left, right, new int[0], new int[0], new double[0]).schema();
    }

    @Override
    public HatsWriter writer(String name) {
        Path folder = Path.of(java.util.Objects.requireNonNull(out));
        return new HatsWriter(folder, name, "object", table().raColumn(), table().decColumn(), false);
    }

    @Override
    public long memory(Partition partition, long allowed) {
        Tables both = tables();
        long width = both.left.width(partition);
        List<Partition> others = both.right.catalogue().partitions();
        width += others.isEmpty() ? 0 : both.right.width(others.get(0));
        // a row of the left one has so many pairs
        long result = out == null ? 0 : LeafWriter.memory(width) + PAIRS * width;
        return both.left.largest(partition) + result + around(partition, partition, allowed);
    }

    /** Memory of the largest surroundings that are read at a time. */
    private long around(Partition whole, Partition part, long allowed) {
        PixelCoverage coverage = coverage(part);
        if (!isDivided(whole, part, coverage, allowed)) {
            return tables().right.memory(coverage);
        }
        long most = 0;
        for (Partition child : part.children()) {
            most = Math.max(most, around(whole, child, allowed));
        }
        return most;
    }

    private boolean isDivided(Partition whole, Partition part, PixelCoverage coverage, long allowed) {
        RowGroups right = tables().right;
        return right.memory(coverage) > allowed / 2
                && right.count(coverage) > FEW
                && tables().pixels
                && part.order() < Math.min(Healpix.MAX_ORDER - FINER, whole.order() + 2 * FINER);
    }

    private PixelCoverage coverage(Partition part) {
        PixelNeighbourhood around = new PixelNeighbourhood(part.order(), part.pixel(), radius);
        return PixelCoverage.of(around, Math.min(Healpix.MAX_ORDER, part.order() + FINER));
    }

    @Override
    public long run(Partition partition, long allowed) {
        if (out == null) {
            return match(partition, partition, allowed, null);
        }
        try (LeafWriter leaf = writer("").leaf(partition)) {
            match(partition, partition, allowed, leaf);
            leaf.finish();
            return leaf.rows();
        }
    }

    /** Matches a part of a partition; returns the number of pairs. */
    private long match(Partition whole, Partition part, long allowed, @Nullable LeafWriter leaf) {
        Tables both = tables();
        PixelCoverage coverage = coverage(part);
        if (isDivided(whole, part, coverage, allowed)) {
            long sum = 0;
            for (Partition child : part.children()) {
                sum += match(whole, child, allowed, leaf);
            }
            return sum;
        }
        Table others = both.right.read(coverage);
        if (others.rows() == 0) {
            return 0;
        }
        HatsCatalogue right = both.right.catalogue();
        double[] ra = others.doubles(right.raColumn());
        double[] dec = others.doubles(right.decColumn());
        Neighbours near = new Neighbours(pixels(others, ra, dec), ra, dec, radius, part.first(), part.end());
        long[] sum = new long[1];
        both.left.read(whole, part.first(), part.end(), piece -> sum[0] += pairs(piece, others, near, leaf));
        return sum[0];
    }

    private static long[] pixels(Table table, double[] ra, double[] dec) {
        if (table.schema().containsField(HatsLayout.PIXEL)) {
            return table.longs(HatsLayout.PIXEL);
        }
        long[] pixels = new long[ra.length];
        Arrays.setAll(pixels, i -> Healpix.pixel(Healpix.MAX_ORDER, ra[i], dec[i]));
        return pixels;
    }

    private long pairs(Table own, Table others, Neighbours near, @Nullable LeafWriter leaf) {
        double[] ra = own.doubles(table().raColumn());
        double[] dec = own.doubles(table().decColumn());
        long[] pixels = pixels(own, ra, dec);
        int room = PAIRS + count;
        int[] leftRows = new int[room];
        int[] rightRows = new int[room];
        double[] distances = new double[room];
        int[] found = new int[count];
        double[] separations = new double[count];
        int n = 0;
        long sum = 0;
        for (int i = 0; i < ra.length; i++) {
            int hits = near.nearest(pixels[i], ra[i], dec[i], count, found, separations);
            for (int k = 0; k < hits; k++) {
                leftRows[n] = i;
                rightRows[n] = found[k];
                distances[n++] = separations[k] * 3600;
            }
            if (leaf != null && n >= PAIRS) {
                leaf.add(pairs(own, others, cut(leftRows, n), cut(rightRows, n), Arrays.copyOf(distances, n)));
            }
            if (n >= PAIRS) {
                sum += n;
                n = 0;
            }
        }
        if (leaf != null && n > 0) {
            leaf.add(pairs(own, others, cut(leftRows, n), cut(rightRows, n), Arrays.copyOf(distances, n)));
        }
        return sum + n;
    }

    private static int[] cut(int[] rows, int n) {
        return Arrays.copyOf(rows, n);
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
