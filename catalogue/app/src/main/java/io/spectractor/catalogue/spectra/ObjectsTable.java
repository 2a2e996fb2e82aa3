package io.spectractor.catalogue.spectra;

import io.spectractor.hats.HatsCatalogue;
import io.spectractor.hats.HatsLayout;
import io.spectractor.hats.HatsWriter;
import io.spectractor.hats.Partition;
import io.spectractor.hats.Table;
import io.spectractor.hats.TableBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** The table {@code objects}: a row for each star, with its light in bands against time as a struct of lists, {@code lc}. */
public final class ObjectsTable {
    /** Name of the struct of a star's series. */
    public static final String SERIES = "lc";

    /** What the series has of the spectra's photometry. */
    static final List<String> LIGHT = List.of("flux", "flux_err", "flux_below", "flux_below_err", "coverage");

    private static final List<SpectraColumn> NEEDED = List.of(
            SpectraColumn.RA,
            SpectraColumn.DEC,
            SpectraColumn.POSITION_EPOCH,
            SpectraColumn.POSITION_ORIGIN,
            SpectraColumn.TARGET,
            SpectraColumn.EXPOSURE,
            SpectraColumn.MJD,
            SpectraColumn.AIRMASS,
            SpectraColumn.INSTRUMENT,
            SpectraColumn.DISPERSER,
            SpectraColumn.SCIENCE_SHA256);

    private ObjectsTable() {}

    /**
     * Writes the new state: rows of some stars from their spectra, of the others as they were. The spectra of one group of pixels
     * are in memory at a time.
     *
     * @param folder a folder of its own
     * @param old the table so far, or null
     * @param spectra the spectra as they are now
     * @param stars the stars whose rows are made again
     * @param groups where their spectra are: pixels of which those that share a star stand together
     */
    public static void write(
            Path folder,
            @Nullable HatsCatalogue old,
            HatsCatalogue spectra,
            Set<String> stars,
            List<Set<Long>> groups,
            Map<String, String> provenance) {
        MessageType schema = table(List.of()).schema();
        HatsWriter writer = new HatsWriter(folder, "objects", "object", "ra", "dec", false);
        Set<Partition> done = new TreeSet<>();
        for (Set<Long> group : groups) {
            Table rows = table(stars(spectra, stars, group));
            // a star stands where one of its spectra does, so no other group has rows in these pixels
            HatsWriter.divided(rows.longs(HatsLayout.PIXEL), SpectraUpdate.ORDER)
                    .forEach((partition, chosen) -> {
                        List<Table> parts = new ArrayList<>(List.of(rows.rows(chosen)));
                        parts.addAll(others(old, partition, stars, schema));
                        writer.write(partition, "", Table.joined(parts));
                        done.add(partition);
                    });
        }
        if (old != null) {
            boolean same = old.schema().equals(schema);
            for (Partition partition : old.partitions()) {
                if (done.contains(partition)) {
                    continue;
                }
                if (same && !names(old, partition).stream().anyMatch(stars::contains)) {
                    writer.keep(partition, old.leaf(partition, ""), 0);
                } else {
                    others(old, partition, stars, schema).forEach(rows -> writer.write(partition, "", rows));
                }
            }
        }
        writer.finish(schema, provenance);
    }

    private static List<String> names(HatsCatalogue table, Partition partition) {
        return List.of(table.read(partition, List.of("name"), null).texts("name"));
    }

    /** The rows of a pixel that are not made again: one table, or none. */
    private static List<Table> others(
            @Nullable HatsCatalogue old, Partition partition, Set<String> stars, MessageType schema) {
        if (old == null || !old.partitions().contains(partition)) {
            return List.of();
        }
        List<String> names = names(old, partition);
        int[] others = IntStream.range(0, names.size())
                .filter(i -> !stars.contains(names.get(i)))
                .toArray();
        return others.length == 0
                ? List.of()
                : List.of(old.read(partition, null, null).rows(others).fitted(schema));
    }

    private static List<Star> stars(HatsCatalogue spectra, Set<String> names, Set<Long> pixels) {
        List<String> columns = new ArrayList<>(List.of(SpectraTable.PHOTOMETRY));
        NEEDED.forEach(column -> columns.add(column.column()));
        Map<String, Star> stars = new TreeMap<>();
        for (long pixel : pixels) {
            Table table = spectra.read(new Partition(SpectraUpdate.ORDER, pixel), columns, null);
            for (int i = 0; i < table.rows(); i++) {
                Object name = table.value(i, SpectraColumn.TARGET.column());
                if (name instanceof String text && names.contains(text)) {
                    stars.computeIfAbsent(text, Star::new).add(table, i);
                }
            }
        }
        return List.copyOf(stars.values());
    }

    private static Table table(List<Star> stars) {
        List<List<Star.Point>> series = stars.stream().map(Star::points).toList();
        TableBuilder lc = new TableBuilder()
                .addLists("mjd", numbers(series, Star.Point::mjd))
                .addLists("band", texts(series, Star.Point::band))
                .addLists("mag", numbers(series, point -> Photometry.magnitude(point.light()[0])))
                .addLists(
                        "mag_err",
                        numbers(series, point -> Photometry.magnitudeErr(point.light()[0], point.light()[1])))
                .addLists("mag_below", numbers(series, point -> Photometry.magnitude(point.light()[2])))
                .addLists(
                        "mag_below_err",
                        numbers(series, point -> Photometry.magnitudeErr(point.light()[2], point.light()[3])));
        for (int k = 0; k < LIGHT.size(); k++) {
            int at = k;
            lc.addLists(LIGHT.get(k), numbers(series, point -> point.light()[at]));
        }
        lc.addLists("airmass", numbers(series, Star.Point::airmass))
                .addLists("exposure", texts(series, Star.Point::exposure))
                .addLists("instrument", texts(series, Star.Point::instrument))
                .addLists("disperser", texts(series, Star.Point::disperser));
        double[] ra = column(stars, star -> star.number(SpectraColumn.RA));
        double[] dec = column(stars, star -> star.number(SpectraColumn.DEC));
        return new TableBuilder()
                .addPixels(ra, dec)
                .add("name", words(stars, Star::name))
                .add("ra", ra)
                .add("dec", dec)
                .add("position_epoch", column(stars, star -> star.number(SpectraColumn.POSITION_EPOCH)))
                .add("position_origin", words(stars, star -> star.text(SpectraColumn.POSITION_ORIGIN)))
                .add("spectra", stars.stream().mapToInt(Star::size).toArray())
                .add("mjd_first", column(stars, star -> star.mjd()[0]))
                .add("mjd_last", column(stars, star -> star.mjd()[star.size() - 1]))
                .add("instruments", words(stars, star -> star.all(SpectraColumn.INSTRUMENT)))
                .add("dispersers", words(stars, star -> star.all(SpectraColumn.DISPERSER)))
                .addStruct(SERIES, lc)
                .build();
    }

    private static double[] column(List<Star> stars, ToDoubleFunction<Star> value) {
        return stars.stream().mapToDouble(value).toArray();
    }

    private static String[] words(List<Star> stars, Function<Star, String> value) {
        return stars.stream().map(value).toArray(String[]::new);
    }

    private static double[][] numbers(List<List<Star.Point>> series, ToDoubleFunction<Star.Point> value) {
        return series.stream()
                .map(points -> points.stream().mapToDouble(value).toArray())
                .toArray(double[][]::new);
    }

    private static String[][] texts(List<List<Star.Point>> series, Function<Star.Point, String> value) {
        return series.stream()
                .map(points -> points.stream().map(value).toArray(String[]::new))
                .toArray(String[][]::new);
    }
}
