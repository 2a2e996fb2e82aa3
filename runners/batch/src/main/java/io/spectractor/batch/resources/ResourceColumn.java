package io.spectractor.batch.resources;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.apache.parquet.format.Type;

/**
 * A column of the table of samples.
 *
 * @param name in the file
 * @param kind of its values
 * @param optional whether a number may be unknown, a null in the file
 * @param of its value in a sample
 */
record ResourceColumn(String name, Kind kind, boolean optional, Function<ResourceSample, Object> of) {
    /** All of them, in the order of the components of {@link ResourceSample}. */
    static final List<ResourceColumn> ALL = List.of(
            new ResourceColumn("time", Kind.TIME, false, ResourceSample::timeMs),
            new ResourceColumn("host", Kind.TEXT, false, ResourceSample::host),
            new ResourceColumn("pid", Kind.COUNT, false, ResourceSample::pid),
            new ResourceColumn("role", Kind.TEXT, false, ResourceSample::role),
            new ResourceColumn("stage", Kind.TEXT, false, ResourceSample::stage),
            new ResourceColumn("cpu_s", Kind.REAL, true, ResourceSample::cpuSeconds),
            new ResourceColumn("cpu_percent", Kind.REAL, true, ResourceSample::cpuPercent),
            new ResourceColumn("rss_bytes", Kind.COUNT, true, ResourceSample::rssBytes),
            new ResourceColumn("pss_bytes", Kind.COUNT, true, ResourceSample::pssBytes),
            new ResourceColumn("heap_used_bytes", Kind.COUNT, true, ResourceSample::heapUsedBytes),
            new ResourceColumn("heap_committed_bytes", Kind.COUNT, true, ResourceSample::heapCommittedBytes),
            new ResourceColumn("gc_count", Kind.COUNT, true, ResourceSample::gcCount),
            new ResourceColumn("gc_s", Kind.REAL, true, ResourceSample::gcSeconds),
            new ResourceColumn("read_bytes", Kind.COUNT, true, ResourceSample::readBytes),
            new ResourceColumn("written_bytes", Kind.COUNT, true, ResourceSample::writtenBytes),
            new ResourceColumn("load_1min", Kind.REAL, true, ResourceSample::load1),
            new ResourceColumn("available_bytes", Kind.COUNT, true, ResourceSample::availableBytes),
            new ResourceColumn("total_bytes", Kind.COUNT, true, ResourceSample::totalBytes),
            new ResourceColumn("cgroup_limit_bytes", Kind.COUNT, true, ResourceSample::cgroupLimitBytes),
            new ResourceColumn("cgroup_used_bytes", Kind.COUNT, true, ResourceSample::cgroupUsedBytes),
            new ResourceColumn("oom_kills", Kind.COUNT, true, ResourceSample::oomKills),
            new ResourceColumn("host_oom_kills", Kind.COUNT, true, ResourceSample::hostOomKills));

    /** What a column holds. */
    enum Kind {
        TIME(Type.INT64),
        COUNT(Type.INT64),
        REAL(Type.DOUBLE),
        TEXT(Type.BYTE_ARRAY);

        final Type type;

        Kind(Type type) {
            this.type = type;
        }

        /** The next value of a page, or what stands for an unknown one. */
        Object value(ByteBuffer page, boolean there) {
            return switch (this) {
                case TIME, COUNT -> there ? page.getLong() : -1L;
                case REAL -> there ? page.getDouble() : Double.NaN;
                case TEXT -> {
                    byte[] text = new byte[page.getInt()];
                    page.get(text);
                    yield new String(text, StandardCharsets.UTF_8);
                }
            };
        }
    }

    /** The value of a sample in Parquet's plain encoding, no bytes for an unknown one. */
    byte[] bytes(ResourceSample sample) {
        Object value = of.apply(sample);
        if (value instanceof String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.allocate(4 + utf8.length)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(utf8.length)
                    .put(utf8)
                    .array();
        }
        ByteBuffer eight = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        if (value instanceof Double real) {
            return optional && real.isNaN()
                    ? new byte[0]
                    : eight.putDouble(real).array();
        }
        long count = (Long) value;
        return optional && count < 0 ? new byte[0] : eight.putLong(count).array();
    }

    /** A sample of the values of all columns in a row. */
    static ResourceSample sample(List<Object[]> columns, int row) {
        Object[] v = columns.stream().map(column -> column[row]).toArray();
        return new ResourceSample(
                (Long) v[0],
                (String) v[1],
                (Long) v[2],
                (String) v[3],
                (String) v[4],
                (Double) v[5],
                (Double) v[6],
                (Long) v[7],
                (Long) v[8],
                (Long) v[9],
                (Long) v[10],
                (Long) v[11],
                (Double) v[12],
                (Long) v[13],
                (Long) v[14],
                (Double) v[15],
                (Long) v[16],
                (Long) v[17],
                (Long) v[18],
                (Long) v[19],
                (Long) v[20],
                (Long) v[21]);
    }
}
