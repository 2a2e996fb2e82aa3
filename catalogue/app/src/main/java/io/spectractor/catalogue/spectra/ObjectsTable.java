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
     * Writes the new state: rows of some stars from their spectra, of the others as they were.
     *
     * @param folder a folder of its own
     * @param old the table so far, or null
     * @param spectra the spectra as they are now
     * @param stars the stars whose rows are made again
     * @param pixels where their spectra are
     */
    public static void write(
            Path folder,
            @Nullable HatsCatalogue old,
            HatsCatalogue spectra,
            Set<String> stars,
            Set<Long> pixels,
            Map<String, String> provenance) {
        List<Star> changed = stars(spectra, stars, pixels);
        Table rows = table(changed);
        MessageType schema = rows.schema();
        HatsWriter writer = new HatsWriter(folder, "objects", "object", "ra", "dec", false);
        Map<Partition, List<Table>> parts = new TreeMap<>();
        HatsWriter.divided(rows.longs(HatsLayout.PIXEL), SpectraUpdate.ORDER)
                .forEach((partition, chosen) ->
                        parts.computeIfAbsent(partition, p -> new ArrayList<>()).add(rows.rows(chosen)));
        if (old != null) {
            boolean same = old.schema().equals(schema);
            for (Partition partition : old.partitions()) {
                Table before = old.read(partition, same ? List.of("name") : null, null);
                int[] others = IntStream.range(0, before.rows())
                        .filter(i -> !stars.contains(String.valueOf(before.value(i, "name"))))
                        .toArray();
                if (others.length == before.rows() && same && !parts.containsKey(partition)) {
                    writer.keep(partition, old.leaf(partition, ""), before.rows());
                } else if (others.length > 0) {
                    parts.computeIfAbsent(partition, p -> new ArrayList<>())
                            .add(old.read(partition, null, null).rows(others).fitted(schema));
                }
            }
        }
        parts.forEach((partition, tables) -> writer.write(partition, "", Table.joined(tables)));
        writer.finish(schema, provenance);
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
