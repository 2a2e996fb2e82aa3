package io.spectractor.core.night;

/**
 * What one spectrum adds to the normal equations at one point.
 *
 * @param chi2 of the columns used
 * @param gram products of the whitened derivatives, bases x bases by rows
 * @param projection products of the whitened derivatives with the whitened residuals
 * @param columns that counted
 */
record SpectrumSums(double chi2, double[] gram, double[] projection, int columns) {
    /** Those at another point if the model were linear, by the step of the bases' factors that leads there. */
    SpectrumSums after(double[] step) {
        int n = step.length;
        double[] there = projection.clone();
        double change = 0;
        for (int a = 0; a < n; a++) {
            double sum = 0;
            for (int b = 0; b < n; b++) {
                sum += gram[a * n + b] * step[b];
            }
            there[a] -= sum;
            change += step[a] * (sum - 2 * projection[a]);
        }
        return new SpectrumSums(chi2 + change, gram, there, columns);
    }
}
