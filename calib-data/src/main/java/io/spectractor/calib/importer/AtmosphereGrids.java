package io.spectractor.calib.importer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.spectractor.calib.CalibrationException;
import io.spectractor.calib.GridTables;
import io.spectractor.calib.Table;
import io.spectractor.calib.calspec.CalspecSpectrum;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.Fits;
import nom.tam.fits.Header;

/** Atmosphere grids as tables: a row per point of all axes but the last, a column per value of the last. */
final class AtmosphereGrids {
    private static final String PARAMETERS = "_params.json";
    private static final int INDEX_COLUMNS = 4;

    private AtmosphereGrids() {}

    /**
     * A {@code *_atmsim.fits} grid: transmission against wavelength, aerosol, water and ozone.
     *
     * @throws CalibrationException if it is truncated or something else
     */
    static Table atmsim(String name, Path file, Map<String, String> provenance) {
        byte[] bytes = bytes(file);
        CalspecSpectrum.requireFits(file.toString(), bytes);
        try (Fits fits = new Fits(new ByteArrayInputStream(bytes))) {
            BasicHDU<?> hdu = fits.readHDU();
            if (hdu == null || !(hdu.getData().getKernel() instanceof double[][] rows)) {
                throw new CalibrationException(file + ": no grid of float64 in its primary HDU");
            }
            Header header = hdu.getHeader();
            int points = header.getIntValue("NBATMPTS");
            if (points < 1 || rows.length != points + 1 || rows[0].length <= INDEX_COLUMNS) {
                throw new CalibrationException(file + ": " + rows.length + " rows, NBATMPTS = " + points
                        + " asks for one more than that; is it an atmosphere grid?");
            }
            Table.Builder table = Table.builder(name)
                    .header(provenance)
                    .header("quantity", "transmission of the atmosphere, a column per ozone column density")
                    .header("units", "wavelength nm; aerosol optical depth; water mm; fraction; ozone (in names) DU")
                    .header(GridTables.AIRMASS, Double.toString(header.getDoubleValue("AIRMASS", Double.NaN)))
                    .header(GridTables.PRESSURE, Double.toString(header.getDoubleValue("PRESSURE", Double.NaN)))
                    .header(
                            "note",
                            String.format(
                                    Locale.ROOT,
                                    "%s %s, airmass %s, pressure %s hPa, temperature %s C",
                                    header.getStringValue("ATMSIM", "?"),
                                    header.getStringValue("SIMVERS", "?"),
                                    header.getDoubleValue("AIRMASS"),
                                    header.getDoubleValue("PRESSURE"),
                                    header.getDoubleValue("TEMPERAT")));
            return fill(table, file, rows, header.getIntValue("NBOZPTS"));
        } catch (IOException | RuntimeException e) {
            if (e instanceof CalibrationException known) {
                throw known;
            }
            throw new CalibrationException(file + ": truncated or not a FITS file: " + e.getMessage(), e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new CalibrationException(file + " cannot be read: " + e, e);
        }
    }

    private static Table fill(Table.Builder table, Path file, double[][] rows, int ozones) {
        int points = rows.length - 1;
        if (ozones < 1 || points % ozones != 0) {
            throw new CalibrationException(file + ": NBOZPTS = " + ozones + " does not divide " + points + " points");
        }
        int wavelengths = rows[0].length - INDEX_COLUMNS;
        int groups = points / ozones;
        double[] lambda = new double[groups * wavelengths];
        double[] aerosol = new double[lambda.length];
        double[] water = new double[lambda.length];
        double[][] transmission = new double[ozones][lambda.length];
        for (int g = 0; g < groups; g++) {
            for (int w = 0; w < wavelengths; w++) {
                int at = g * wavelengths + w;
                lambda[at] = rows[0][INDEX_COLUMNS + w];
                aerosol[at] = rows[1 + g * ozones][1];
                water[at] = rows[1 + g * ozones][2];
                for (int o = 0; o < ozones; o++) {
                    double[] row = rows[1 + g * ozones + o];
                    if (row[1] != aerosol[at] || row[2] != water[at] || row[3] != rows[1 + o][3]) {
                        throw new CalibrationException(file + ", row " + (2 + g * ozones + o)
                                + ": the points are not in the order" + " aerosol, water, ozone");
                    }
                    transmission[o][at] = row[INDEX_COLUMNS + w];
                }
            }
        }
        table.numbers("lambda_nm", lambda).numbers("aerosol", aerosol).numbers("water_mm", water);
        for (int o = 0; o < ozones; o++) {
            table.numbers(GridTables.column(rows[1 + o][3]), transmission[o]);
        }
        return table.build();
    }

    /**
     * The grids beside a {@code *_params.json}: {@code <prefix>_<what>.npy} over wavelength, airmass, and for ozone and
     * water its amount.
     *
     * @param prefix of the names of the tables
     * @throws CalibrationException if a file is malformed or the shapes do not fit the parameters
     */
    static List<Table> npy(String prefix, Path parameters, Map<String, String> provenance) {
        JsonNode json = json(parameters);
        String stem = parameters.getFileName().toString();
        stem = stem.substring(0, stem.length() - PARAMETERS.length());
        double[] lambda = axis(parameters, json, "WL");
        double[] airmass = axis(parameters, json, "AIRMASS");
        Map<String, String> thirdAxes = new TreeMap<>(Map.of("OZabs", "OZ", "H2Oabs", "PWV", "PWVabs", "PWV"));
        List<Table> tables = new ArrayList<>();
        for (String what : List.of("rayleigh", "O2abs", "OZabs", "H2Oabs", "PWVabs")) {
            Path file = parameters.resolveSibling(stem + "_" + what + ".npy");
            if (Files.isRegularFile(file)) {
                String third = thirdAxes.get(what);
                double[] amounts = third == null ? new double[0] : axis(parameters, json, third);
                String unit = third == null ? "" : third.equals("OZ") ? "du" : "mm";
                tables.add(grid(prefix + stem + "_" + what + ".csv", file, lambda, airmass, amounts, unit, provenance));
            }
        }
        return tables;
    }

    private static Table grid(
            String name,
            Path file,
            double[] lambda,
            double[] airmass,
            double[] amounts,
            String unit,
            Map<String, String> provenance) {
        NpyArray array = NpyArray.read(file);
        int columns = Math.max(1, amounts.length);
        long expected = (long) lambda.length * airmass.length * columns;
        if (array.values().length != expected
                || array.shape()[0] != lambda.length
                || array.shape()[1] != airmass.length) {
            throw new CalibrationException(file + ": shape " + Arrays.toString(array.shape())
                    + " does not fit its parameters: " + lambda.length + " wavelengths, " + airmass.length
                    + " airmasses, " + amounts.length + " amounts");
        }
        int rows = lambda.length * airmass.length;
        double[] rowLambda = new double[rows];
        double[] rowAirmass = new double[rows];
        for (int i = 0; i < rows; i++) {
            rowLambda[i] = lambda[i / airmass.length];
            rowAirmass[i] = airmass[i % airmass.length];
        }
        Table.Builder table = Table.builder(name)
                .header(provenance)
                .header("quantity", "transmission of the atmosphere" + (unit.isEmpty() ? "" : ", a column per amount"))
                .header("units", "wavelength nm; fraction" + (unit.isEmpty() ? "" : "; amounts (in names) " + unit))
                .numbers("lambda_nm", rowLambda)
                .numbers("airmass", rowAirmass);
        for (int c = 0; c < columns; c++) {
            double[] values = new double[rows];
            for (int i = 0; i < rows; i++) {
                values[i] = array.values()[i * columns + c];
            }
            table.numbers(amounts.length == 0 ? "transmission" : "transmission_" + label(amounts[c]) + unit, values);
        }
        return table.build();
    }

    private static String label(double amount) {
        return amount == Math.rint(amount) ? Long.toString((long) amount) : Double.toString(amount);
    }

    private static double[] axis(Path file, JsonNode json, String name) {
        JsonNode node = json.path(name);
        double[] values = new double[node.size()];
        for (int i = 0; i < values.length; i++) {
            if (!node.get(i).isNumber()) {
                throw new CalibrationException(file + ": " + name + "[" + i + "] is not a number");
            }
            values[i] = node.get(i).doubleValue();
        }
        if (values.length == 0) {
            throw new CalibrationException(file + ": has no list " + name);
        }
        return values;
    }

    private static JsonNode json(Path file) {
        try {
            JsonNode tree = JsonMapper.builder().build().readTree(Files.readString(file));
            if (tree == null || !tree.isObject()) {
                throw new CalibrationException(file + ": not a JSON object");
            }
            return tree;
        } catch (IOException e) {
            String where = e instanceof JsonProcessingException json && json.getLocation() != null
                    ? ", line " + json.getLocation().getLineNr()
                    : "";
            throw new CalibrationException(
                    file + where + ": no JSON: "
                            + e.getMessage().lines().findFirst().orElse(""),
                    e);
        }
    }
}
