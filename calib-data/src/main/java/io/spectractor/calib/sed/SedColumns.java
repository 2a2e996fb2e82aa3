package io.spectractor.calib.sed;

import io.spectractor.calib.CalibrationException;

/**
 * Wavelengths and fluxes as a file has them.
 *
 * @param file for messages
 * @param lambda wavelengths
 * @param flux fluxes, NaN where one is missing
 * @param lambdaUnit unit of the wavelengths, empty if the file says none
 * @param fluxUnit unit of the fluxes, empty if the file says none
 * @param lines line of each row in the file, or empty for tables without lines
 */
record SedColumns(String file, double[] lambda, double[] flux, String lambdaUnit, String fluxUnit, int[] lines) {
    /** An error about a row. */
    CalibrationException problem(int row, String what) {
        String where = lines.length == 0 ? "row " + (row + 1) : "line " + lines[Math.max(row, 0)];
        return new CalibrationException(file + ", " + where + ": " + what);
    }
}
