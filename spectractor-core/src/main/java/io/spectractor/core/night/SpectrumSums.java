package io.spectractor.core.night;

/**
 * What one spectrum adds to the normal equations at one point.
 *
 * @param chi2 of the columns used
 * @param gram products of the whitened derivatives, bases x bases by rows
 * @param projection products of the whitened derivatives with the whitened residuals
 * @param columns that counted
 */
record SpectrumSums(double chi2, double[] gram, double[] projection, int columns) {}
