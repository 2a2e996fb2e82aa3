package io.spectractor.calib;

import io.spectractor.core.optics.TabulatedCurve;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Bands of photometric systems in tables: commented CSV with the columns band, lambda_nm (nm, increasing within a band),
 * above and perhaps below ({@link PassBand}). Ours lie apart from the calibration data, as no spectrum depends on them.
 */
public final class PassBands {
    private static final List<String> TABLES = List.of("rubin.csv", "gaia.csv");

    private PassBands() {}

    /**
     * The bands that come with the program: u g r i z y of Rubin, G BP RP of Gaia.
     *
     * @throws CalibrationException if a table is missing, which means a broken build
     */
    public static List<PassBand> embedded() {
        List<PassBand> bands = new ArrayList<>();
        for (String name : TABLES) {
            try (InputStream in = PassBands.class.getResourceAsStream("/io/spectractor/bands/" + name)) {
                if (in == null) {
                    throw new CalibrationException(
                            name, 0, "missing from the class path; rebuild the calibration module");
                }
                bands.addAll(parse(name, in.readAllBytes()));
            } catch (IOException e) {
                throw new CalibrationException(name, 0, "unreadable: " + e.getMessage(), e);
            }
        }
        return List.copyOf(bands);
    }

    /**
     * Bands of a user's table.
     *
     * @throws CalibrationException if it cannot be read or is none; the message names file and line
     */
    public static List<PassBand> read(Path file) {
        try {
            return parse(file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new CalibrationException(file.toString(), 0, "unreadable: " + e, e);
        }
    }

    private static List<PassBand> parse(String name, byte[] bytes) {
        Table table = TableReader.read(name, bytes);
        double[] lambda = table.numbers("lambda_nm");
        double[] above = table.numbers("above");
        double[] below = table.columns().contains("below") ? table.numbers("below") : above;
        Map<String, int[]> ranges = new LinkedHashMap<>();
        for (int i = 0; i < lambda.length; i++) {
            String band = table.required(i, "band");
            int[] range = ranges.get(band);
            if (range == null) {
                ranges.put(band, new int[] {i, i + 1});
            } else if (range[1] != i) {
                throw table.problem(i, "the rows of band " + band + " do not stand together");
            } else if (lambda[i] <= lambda[i - 1]) {
                throw table.problem(i, "wavelength " + lambda[i] + " nm does not exceed the one before");
            } else {
                range[1] = i + 1;
            }
            if (!(above[i] >= 0 && below[i] >= 0)) {
                throw table.problem(i, "a response is negative or no number");
            }
        }
        List<PassBand> bands = new ArrayList<>();
        ranges.forEach((band, range) -> bands.add(new PassBand(
                band, curve(table, band, lambda, above, range), curve(table, band, lambda, below, range))));
        return bands;
    }

    private static TabulatedCurve curve(Table table, String band, double[] lambda, double[] values, int[] range) {
        double[] part = Arrays.copyOfRange(values, range[0], range[1]);
        if (part.length < 2 || Arrays.stream(part).sum() <= 0) {
            throw table.problem(range[0], "band " + band + " passes no light: it needs two rows or more");
        }
        return new TabulatedCurve(Arrays.copyOfRange(lambda, range[0], range[1]), part, TabulatedCurve.Outside.ZERO);
    }
}
