package io.spectractor.calib.calspec;

import io.spectractor.calib.CalibrationException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * A spectrum of CALSPEC: flux against wavelength (vacuum) with its statistical and its systematic error. Immutable.
 *
 * <p>It comes as FITS ({@code <star>_stis_NNN.fits}) or, as in the reference data of PyWiFeS, as text of four columns.
 */
public final class CalspecSpectrum {
    private static final double ANGSTROM_PER_NM = 10;
    private static final String SIMPLE = "SIMPLE  =";

    private final String star;
    private final double[] lambdaNm;
    private final double[] flux;
    private final double[] statistical;
    private final double[] systematic;

    /**
     * @param star as the file names it, empty if it does not
     * @param angstrom wavelengths, Å, increasing
     * @param columns flux, statistical and systematic error, erg/s/cm²/Å
     */
    CalspecSpectrum(String star, double[] angstrom, double[]... columns) {
        this.star = star;
        this.lambdaNm = Arrays.stream(angstrom).map(a -> a / ANGSTROM_PER_NM).toArray();
        this.flux = perNm(columns[0]);
        this.statistical = perNm(columns[1]);
        this.systematic = perNm(columns[2]);
    }

    private static double[] perNm(double[] perAngstrom) {
        return Arrays.stream(perAngstrom).map(f -> f * ANGSTROM_PER_NM).toArray();
    }

    /**
     * Reads a FITS file.
     *
     * @param name for messages
     * @throws CalibrationException if it is not a CALSPEC file or damaged
     */
    public static CalspecSpectrum read(String name, byte[] bytes) {
        requireFits(name, bytes);
        return CalspecFits.read(name, bytes);
    }

    /**
     * Reads text, plain or compressed by gzip: wavelength, flux, statistical and systematic error, in Å.
     *
     * @param name for messages
     * @throws CalibrationException with file and line, if it is something else
     */
    public static CalspecSpectrum readText(String name, byte[] bytes) {
        return CalspecText.read(name, bytes);
    }

    /** @throws CalibrationException if the bytes do not start as a FITS file does */
    public static void requireFits(String name, byte[] bytes) {
        if (!new String(bytes, 0, Math.min(bytes.length, SIMPLE.length()), StandardCharsets.US_ASCII).equals(SIMPLE)) {
            throw new CalibrationException(name + ": not a FITS file" + (bytes.length == 0 ? ", it is empty" : ""));
        }
    }

    /** The star's name as the file has it, e.g. HD111980; empty if it has none. */
    public String star() {
        return star;
    }

    /**
     * The spectrum as this project keeps it: means over bins of 0.5 nm from 300 to 1120 nm (from later on if it starts
     * later), continued by a Planck curve where it ends before.
     *
     * @throws CalibrationException if it does not cover 400 to 980 nm
     */
    public BinnedSpectrum binned() {
        if (lambdaNm.length < 2
                || lambdaNm[0] > BinnedSpectrum.NEEDED_FROM_NM
                || lambdaNm[lambdaNm.length - 1] < BinnedSpectrum.NEEDED_TO_NM) {
            throw new CalibrationException(String.format(
                    Locale.ROOT,
                    "the spectrum of %s does not cover %.0f to %.0f nm",
                    star,
                    BinnedSpectrum.NEEDED_FROM_NM,
                    BinnedSpectrum.NEEDED_TO_NM));
        }
        return BinnedSpectrum.of(lambdaNm, flux, statistical, systematic);
    }
}
