package io.spectractor.calib.sed;

import io.spectractor.calib.CalibrationException;
import java.util.Locale;

/** Units of spectra, as FITS, ECSV and people write them. */
final class SedUnits {
    private static final double ANGSTROM_NM = 0.1;

    private SedUnits() {}

    /** How many nm a unit of the wavelengths is; guessed from their size if the file says nothing. */
    static double wavelengthInNm(SedColumns raw) {
        String unit = raw.lambdaUnit().strip().toLowerCase(Locale.ROOT);
        return switch (unit) {
            case "nm", "nanometer", "nanometers", "nanometre", "nanometres" -> 1;
            case "aa", "a", "å", "angstrom", "angstroms", "ångström", "0.1 nm", "0.1nm" -> ANGSTROM_NM;
            case "um", "µm", "micron", "microns", "micrometer", "micrometre" -> 1e3;
            case "m" -> 1e9;
            case "" -> guessed(raw);
            default ->
                throw new CalibrationException(
                        raw.file() + ": wavelengths in '" + raw.lambdaUnit() + "'; give them in nm, Angstrom, um or m");
        };
    }

    private static double guessed(SedColumns raw) {
        double[] lambda = raw.lambda();
        double middle = lambda[lambda.length / 2];
        if (middle > 2000 && middle < 30_000) {
            return ANGSTROM_NM;
        }
        if (middle > 200 && middle <= 2000) {
            return 1;
        }
        throw raw.problem(
                lambda.length / 2,
                "wavelength " + middle
                        + " is neither nm nor Angstrom; name the unit, as 'wavelength_um,flux' or in the header");
    }

    /**
     * Factor that makes a flux one in erg/s/cm²/nm; 1 if no unit is said, since the scale is free then.
     *
     * @param perNm nm in a unit of the wavelengths
     */
    static double fluxPerNm(SedColumns raw, double perNm) {
        String unit = raw.fluxUnit()
                .strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[()\\[\\]]", " ")
                .replaceAll("\\*\\*|\\^", "")
                .replaceAll("[\\s.*]+", " ")
                .strip();
        if (unit.isEmpty() || unit.equals("relative") || unit.equals("adu") || unit.equals("flam")) {
            return unit.equals("flam") ? 1 / ANGSTROM_NM : 1;
        }
        if (unit.matches(".*(jy|/ ?hz|hz-1|mag|photon|ph ).*")) {
            throw new CalibrationException(raw.file() + ": fluxes in '" + raw.fluxUnit()
                    + "'; energy per wavelength is wanted, such as erg/s/cm2/AA or W/m2/nm");
        }
        double energy = unit.contains("erg") ? 1 : unit.matches("(^|.*[^a-z])w([^a-z].*|$)") ? 1e7 : Double.NaN;
        double area = unit.contains("cm") ? 1 : unit.matches(".*m-?2.*|.*/ ?m2.*") ? 1e-4 : Double.NaN;
        double width = unit.matches(".*(angstrom|aa|/ ?a$|a-1|å).*")
                ? ANGSTROM_NM
                : unit.contains("nm") ? 1 : unit.matches(".*(um|µm|micron).*") ? 1e3 : Double.NaN;
        double factor = energy * area / width;
        if (Double.isNaN(factor)) {
            throw new CalibrationException(raw.file() + ": fluxes in '" + raw.fluxUnit()
                    + "' are not understood; write erg/s/cm2/AA, erg/s/cm2/nm or W/m2/nm, or leave the unit out");
        }
        return factor;
    }
}
