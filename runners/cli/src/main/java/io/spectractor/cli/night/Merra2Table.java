package io.spectractor.cli.night;

import io.spectractor.batch.UsageException;
import io.spectractor.plot.TimePlot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** MERRA-2 at the site, hourly, from CSV files with the column time and any of TQV (mm), TO3 (DU), TOTEXTTAU, and PS (Pa). */
final class Merra2Table {
    private static final List<String> COLUMNS = List.of("TQV", "TO3", "TOTEXTTAU");
    private static final String GROUND_PRESSURE = "PS";
    private static final double PA_PER_HPA = 100;
    /** Water vapour per mass of air falls with the third power of the pressure (Smith 1966, J. Appl. Meteorol. 5, 726). */
    private static final double WATER_POWER = 4;

    private final Map<String, TreeMap<Double, Double>> values = new HashMap<>();

    /**
     * Reads files, plain or gzipped.
     *
     * @throws UsageException if one has no time or none of the columns; names it
     */
    static Merra2Table read(List<Path> files) {
        Merra2Table merra = new Merra2Table();
        for (Path file : files) {
            try {
                byte[] bytes = Files.readAllBytes(file);
                if (bytes.length > 2 && (bytes[0] & 0xff) == 0x1f) {
                    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                        bytes = in.readAllBytes();
                    }
                }
                merra.add(
                        file, new String(bytes, StandardCharsets.UTF_8).lines().toList());
            } catch (IOException e) {
                throw new UsageException(file + " cannot be read: " + e, e);
            }
        }
        return merra;
    }

    private void add(Path file, List<String> lines) {
        List<String> header =
                lines.isEmpty() ? List.of() : Arrays.asList(lines.get(0).strip().split(",", -1));
        int time = header.indexOf("time");
        if (time < 0 || COLUMNS.stream().noneMatch(header::contains)) {
            throw new UsageException(file + ": no column time, or none of " + COLUMNS + ", in its first line");
        }
        List<String> read = new ArrayList<>(COLUMNS);
        read.add(GROUND_PRESSURE);
        for (int i = 1; i < lines.size(); i++) {
            String[] fields = lines.get(i).split(",", -1);
            double mjd = fields.length > time ? FitsSpectrum.mjd(fields[time]) : Double.NaN;
            if (Double.isNaN(mjd)) {
                throw new UsageException(file + ", line " + (i + 1) + ": no time in '" + lines.get(i) + "'");
            }
            for (String name : read) {
                int c = header.indexOf(name);
                if (c >= 0 && c < fields.length && !fields[c].isBlank()) {
                    values.computeIfAbsent(name, k -> new TreeMap<>()).put(mjd, Double.parseDouble(fields[c]));
                }
            }
        }
    }

    /** A value interpolated in time, NaN more than an hour and a half from any. */
    double at(String name, double mjd) {
        TreeMap<Double, Double> known = values.get(name);
        Map.Entry<Double, Double> before = known == null ? null : known.floorEntry(mjd);
        Map.Entry<Double, Double> after = known == null ? null : known.ceilingEntry(mjd);
        if (before == null || after == null || after.getKey() - before.getKey() > 1.5 / 24) {
            return Double.NaN;
        }
        double span = after.getKey() - before.getKey();
        double t = span > 0 ? (mjd - before.getKey()) / span : 0;
        return before.getValue() + t * (after.getValue() - before.getValue());
    }

    /**
     * The water above a telescope that stands higher than the ground of MERRA-2's cell: TQV (p / PS)^4.
     *
     * @param pressureHPa at the telescope
     * @return mm; NaN as {@link #at}, or without PS
     */
    double waterAbove(double mjd, double pressureHPa) {
        return at("TQV", mjd) * Math.pow(PA_PER_HPA * pressureHPa / at(GROUND_PRESSURE, mjd), WATER_POWER);
    }

    /** The hours about a night, against hours from a time. */
    TimePlot.Series about(String name, double zero, double from, double to) {
        List<double[]> points = new ArrayList<>();
        TreeMap<Double, Double> known = values.getOrDefault(name, new TreeMap<>());
        known.subMap(from - 0.1, to + 0.1).forEach((t, v) -> points.add(new double[] {(t - zero) * 24, v}));
        double[] x = points.stream().mapToDouble(p -> p[0]).toArray();
        return new TimePlot.Series(x, points.stream().mapToDouble(p -> p[1]).toArray(), new double[x.length]);
    }
}
