package io.spectractor.core.atmosphere;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.TreeSet;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.Fits;

/**
 * Reads the grids {@code *_atmsim.fits} of the Python package Spectractor: a float64 image whose first row holds the
 * wavelengths from column 4 on and whose other rows hold a number, aerosols, water (mm), ozone (DU) and the transmission.
 */
public final class AtmosphereGridReader {
    private static final int AEROSOLS = 1;
    private static final int WATER = 2;
    private static final int OZONE = 3;
    private static final int FIRST = 4;

    private AtmosphereGridReader() {}

    /**
     * Reads a grid.
     *
     * @param bytes the file
     * @param name what messages call it
     * @throws IOException if the bytes are no such grid; the message says why
     */
    public static AtmosphereGrid read(byte[] bytes, String name) throws IOException {
        Object kernel;
        double airmass;
        double pressure;
        try (Fits fits = new Fits(new ByteArrayInputStream(bytes))) {
            BasicHDU<?> hdu = fits.getHDU(0);
            kernel = hdu == null ? null : hdu.getData().getKernel();
            airmass = hdu == null ? Double.NaN : hdu.getHeader().getDoubleValue("AIRMASS", Double.NaN);
            pressure = hdu == null ? Double.NaN : hdu.getHeader().getDoubleValue("PRESSURE", Double.NaN);
        } catch (IOException | RuntimeException e) {
            // the library tells of damage by exceptions of many types
            throw new IOException(name + ": damaged or not a FITS file; expected a grid *_atmsim.fits (" + e + ")", e);
        }
        if (!(kernel instanceof double[][] table)) {
            throw notAGrid(name, "its first HDU is not a two-dimensional float64 image");
        }
        if (!(airmass >= 1) || !(pressure > 0)) {
            throw notAGrid(name, "its header lacks AIRMASS or PRESSURE");
        }
        return build(table, name, airmass, pressure);
    }

    private static AtmosphereGrid build(double[][] table, String name, double airmass, double pressure)
            throws IOException {
        if (table.length < 2 || table[0].length < FIRST + 2) {
            throw notAGrid(name, "its image is too small");
        }
        double[][] parameters = Arrays.copyOfRange(table, 1, table.length);
        double[] aerosols = axis(parameters, AEROSOLS);
        double[] water = axis(parameters, WATER);
        double[] ozone = axis(parameters, OZONE);
        int points = aerosols.length * water.length * ozone.length;
        if (points != parameters.length) {
            throw notAGrid(name, "it has " + parameters.length + " rows for " + points + " points of its axes");
        }
        double[][] rows = new double[points][];
        for (int i = 0; i < points; i++) {
            double[] row = parameters[i];
            boolean ordered = row[OZONE] == ozone[i % ozone.length]
                    && row[WATER] == water[i / ozone.length % water.length]
                    && row[AEROSOLS] == aerosols[i / ozone.length / water.length];
            if (!ordered) {
                throw notAGrid(name, "row " + (i + 1) + " is out of order: ozone must run fastest, aerosols slowest");
            }
            rows[i] = Arrays.copyOfRange(row, FIRST, row.length);
            for (double t : rows[i]) {
                if (!(t >= 0 && t <= 1.0001)) {
                    throw notAGrid(name, "row " + (i + 1) + " holds a transmission of " + t);
                }
            }
        }
        double[] lambda = Arrays.copyOfRange(table[0], FIRST, table[0].length);
        try {
            return new AtmosphereGrid(name, airmass, pressure, lambda, aerosols, water, ozone, rows);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static double[] axis(double[][] parameters, int column) {
        TreeSet<Double> values = new TreeSet<>();
        for (double[] row : parameters) {
            values.add(row[column]);
        }
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static IOException notAGrid(String name, String why) {
        return new IOException(name + ": not a grid *_atmsim.fits of Spectractor: " + why);
    }
}
