package io.spectractor.calib.sed;

import io.spectractor.calib.CalibrationException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Array;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.BinaryTableHDU;
import nom.tam.fits.Fits;
import nom.tam.fits.TableHDU;

/** Reads the first table of a FITS file that has a wavelength and a flux, one row per wavelength. */
final class SedFits {
    private SedFits() {}

    static SedColumns read(String file, byte[] bytes) {
        try (Fits fits = new Fits(new ByteArrayInputStream(bytes))) {
            for (BasicHDU<?> hdu = fits.readHDU(); hdu != null; hdu = fits.readHDU()) {
                if (hdu instanceof BinaryTableHDU table) {
                    int lambda = column(table, "(?i)(wave|lambda|wl).*");
                    int flux = column(table, "(?i)(flux|flam|f_?lambda)(?!.*err).*");
                    if (lambda >= 0 && flux >= 0) {
                        return new SedColumns(
                                file,
                                numbers(table.getColumn(lambda)),
                                numbers(table.getColumn(flux)),
                                unit(table, lambda),
                                unit(table, flux),
                                new int[0]);
                    }
                }
            }
        } catch (IOException | RuntimeException e) {
            throw new CalibrationException(file + ": truncated or not a FITS file: " + e.getMessage(), e);
        }
        throw new CalibrationException(file + ": no table with columns WAVELENGTH and FLUX");
    }

    private static int column(TableHDU<?> table, String pattern) {
        for (int i = 0; i < table.getNCols(); i++) {
            String name = table.getColumnName(i);
            if (name != null && name.matches(pattern)) {
                return i;
            }
        }
        return -1;
    }

    private static String unit(TableHDU<?> table, int column) {
        String unit = table.getHeader().getStringValue("TUNIT" + (column + 1));
        return unit == null ? "" : unit;
    }

    private static double[] numbers(Object column) {
        double[] values = new double[Array.getLength(column)];
        for (int i = 0; i < values.length; i++) {
            values[i] = Array.getDouble(column, i);
        }
        return values;
    }
}
