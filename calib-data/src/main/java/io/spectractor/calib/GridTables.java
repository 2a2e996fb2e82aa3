package io.spectractor.calib;

import io.spectractor.core.atmosphere.AtmosphereGrid;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The tables of imported {@code *_atmsim.fits} grids: a row per aerosol depth, water and wavelength (which runs fastest),
 * a column per amount of ozone; airmass and pressure in the header.
 */
public final class GridTables {
    /** Header: airmass of the whole grid. */
    public static final String AIRMASS = "airmass";

    /** Header: pressure of the whole grid, hPa. */
    public static final String PRESSURE = "pressure_hpa";

    private static final String FOLDER = "atmosphere/";
    private static final String COLUMN = "transmission_";
    private static final String UNIT = "du";

    private GridTables() {}

    /** Name of the column of an amount of ozone. */
    public static String column(double ozoneDu) {
        return COLUMN
                + (ozoneDu == Math.rint(ozoneDu) ? Long.toString((long) ozoneDu) : Double.toString(ozoneDu))
                + UNIT;
    }

    /** All grids by name. */
    static SortedMap<String, AtmosphereGrid> of(CalibrationContent content) {
        SortedMap<String, AtmosphereGrid> grids = new TreeMap<>();
        for (String full : content.names()) {
            if (full.startsWith(FOLDER) && content.table(full).header().containsKey(PRESSURE)) {
                String name = full.substring(FOLDER.length()).replaceFirst("\\.csv$", "");
                grids.put(name, grid(name, content.table(full)));
            }
        }
        return grids;
    }

    private static AtmosphereGrid grid(String name, Table table) {
        List<String> columns =
                table.columns().stream().filter(c -> c.startsWith(COLUMN)).toList();
        double[] lambda = axis(table, "lambda_nm");
        double[] aerosols = axis(table, "aerosol");
        double[] water = axis(table, "water_mm");
        if (columns.isEmpty() || table.size() != lambda.length * aerosols.length * water.length) {
            throw new CalibrationException(
                    table.name(),
                    0,
                    table.size() + " rows and " + columns.size() + " columns of transmission for "
                            + lambda.length + " wavelengths, " + aerosols.length + " aerosol depths and " + water.length
                            + " amounts of water");
        }
        requireOrder(table, lambda, aerosols, water);
        double[] ozone = new double[columns.size()];
        double[][] rows = new double[aerosols.length * water.length * ozone.length][lambda.length];
        for (int o = 0; o < ozone.length; o++) {
            String column = columns.get(o);
            ozone[o] = number(table, column, column.substring(COLUMN.length(), column.length() - UNIT.length()));
            double[] values = table.numbers(column);
            for (int group = 0; group < aerosols.length * water.length; group++) {
                System.arraycopy(values, group * lambda.length, rows[group * ozone.length + o], 0, lambda.length);
            }
        }
        try {
            return new AtmosphereGrid(
                    name,
                    number(table, AIRMASS, String.valueOf(table.header().get(AIRMASS))),
                    number(table, PRESSURE, String.valueOf(table.header().get(PRESSURE))),
                    lambda,
                    aerosols,
                    water,
                    ozone,
                    rows);
        } catch (IllegalArgumentException e) {
            throw new CalibrationException(table.name(), 0, String.valueOf(e.getMessage()), e);
        }
    }

    private static void requireOrder(Table table, double[] lambda, double[] aerosols, double[] water) {
        for (int i = 0; i < table.size(); i++) {
            int group = i / lambda.length;
            if (table.number(i, "lambda_nm") != lambda[i % lambda.length]
                    || table.number(i, "water_mm") != water[group % water.length]
                    || table.number(i, "aerosol") != aerosols[group / water.length]) {
                throw table.problem(i, "out of order: the wavelength must run fastest, the aerosols slowest");
            }
        }
    }

    private static double[] axis(Table table, String column) {
        return Arrays.stream(table.numbers(column)).distinct().sorted().toArray();
    }

    private static double number(Table table, String what, String text) {
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new CalibrationException(table.name(), 0, what + " is '" + text + "', not a number", e);
        }
        throw new CalibrationException(table.name(), 0, what + " is '" + text + "', not a number");
    }
}
