package io.spectractor.core.night;

import io.spectractor.core.night.JointResult.Measured;
import java.util.List;

/**
 * The grey factors of a night relative to their mean, with errors: the mean takes part in every one of them, and what that
 * means for the errors is summed once. Immutable.
 */
final class GreyFactors {
    private static final int GREY = NightLayout.GREY;

    private final ArrowheadSystem system;
    private final double[] covariance;
    private final int globals;
    private final int locals;
    private final double[] factors;
    private final double mean;
    private final double[] withMean;
    private final double varianceOfMean;

    /**
     * Of a fit.
     *
     * @param covariance of the parameters of all spectra, by rows
     * @param own parameters of each spectrum
     */
    GreyFactors(NightLayout layout, ArrowheadSystem system, double[] covariance, List<double[]> own) {
        this.system = system;
        this.covariance = covariance;
        this.globals = layout.globals();
        this.locals = layout.locals();
        this.factors = own.stream().mapToDouble(o -> Math.exp(o[GREY])).toArray();
        double sum = 0;
        for (double f : factors) {
            sum += f;
        }
        this.mean = sum / factors.length;
        double[] byAll = new double[globals];
        double variance = 0;
        for (int k = 0; k < factors.length; k++) {
            double[] u = system.coupling(k);
            for (int j = 0; j < globals; j++) {
                byAll[j] -= share(k) * u[GREY * globals + j];
            }
            variance += share(k) * share(k) * conditional(k);
        }
        this.withMean = times(byAll);
        for (int j = 0; j < globals; j++) {
            variance += byAll[j] * withMean[j];
        }
        this.varianceOfMean = variance;
    }

    /** What the logarithm of a factor contributes to that of the mean. */
    private double share(int k) {
        return factors[k] / (mean * factors.length);
    }

    /** Variance of the logarithm of a factor if the parameters of all spectra were known. */
    private double conditional(int k) {
        return system.conditional(k)[GREY * locals + GREY];
    }

    private double[] times(double[] v) {
        double[] out = new double[globals];
        for (int i = 0; i < globals; i++) {
            for (int j = 0; j < globals; j++) {
                out[i] += covariance[i * globals + j] * v[j];
            }
        }
        return out;
    }

    /** The mean of the factors. */
    double mean() {
        return mean;
    }

    /** The factor of a spectrum over the mean. */
    double value(int k) {
        return factors[k] / mean;
    }

    /** The same with its error. */
    Measured measured(int k) {
        double[] u = system.coupling(k);
        double[] byAll = new double[globals];
        for (int j = 0; j < globals; j++) {
            byAll[j] = -u[GREY * globals + j];
        }
        double[] with = times(byAll);
        double own = conditional(k);
        double variance = varianceOfMean + own * (1 - 2 * share(k));
        for (int j = 0; j < globals; j++) {
            variance += byAll[j] * (with[j] - 2 * withMean[j]);
        }
        double value = value(k);
        return new Measured(value, variance > 0 ? value * Math.sqrt(variance) : Double.NaN);
    }
}
