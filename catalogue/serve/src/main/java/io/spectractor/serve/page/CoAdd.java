package io.spectractor.serve.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The mean of spectra, weighted by 1/σ², on one grid of wavelengths; in between they are interpolated linearly. Its error is
 * the larger of two: that of the weights, and that of the scatter about the mean over the square root of their number, as
 * clouds and the telescope make spectra differ by more than their errors.
 *
 * @param wavelength nm
 * @param flux as those of the spectra
 * @param error 1 sigma, as those of the spectra
 * @param spectra how many went in
 */
record CoAdd(double[] wavelength, double[] flux, double[] error, int spectra) {
    /**
     * A spectrum.
     *
     * @param wavelength rising, nm
     * @param flux as many; what is not finite is left out
     * @param error as many; what is not above 0 is left out
     */
    record Spectrum(double[] wavelength, double[] flux, double[] error) {}

    /** The mean; empty where there is nothing to add. */
    static CoAdd of(List<Spectrum> given) {
        List<Spectrum> spectra = new ArrayList<>();
        for (Spectrum one : given) {
            Spectrum usable = usable(one);
            if (usable.wavelength().length > 1) {
                spectra.add(usable);
            }
        }
        if (spectra.isEmpty()) {
            return new CoAdd(new double[0], new double[0], new double[0], 0);
        }
        double[] grid = grid(spectra);
        double[] weights = new double[grid.length];
        double[] sums = new double[grid.length];
        double[] squares = new double[grid.length];
        int[] counts = new int[grid.length];
        double[] mean = new double[grid.length];
        double[][][] at = new double[spectra.size()][][];
        for (int s = 0; s < at.length; s++) {
            at[s] = interpolated(spectra.get(s), grid);
            for (int i = 0; i < grid.length; i++) {
                if (Double.isFinite(at[s][0][i])) {
                    double weight = 1 / (at[s][1][i] * at[s][1][i]);
                    weights[i] += weight;
                    sums[i] += weight * at[s][0][i];
                    counts[i]++;
                }
            }
        }
        Arrays.setAll(mean, i -> counts[i] == 0 ? Double.NaN : sums[i] / weights[i]);
        for (double[][] one : at) {
            for (int i = 0; i < grid.length; i++) {
                if (Double.isFinite(one[0][i])) {
                    double away = (one[0][i] - mean[i]) / one[1][i];
                    squares[i] += away * away;
                }
            }
        }
        double[] error = new double[grid.length];
        Arrays.setAll(error, i -> {
            double formal = Math.sqrt(1 / weights[i]);
            return counts[i] < 2 ? formal : formal * Math.sqrt(Math.max(1, squares[i] / (counts[i] - 1)));
        });
        return new CoAdd(grid, mean, error, spectra.size());
    }

    private static Spectrum usable(Spectrum one) {
        int n = Math.min(one.wavelength().length, Math.min(one.flux().length, one.error().length));
        double[][] kept = new double[3][n];
        int k = 0;
        for (int i = 0; i < n; i++) {
            boolean rises = k == 0 || one.wavelength()[i] > kept[0][k - 1];
            if (rises && Double.isFinite(one.flux()[i]) && one.error()[i] > 0 && Double.isFinite(one.error()[i])) {
                kept[0][k] = one.wavelength()[i];
                kept[1][k] = one.flux()[i];
                kept[2][k++] = one.error()[i];
            }
        }
        return new Spectrum(Arrays.copyOf(kept[0], k), Arrays.copyOf(kept[1], k), Arrays.copyOf(kept[2], k));
    }

    /** As fine as the first spectrum is in its middle, from the shortest wavelength of all to the longest. */
    private static double[] grid(List<Spectrum> spectra) {
        double from = Double.POSITIVE_INFINITY;
        double to = Double.NEGATIVE_INFINITY;
        for (Spectrum one : spectra) {
            from = Math.min(from, one.wavelength()[0]);
            to = Math.max(to, one.wavelength()[one.wavelength().length - 1]);
        }
        double[] steps = new double[spectra.get(0).wavelength().length - 1];
        Arrays.setAll(
                steps, i -> spectra.get(0).wavelength()[i + 1] - spectra.get(0).wavelength()[i]);
        Arrays.sort(steps);
        double begin = from;
        double step = Math.max(steps[steps.length / 2], (to - from) / 10_000);
        double[] grid = new double[(int) Math.floor((to - from) / step + 1e-9) + 1];
        Arrays.setAll(grid, i -> begin + i * step);
        return grid;
    }

    /** Flux and error on a grid, NaN outside of the spectrum and where two of its points are far from each other. */
    private static double[][] interpolated(Spectrum one, double[] grid) {
        double[] x = one.wavelength();
        double wide = 5 * (x[x.length - 1] - x[0]) / (x.length - 1);
        double[][] at = new double[2][grid.length];
        int k = 0;
        for (int i = 0; i < grid.length; i++) {
            while (k < x.length - 2 && x[k + 1] < grid[i]) {
                k++;
            }
            double share = (grid[i] - x[k]) / (x[k + 1] - x[k]);
            boolean inside = share >= -1e-9 && share <= 1 + 1e-9 && x[k + 1] - x[k] <= wide;
            at[0][i] = inside ? one.flux()[k] + share * (one.flux()[k + 1] - one.flux()[k]) : Double.NaN;
            at[1][i] = inside ? one.error()[k] + share * (one.error()[k + 1] - one.error()[k]) : Double.NaN;
        }
        return at;
    }
}
