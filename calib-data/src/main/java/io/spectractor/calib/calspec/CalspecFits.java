package io.spectractor.calib.calspec;

import io.spectractor.calib.CalibrationException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Array;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.BinaryTableHDU;
import nom.tam.fits.Fits;

/** Reads CALSPEC files in FITS: a table with WAVELENGTH (Å, vacuum), FLUX and perhaps STATERROR and SYSERROR. */
final class CalspecFits {
    private CalspecFits() {}

    static CalspecSpectrum read(String name, byte[] bytes) {
        try (Fits fits = new Fits(new ByteArrayInputStream(bytes))) {
            BasicHDU<?> primary = fits.readHDU();
            if (primary != null && fits.readHDU() instanceof BinaryTableHDU table) {
                String star = primary.getHeader().getStringValue("TARGETID", "");
                double[] lambda = column(name, table, "WAVELENGTH");
                for (int i = 1; i < lambda.length; i++) {
                    if (!(lambda[i] > lambda[i - 1])) {
                        throw new CalibrationException(name + ", row " + (i + 1) + ": WAVELENGTH does not increase");
                    }
                }
                return new CalspecSpectrum(
                        star.strip(),
                        lambda,
                        column(name, table, "FLUX"),
                        errors(name, table, "STATERROR", lambda.length),
                        errors(name, table, "SYSERROR", lambda.length));
            }
        } catch (IOException | RuntimeException e) {
            if (e instanceof CalibrationException known) {
                throw known;
            }
            throw new CalibrationException(name + ": truncated or not a FITS file: " + e.getMessage(), e);
        }
        throw new CalibrationException(name + ": not a CALSPEC file, its second HDU is not a table");
    }

    /** Models come without errors. */
    private static double[] errors(String name, BinaryTableHDU table, String column, int size) {
        return table.findColumn(column) < 0 ? new double[size] : column(name, table, column);
    }

    private static double[] column(String name, BinaryTableHDU table, String column) {
        int index = table.findColumn(column);
        if (index < 0) {
            throw new CalibrationException(name + ": not a CALSPEC file, it has no column " + column);
        }
        Object data = table.getColumn(index);
        double[] values = new double[Array.getLength(data)];
        for (int i = 0; i < values.length; i++) {
            values[i] = Array.getDouble(data, i);
        }
        return values;
    }
}
