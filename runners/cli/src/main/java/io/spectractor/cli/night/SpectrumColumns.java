package io.spectractor.cli.night;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Columns of a table as flux per wavelength against nm, increasing.
 *
 * @param lambdaNm nm
 * @param flux per wavelength
 * @param error of the flux
 * @param good whether a row may count
 */
record SpectrumColumns(double[] lambdaNm, double[] flux, double[] error, boolean[] good) {
    private static final double ANGSTROMS = 2500;

    /**
     * Converts.
     *
     * @param waveUnit unit of the wavelengths, or null: then Å if they are in the thousands, else nm
     * @param fluxUnit unit of the flux, or null for flux per wavelength
     * @throws IOException if a unit isn't known or there are too few rows
     */
    static SpectrumColumns of(
            String name,
            double[] wave,
            @Nullable String waveUnit,
            double[] flux,
            @Nullable String fluxUnit,
            double[] error)
            throws IOException {
        int n = wave.length;
        if (n < 2 || flux.length != n || error.length != n) {
            throw new IOException(
                    name + ": " + n + " wavelengths, " + flux.length + " fluxes, " + error.length + " errors");
        }
        double scale = scale(name, waveUnit, wave);
        boolean perFrequency = perFrequency(name, fluxUnit);
        Integer[] order = new Integer[n];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> wave[i]));
        double[] lambda = new double[n];
        double[] f = new double[n];
        double[] e = new double[n];
        boolean[] good = new boolean[n];
        for (int i = 0; i < n; i++) {
            int k = order[i];
            lambda[i] = wave[k] * scale;
            // only the shape matters, so the constant of f_nu -> f_lambda is left out
            double change = perFrequency ? 1 / (lambda[i] * lambda[i]) : 1;
            good[i] = Double.isFinite(flux[k]) && error[k] > 0 && Double.isFinite(error[k]);
            f[i] = good[i] ? flux[k] * change : 0;
            e[i] = good[i] ? error[k] * change : 1;
            if (!Double.isFinite(lambda[i]) || (i > 0 && !(lambda[i] > lambda[i - 1]))) {
                throw new IOException(
                        name + ": two rows have the wavelength " + lambda[i] + " nm, or it is not a number");
            }
        }
        return new SpectrumColumns(lambda, f, e, good);
    }

    private static double scale(String name, @Nullable String unit, double[] wave) throws IOException {
        String u = unit == null ? "" : unit.strip().toLowerCase(Locale.ROOT);
        return switch (u) {
            case "nm", "nanometer", "nanometers", "nanometre" -> 1;
            case "angstrom", "angstroms", "aa", "a", "\u00e5" -> 0.1;
            case "um", "micron", "microns", "micrometer" -> 1e3;
            case "m", "meter" -> 1e9;
            case "" -> Arrays.stream(wave).max().orElse(0) > ANGSTROMS ? 0.1 : 1;
            default ->
                throw new IOException(name + ": wavelengths in '" + unit + "'; known are nm, Angstrom, um and m");
        };
    }

    private static boolean perFrequency(String name, @Nullable String unit) throws IOException {
        String u = unit == null ? "" : unit.strip().toLowerCase(Locale.ROOT);
        if (u.equals("jy") || u.equals("mjy") || u.contains("hz")) {
            return true;
        }
        if (u.contains("mag") || u.contains("photon") || u.contains("electron") || u.contains("adu")) {
            throw new IOException(name + ": flux in '" + unit + "'; needed is a flux per wavelength or per frequency");
        }
        return false;
    }
}
