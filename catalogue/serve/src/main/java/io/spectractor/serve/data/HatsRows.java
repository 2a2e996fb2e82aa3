package io.spectractor.serve.data;

import io.spectractor.hats.HatsCatalogue;
import io.spectractor.hats.Partition;
import io.spectractor.sky.PixelCoverage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows of a HATS catalogue: the files whose pixels meet what is wanted, by name, and in them ranges of order-29 pixels. */
final class HatsRows implements RowSource {
    private static final String PIXEL = "_healpix_29";
    /** More ranges than that cost more than the rows they keep out. */
    private static final int MOST_RANGES = 16;

    private final HatsCatalogue catalogue;
    private final boolean pixels;
    /** Files of each partition, in their order. */
    private final List<List<Path>> files;

    HatsRows(HatsCatalogue catalogue) {
        this.catalogue = catalogue;
        this.pixels = catalogue.schema().containsField(PIXEL);
        this.files = catalogue.partitions().stream().map(catalogue::files).toList();
    }

    @Override
    public String from(@Nullable PixelCoverage coverage) {
        List<Path> chosen = new ArrayList<>();
        List<Partition> partitions = catalogue.partitions();
        for (int i = 0; i < partitions.size(); i++) {
            if (coverage == null
                    || coverage.meets(
                            partitions.get(i).order(), partitions.get(i).pixel())) {
                chosen.addAll(files.get(i));
            }
        }
        if (chosen.isEmpty()) {
            Path common = catalogue.folder().resolve("dataset").resolve("_common_metadata");
            return "(SELECT * FROM " + read(List.of(common)) + " WHERE false) t";
        }
        String all = read(chosen);
        if (coverage == null || !pixels || coverage.size() == 0) {
            return all + " t";
        }
        return merged(coverage).stream()
                .map(range -> "(" + PIXEL + " >= " + range[0] + " AND " + PIXEL + " < " + range[1] + ")")
                .collect(Collectors.joining(" OR ", "(SELECT * FROM " + all + " WHERE ", ") t"));
    }

    /** The ranges of a coverage, those with the smallest gaps between them made one until there are few. */
    private static List<long[]> merged(PixelCoverage coverage) {
        long[] gaps = new long[coverage.size() - 1];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = coverage.first(i + 1) - coverage.end(i);
        }
        long[] sorted = gaps.clone();
        Arrays.sort(sorted);
        // gaps that are as large as the last one kept may go too
        long least = gaps.length < MOST_RANGES ? 0 : sorted[gaps.length - MOST_RANGES + 1];
        List<long[]> ranges = new ArrayList<>();
        for (int i = 0; i < coverage.size(); i++) {
            if (i > 0 && gaps[i - 1] < Math.max(least, 1)) {
                ranges.get(ranges.size() - 1)[1] = coverage.end(i);
            } else {
                ranges.add(new long[] {coverage.first(i), coverage.end(i)});
            }
        }
        return ranges;
    }

    private static String read(List<Path> paths) {
        return paths.stream()
                .map(path -> Names.literal(path.toString()))
                .collect(Collectors.joining(",", "read_parquet([", "], hive_partitioning=false)"));
    }
}
