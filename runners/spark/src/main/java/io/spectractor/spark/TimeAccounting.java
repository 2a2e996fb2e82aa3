package io.spectractor.spark;

import io.spectractor.batch.result.ImageResult;
import io.spectractor.core.outcome.Stage;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the time of a run went. Seconds of work are summed over all cores; {@code wait} is what the cores had and no image
 * used: the start of executors, Spark's own work, and cores that found nothing left to do at the end.
 */
final class TimeAccounting {
    private double start;
    private double list;
    private double job;
    private double table;
    private double read;
    private double compute;
    private double write;
    private double images;
    private int settled;

    /** The first executor was there after so many seconds. */
    void started(double seconds) {
        start += seconds;
    }

    /** Inputs were listed and split in so many seconds. */
    void listed(double seconds) {
        list += seconds;
    }

    /** A pass over images took so many seconds. */
    void ran(double seconds) {
        job += seconds;
    }

    /** The table of outcomes was written in so many seconds. */
    void tabled(double seconds) {
        table += seconds;
    }

    /** An image is settled. */
    void settled(ImageResult result) {
        double reading = result.timings().seconds().getOrDefault(Stage.READ, 0.0);
        double writing = result.timings().seconds().getOrDefault(Stage.WRITE, 0.0);
        double all = result.wallSeconds();
        settled++;
        images += all;
        read += Math.min(all, reading);
        write += Math.min(all, writing);
        compute += Math.max(0, all - reading - writing);
    }

    /**
     * Seconds by their names.
     *
     * @param cores that worked on images
     */
    Map<String, Object> asMap(int cores) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("cores", cores);
        map.put("images", settled);
        map.put("start_s", rounded(start));
        map.put("list_s", rounded(list));
        map.put("job_s", rounded(job));
        map.put("table_s", rounded(table));
        map.put("read_core_s", rounded(read));
        map.put("compute_core_s", rounded(compute));
        map.put("write_core_s", rounded(write));
        map.put("wait_core_s", rounded(Math.max(0, job * cores - images)));
        return map;
    }

    private static double rounded(double seconds) {
        return Math.round(seconds * 1e3) / 1e3;
    }

    /** Seconds since a time of {@link System#nanoTime}. */
    static double since(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }
}
