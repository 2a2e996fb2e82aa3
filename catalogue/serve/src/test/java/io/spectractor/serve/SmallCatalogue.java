package io.spectractor.serve;

import io.spectractor.hats.HatsWriter;
import io.spectractor.hats.Partition;
import io.spectractor.hats.Table;
import io.spectractor.hats.TableBuilder;
import io.spectractor.sky.Healpix;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A folder with a few spectra of three stars, and points all over the sky. */
public final class SmallCatalogue {
    /** Rows of the table of points. */
    public static final int POINTS = 4000;

    private static final int ORDER = 1;
    private static final String[] NAMES = {"HD111980", "HD2811", "O'Neil <b>&1"};
    private static final double[][] POSITIONS = {{193.3, -18.5}, {7.8, -43.6}, {359.999, 89.5}};

    private SmallCatalogue() {}

    /** Right ascensions and declinations of the points, degrees. */
    public static double[][] points() {
        SplittableRandom random = new SplittableRandom(20);
        double[] ra = new double[POINTS];
        double[] dec = new double[POINTS];
        for (int i = 0; i < POINTS; i++) {
            ra[i] = random.nextDouble(360);
            dec[i] = Math.toDegrees(Math.asin(random.nextDouble(-1, 1)));
        }
        dec[0] = 90;
        dec[1] = -90;
        ra[2] = 0;
        return new double[][] {ra, dec};
    }

    /** Writes it. */
    public static void write(Path folder) {
        double[][] points = points();
        table(
                folder.resolve("points"),
                "object",
                points,
                (pixels, rows) -> pixels.add(
                                "id", pick(IntStream.range(0, POINTS).toArray(), rows))
                        .add("ra", pick(points[0], rows))
                        .add("dec", pick(points[1], rows))
                        .add(
                                "Mag",
                                pick(
                                        new SplittableRandom(3)
                                                .doubles(POINTS, 10, 20)
                                                .toArray(),
                                        rows)));
        int spectra = 30;
        double[][] at = new double[2][spectra];
        for (int i = 0; i < spectra; i++) {
            at[0][i] = POSITIONS[i % 3][0];
            at[1][i] = POSITIONS[i % 3][1];
        }
        table(folder.resolve("spectra"), "source", at, (pixels, rows) -> spectra(pixels, at, rows));
    }

    /** Columns of some rows. */
    @FunctionalInterface
    interface Columns {
        TableBuilder added(TableBuilder pixels, int[] rows);
    }

    static void table(Path folder, String type, double[][] at, Columns columns) {
        HatsWriter writer = new HatsWriter(folder, folder.getFileName().toString(), type, "ra", "dec", false);
        Map<Partition, List<Integer>> parts = new TreeMap<>();
        for (int i = 0; i < at[0].length; i++) {
            parts.computeIfAbsent(
                            new Partition(ORDER, Healpix.pixel(ORDER, at[0][i], at[1][i])), p -> new ArrayList<>())
                    .add(i);
        }
        Table[] last = new Table[1];
        parts.forEach((partition, list) -> {
            int[] rows = list.stream()
                    .sorted((a, b) ->
                            Long.compare(Healpix.pixel(29, at[0][a], at[1][a]), Healpix.pixel(29, at[0][b], at[1][b])))
                    .mapToInt(i -> i)
                    .toArray();
            TableBuilder pixels = new TableBuilder().addPixels(pick(at[0], rows), pick(at[1], rows));
            last[0] = columns.added(pixels, rows).build();
            writer.write(partition, "", last[0]);
        });
        writer.finish(last[0].schema(), Map.of());
    }

    private static TableBuilder spectra(TableBuilder pixels, double[][] at, int[] rows) {
        int n = at[0].length;
        String[] target = texts(n, i -> NAMES[i % 3]);
        return pixels.add("ra", pick(at[0], rows))
                .add("dec", pick(at[1], rows))
                .add("target", pick(target, rows))
                .add("exposure", pick(texts(n, i -> "e" + i), rows))
                .add(
                        "mjd",
                        pick(IntStream.range(0, n).mapToDouble(i -> 60000.1 + i).toArray(), rows))
                .add(
                        "exposure_time",
                        pick(IntStream.range(0, n).mapToDouble(i -> 30).toArray(), rows))
                .add(
                        "airmass",
                        pick(
                                IntStream.range(0, n)
                                        .mapToDouble(i -> 1 + 0.01 * i)
                                        .toArray(),
                                rows))
                .add(
                        "pwv",
                        pick(
                                IntStream.range(0, n)
                                        .mapToDouble(i -> i == 3 ? Double.NaN : i)
                                        .toArray(),
                                rows))
                .add("instrument", pick(texts(n, i -> "LATISS"), rows))
                .add("spectral_order", pick(IntStream.range(0, n).map(i -> 1).toArray(), rows))
                .add(
                        "resolution",
                        pick(IntStream.range(0, n).mapToDouble(i -> 2).toArray(), rows))
                .add("air_or_vacuum", pick(texts(n, i -> "air"), rows))
                .add("file", pick(texts(n, i -> "e" + i + "_spectrum.fits"), rows))
                .add("run", pick(texts(n, i -> "night" + i), rows))
                .add("science_sha256", pick(texts(n, i -> String.format(java.util.Locale.ROOT, "%064x", i)), rows))
                .addStruct("spectrum", spectrum(rows.length));
    }

    private static TableBuilder spectrum(int rows) {
        double[][] lambda = new double[rows][100];
        double[][] flux = new double[rows][100];
        for (int i = 0; i < rows; i++) {
            Arrays.setAll(lambda[i], k -> 400 + 5 * k);
            Arrays.setAll(flux[i], k -> 1e-12 * (k + 1));
        }
        return new TableBuilder().addLists("wavelength", lambda).addLists("flux", flux);
    }

    static String[] texts(int n, java.util.function.IntFunction<String> text) {
        return IntStream.range(0, n).mapToObj(text).toArray(String[]::new);
    }

    static double[] pick(double[] values, int[] rows) {
        return Arrays.stream(rows).mapToDouble(i -> values[i]).toArray();
    }

    static int[] pick(int[] values, int[] rows) {
        return Arrays.stream(rows).map(i -> values[i]).toArray();
    }

    static String[] pick(String[] values, int[] rows) {
        return Arrays.stream(rows).mapToObj(i -> values[i]).toArray(String[]::new);
    }
}
