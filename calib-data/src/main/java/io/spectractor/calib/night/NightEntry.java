package io.spectractor.calib.night;

import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A spectrum of a nightly file. Arrays of one length; they are not copied.
 *
 * @param name file and group, for messages
 * @param lambda wavelengths, nm
 * @param flux at the detector, erg/s/cm²/nm
 * @param fluxErr its 1σ
 * @param sed the star above the atmosphere, erg/s/cm²/nm
 * @param telescope transmission of the telescope
 * @param disperser transmission of the disperser
 * @param target name of the star, or null
 * @param disperserLabel label of the disperser, or null
 * @param filter label of the filter, or null
 * @param visit number of the visit, or null
 * @param mjd time, modified Julian date, UTC; NaN if the file does not tell
 * @param numbers all attributes that are numbers, by their names
 */
public record NightEntry(
        String name,
        double[] lambda,
        double[] flux,
        double[] fluxErr,
        double[] sed,
        double[] telescope,
        double[] disperser,
        @Nullable String target,
        @Nullable String disperserLabel,
        @Nullable String filter,
        @Nullable String visit,
        double mjd,
        SortedMap<String, Double> numbers) {

    /** An attribute; NaN if there is none. */
    public double number(String attribute) {
        return numbers.getOrDefault(attribute, Double.NaN);
    }
}
