package io.spectractor.calib;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import io.jhdf.checksum.ChecksumUtils;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * HDF5 files whose bytes depend on their content alone. The library writes its own version, the operating system and the
 * processor in two places of a file, and finds its version in the archive it was loaded from, which is another one under
 * Spark.
 */
public final class PortableHdf {
    /** What the library's text at the end begins with, and how long it may be. */
    private static final String FOOTER = "jHDF - ";

    private static final int FOOTER_AT_MOST = 200;
    /** Length of the superblock (version 2), and where in it the end of the file and the checksum stand. */
    private static final int SUPERBLOCK = 48;

    private static final int END_OF_FILE = 28;
    private static final int CHECKSUM = 44;

    private PortableHdf() {}

    /**
     * Writes a file, over one that is there.
     *
     * @param content puts groups, data sets and attributes into the root group
     * @throws IOException if the file cannot be written
     */
    public static void write(Path file, Consumer<WritableGroup> content) throws IOException {
        try (WritableHdfFile hdf = HdfFile.write(file)) {
            // the library's own value of it names system and processor
            hdf.putAttribute("_jHDF", "jHDF");
            content.accept(hdf);
        }
        cutFooter(file);
    }

    /** Cuts off what the library writes behind all objects. The superblock knows the end of the file, and has a checksum. */
    private static void cutFooter(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer end = ByteBuffer.allocate((int) Math.min(FOOTER_AT_MOST, channel.size()));
            channel.read(end, channel.size() - end.capacity());
            int footer = new String(end.array(), StandardCharsets.ISO_8859_1).lastIndexOf(FOOTER);
            ByteBuffer superblock = ByteBuffer.allocate(SUPERBLOCK).order(ByteOrder.LITTLE_ENDIAN);
            channel.read(superblock, 0);
            if (footer < 0 || superblock.getLong(END_OF_FILE) != channel.size()) {
                return;
            }
            long length = channel.size() - end.capacity() + footer;
            superblock.putLong(END_OF_FILE, length);
            superblock.putInt(CHECKSUM, ChecksumUtils.checksum(Arrays.copyOf(superblock.array(), CHECKSUM)));
            channel.write(superblock.rewind(), 0);
            channel.truncate(length);
        }
    }
}
