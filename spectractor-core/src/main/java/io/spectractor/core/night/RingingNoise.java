package io.spectractor.core.night;

import io.spectractor.core.fit.RobustStatistics;

/**
 * Noise of a spectrum that came without covariance, found from its own residuals: a relative size that changes slowly along
 * the spectrum, and a correlation that depends on the distance in columns. Deconvolved spectra ring: neighbours go together,
 * columns half a period apart go against each other. Quoted errors know nothing of that, so they are not used. Immutable.
 */
final class RingingNoise {
    static final int LAGS = 40;

    private static final double WINDOW = 30;
    private static final double NUGGET = 0.02;
    private static final double LEAST = 1e-3;
    private static final double OUTLIER = 4;

    private final double[] size;
    private final double[] correlation;

    private RingingNoise(double[] size, double[] correlation) {
        this.size = size;
        this.correlation = correlation;
    }

    /**
     * Finds the noise.
     *
     * @param relative residuals over the model, per column; only those used count
     * @param used whether a column counts
     */
    static RingingNoise of(double[] relative, boolean[] used) {
        int n = relative.length;
        double[] sizes = new double[n];
        for (int i = 0; i < n; i++) {
            sizes[i] = used[i] ? Math.abs(relative[i]) : Double.NaN;
        }
        double limit = OUTLIER * RobustStatistics.MAD_TO_SIGMA * RobustStatistics.median(sizes);
        double[] size = new double[n];
        int reach = (int) (3 * WINDOW);
        for (int i = 0; i < n; i++) {
            double sum = 0;
            double weights = 0;
            for (int j = Math.max(0, i - reach); j <= Math.min(n - 1, i + reach); j++) {
                if (used[j]) {
                    double x = (j - i) / WINDOW;
                    double w = Math.exp(-0.5 * x * x);
                    double r = Math.min(Math.abs(relative[j]), limit);
                    sum += w * r * r;
                    weights += w;
                }
            }
            size[i] = Math.max(LEAST, weights > 0 ? Math.sqrt(sum / weights) : limit);
        }
        double[] scaled = new double[n];
        for (int i = 0; i < n; i++) {
            scaled[i] = used[i] ? Math.max(-OUTLIER, Math.min(OUTLIER, relative[i] / size[i])) : 0;
        }
        return new RingingNoise(size, correlation(scaled));
    }

    /** Products at a distance, which form a positive matrix, times Parzen's window, whose spectrum is positive too. */
    private static double[] correlation(double[] scaled) {
        double[] c = new double[LAGS];
        for (int lag = 0; lag < LAGS; lag++) {
            double sum = 0;
            for (int i = lag; i < scaled.length; i++) {
                sum += scaled[i] * scaled[i - lag];
            }
            double x = lag / (double) LAGS;
            double window = x <= 0.5 ? 1 - 6 * x * x * (1 - x) : 2 * (1 - x) * (1 - x) * (1 - x);
            c[lag] = sum * window;
        }
        double zero = c[0];
        for (int lag = 0; lag < LAGS; lag++) {
            c[lag] = zero > 0 ? c[lag] / zero : 0;
        }
        c[0] = 1 + NUGGET;
        return c;
    }

    /** Relative size at a column. */
    double size(int i) {
        return size[i];
    }

    /** Relative covariance of two columns. */
    double covariance(int i, int j) {
        int lag = Math.abs(i - j);
        return lag < LAGS ? size[i] * size[j] * correlation[lag] : 0;
    }
}
