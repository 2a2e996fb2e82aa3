package io.spectractor.catalogue;

import io.spectractor.catalogue.series.LightCurve;
import io.spectractor.catalogue.spectra.ObjectsTable;
import io.spectractor.hats.CatalogueException;
import io.spectractor.hats.Table;
import io.spectractor.plot.LightCurvePlot;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.parquet.schema.Type;
import picocli.CommandLine.Option;

/** What a table's struct of lists and its fields are called. */
final class SeriesOptions implements Serializable {
    private static final long serialVersionUID = 1;

    @Option(
            names = "--series",
            defaultValue = ObjectsTable.SERIES,
            paramLabel = "STRUCT",
            description = "Struct of lists that has the light curve (${DEFAULT-VALUE}).")
    private String struct = ObjectsTable.SERIES;

    @Option(names = "--time", defaultValue = "mjd", paramLabel = "FIELD", description = "Its times (${DEFAULT-VALUE}).")
    private String time = "mjd";

    @Option(
            names = "--value",
            defaultValue = "mag",
            paramLabel = "FIELD",
            description = "Its values: magnitudes if the name begins with mag or psfmag, else flux (${DEFAULT-VALUE}).")
    private String value = "mag";

    @Option(
            names = "--error",
            defaultValue = "",
            paramLabel = "FIELD",
            description = "Their errors (the field of the values with _err).")
    private String error = "";

    @Option(
            names = "--band",
            defaultValue = "band",
            paramLabel = "FIELD",
            description = "Its bands (${DEFAULT-VALUE}).")
    private String band = "band";

    /** Points of a band in the order of time. */
    private record Curve(double[] time, double[] value, double[] error) {}

    String struct() {
        return struct;
    }

    private boolean magnitudes() {
        return value.startsWith("mag") || value.startsWith("psfmag");
    }

    /** The band of a point; of a series without bands the values' name. */
    String band(Table points, int row) {
        return points.names().contains(band) ? String.valueOf(points.value(row, band)) : value;
    }

    /** The points of a band that have a time and a value. */
    private Curve curve(Table points, String wanted, boolean below) {
        String name = below ? value + "_below" : value;
        String errors = error.isEmpty() ? name + "_err" : error;
        double[] times = points.doubles(time);
        double[] values = points.doubles(name);
        double[] sigmas = points.names().contains(errors) ? points.doubles(errors) : new double[0];
        int[] rows = IntStream.range(0, points.rows())
                .filter(i -> band(points, i).equals(wanted) && Double.isFinite(times[i]) && Double.isFinite(values[i]))
                .boxed()
                .sorted(java.util.Comparator.comparingDouble(i -> times[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        return new Curve(
                IntStream.of(rows).mapToDouble(i -> times[i]).toArray(),
                IntStream.of(rows).mapToDouble(i -> values[i]).toArray(),
                IntStream.of(rows)
                        .mapToDouble(i -> sigmas.length == 0 ? Double.NaN : sigmas[i])
                        .toArray());
    }

    /** A star's series as functions see it. */
    LightCurve lightCurve(Table points) {
        Map<String, double[]> fields = new TreeMap<>();
        for (Type field : points.schema().getFields()) {
            switch (field.asPrimitiveType().getPrimitiveTypeName()) {
                case DOUBLE, FLOAT, INT32, INT64 -> fields.put(field.getName(), points.doubles(field.getName()));
                case BOOLEAN, BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> {}
            }
        }
        String[] bands;
        if (points.names().contains(band)) {
            bands = points.texts(band);
        } else {
            bands = new String[points.rows()];
            Arrays.fill(bands, value);
        }
        double[] none = new double[points.rows()];
        Arrays.fill(none, Double.NaN);
        String errors = error.isEmpty() ? value + "_err" : error;
        return new LightCurve(
                bands,
                field(fields, points, time),
                field(fields, points, value),
                fields.getOrDefault(errors, none),
                fields);
    }

    private static double[] field(Map<String, double[]> known, Table points, String name) {
        double[] values = known.get(name);
        // who asks for a field that is no number is told
        return values == null ? points.doubles(name) : values;
    }

    /**
     * Draws a series.
     *
     * @param wanted the bands wanted, empty for all
     * @param below whether as it arrived below the atmosphere
     * @throws CatalogueException if the picture cannot be written
     */
    void draw(Table points, List<String> wanted, boolean below, String title, Path png) {
        LinkedHashSet<String> order = new LinkedHashSet<>(wanted);
        IntStream.range(0, points.rows()).forEach(i -> order.add(band(points, i)));
        List<LightCurvePlot.Band> panels = new ArrayList<>();
        for (String one : order) {
            Curve curve = curve(points, one, below);
            if (curve.time().length > 0) {
                panels.add(new LightCurvePlot.Band(one, curve.time(), curve.value(), curve.error()));
            }
        }
        LightCurvePlot.Labels labels =
                new LightCurvePlot.Labels(title + (below ? ", below the atmosphere" : ""), "MJD", value, magnitudes());
        try {
            LightCurvePlot.write(panels, labels, png);
        } catch (IOException e) {
            throw new CatalogueException(png + " cannot be written: " + e.getMessage(), e);
        }
    }
}
