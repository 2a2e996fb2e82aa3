package io.spectractor.hats;

import java.nio.file.Path;

/** Names of a HATS catalogue's files and columns. */
public final class HatsLayout {
    /** Column of the order-29 pixel. */
    public static final String PIXEL = "_healpix_29";

    static final String PROPERTIES = "hats.properties";
    static final String SAME_PROPERTIES = "properties";
    static final String PARTITIONS = "partition_info.csv";
    static final String DATASET = "dataset";
    static final String COMMON_METADATA = "_common_metadata";
    static final String METADATA = "_metadata";

    private HatsLayout() {}

    /** A pixel's place below the catalogue's folder: a file, or a folder of files for suffix {@code /}. */
    static Path leaf(Partition partition, String suffix) {
        long folder = partition.pixel() / 10000 * 10000;
        String name = "Npix=" + partition.pixel() + (suffix.equals("/") ? "" : suffix);
        return Path.of(DATASET, "Norder=" + partition.order(), "Dir=" + folder, name);
    }
}
