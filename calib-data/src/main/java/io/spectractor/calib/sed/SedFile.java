package io.spectractor.calib.sed;

import io.spectractor.calib.CalibrationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * The energy distribution of a target as a user has it. Immutable.
 *
 * <p>FITS tables (CALSPEC's and others), ECSV, CSV and text in columns are read; wavelengths in nm, Å, µm or m, fluxes per
 * wavelength in any unit or none, since only the shape counts where none is known. A spectrum that covers a part of the
 * range is continued at its edges by the level that it has there.
 *
 * @param lambdaNm increasing wavelengths, nm
 * @param flux erg/s/cm²/nm if the unit was given, else as in the file; not below zero
 * @param note what a user should know of it, in words
 */
public record SedFile(double[] lambdaNm, double[] flux, String note) {
    /** Where spectra of all instruments lie, nm. */
    private static final double FIRST_NM = 350;

    private static final double LAST_NM = 1000;
    private static final double EXTENDED_FROM_NM = 300;
    private static final double EXTENDED_TO_NM = 1120;
    private static final double EDGE_NM = 5;
    /** How far below zero a flux may lie, as a share of the greatest. */
    private static final double NEGATIVE_SHARE = 0.05;

    private static final int FEWEST = 10;
    private static final byte[] SIMPLE = "SIMPLE  =".getBytes(StandardCharsets.US_ASCII);

    /**
     * Reads a file.
     *
     * @throws CalibrationException with file, line and what to do, if it cannot be a spectrum
     */
    public static SedFile read(Path path) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(path);
        } catch (IOException e) {
            throw new CalibrationException(path + " cannot be read: " + e, e);
        }
        boolean fits =
                bytes.length >= SIMPLE.length && Arrays.equals(bytes, 0, SIMPLE.length, SIMPLE, 0, SIMPLE.length);
        return of(fits ? SedFits.read(path.toString(), bytes) : SedText.read(path.toString(), bytes));
    }

    private static SedFile of(SedColumns raw) {
        double[] lambda = raw.lambda();
        double[] flux = raw.flux();
        if (lambda.length < FEWEST) {
            throw raw.problem(
                    lambda.length - 1, "only " + lambda.length + " points; a spectrum has " + FEWEST + " or more");
        }
        double perNm = SedUnits.wavelengthInNm(raw);
        double unit = SedUnits.fluxPerNm(raw, perNm);
        double max = Arrays.stream(flux).filter(Double::isFinite).max().orElse(0);
        double[] nm = new double[lambda.length];
        double[] out = new double[lambda.length];
        int negative = 0;
        for (int i = 0; i < lambda.length; i++) {
            if (!Double.isFinite(lambda[i]) || !Double.isFinite(flux[i])) {
                throw raw.problem(i, "a value is missing or no number; leave the row out");
            }
            nm[i] = lambda[i] * perNm;
            if (i > 0 && !(nm[i] > nm[i - 1])) {
                throw raw.problem(i, "wavelength " + lambda[i] + " does not exceed the one before; sort the rows");
            }
            if (!(max > 0) || flux[i] < -NEGATIVE_SHARE * max) {
                throw raw.problem(
                        i,
                        "flux " + flux[i]
                                + " lies below zero by more than 5 % of the greatest; is it a flux, and which column?");
            }
            negative += flux[i] < 0 ? 1 : 0;
            out[i] = Math.max(flux[i], 0) * unit;
        }
        double from = Math.max(nm[0], FIRST_NM);
        double to = Math.min(nm[nm.length - 1], LAST_NM);
        if (to - from < (LAST_NM - FIRST_NM) / 2) {
            throw new CalibrationException(String.format(
                    Locale.ROOT,
                    "%s: covers %.0f to %.0f nm, less than half of %.0f to %.0f nm; a reference must cover more"
                            + " (are the wavelengths in %s?)",
                    raw.file(),
                    nm[0],
                    nm[nm.length - 1],
                    FIRST_NM,
                    LAST_NM,
                    raw.lambdaUnit().isEmpty() ? (perNm == 1 ? "nm" : "Angstrom") : raw.lambdaUnit()));
        }
        return extended(nm, out, negative);
    }

    private static SedFile extended(double[] nm, double[] flux, int negative) {
        StringBuilder note = new StringBuilder(
                String.format(Locale.ROOT, "%d points, %.1f to %.1f nm", nm.length, nm[0], nm[nm.length - 1]));
        if (negative > 0) {
            note.append("; ").append(negative).append(" small negative fluxes count as none");
        }
        int n = nm.length;
        boolean before = nm[0] > EXTENDED_FROM_NM;
        boolean after = nm[n - 1] < EXTENDED_TO_NM;
        if (!before && !after) {
            return new SedFile(nm, flux, note.toString());
        }
        note.append("; beyond that its level at the edge");
        int size = n + (before ? 1 : 0) + (after ? 1 : 0);
        double[] lambda = new double[size];
        double[] values = new double[size];
        System.arraycopy(nm, 0, lambda, before ? 1 : 0, n);
        System.arraycopy(flux, 0, values, before ? 1 : 0, n);
        if (before) {
            lambda[0] = EXTENDED_FROM_NM;
            values[0] = level(nm, flux, nm[0], nm[0] + EDGE_NM);
        }
        if (after) {
            lambda[size - 1] = EXTENDED_TO_NM;
            values[size - 1] = level(nm, flux, nm[n - 1] - EDGE_NM, nm[n - 1]);
        }
        return new SedFile(lambda, values, note.toString());
    }

    private static double level(double[] nm, double[] flux, double from, double to) {
        double sum = 0;
        int n = 0;
        for (int i = 0; i < nm.length; i++) {
            if (nm[i] >= from && nm[i] <= to) {
                sum += flux[i];
                n++;
            }
        }
        return sum / Math.max(n, 1);
    }
}
