package io.spectractor.core.forward.equations;

/**
 * Gaussian priors of the parameters: independent ones, and those of the sky and of distance and shift (the
 * template's first two parameters) with their covariance.
 */
public final class ParameterPriors {
    private final double[] mean;
    private final double[] sigma;
    private final int sky;
    private final int skySize;
    private final double[] skyPrecision;
    private final double[] wavePrecision;

    /**
     * @param mean of each parameter
     * @param sigma of each; infinite for none, 0 to hold the parameter
     * @param sky index of the first sky coefficient
     * @param skyPrecision inverse covariance of the sky coefficients
     * @param wavePrecision inverse covariance of distance and shift, 2 x 2
     */
    public ParameterPriors(
            double[] mean, double[] sigma, int sky, int skySize, double[] skyPrecision, double[] wavePrecision) {
        this.mean = mean.clone();
        this.sigma = sigma.clone();
        this.sky = sky;
        this.skySize = skySize;
        this.skyPrecision = skyPrecision.clone();
        this.wavePrecision = wavePrecision.clone();
    }

    /** With further parameters, put in at an index behind the sky's. */
    public ParameterPriors with(int at, double[] newMean, double[] newSigma) {
        return new ParameterPriors(
                inserted(mean, at, newMean), inserted(sigma, at, newSigma), sky, skySize, skyPrecision, wavePrecision);
    }

    /** With distance and shift free about other means, or held. */
    public ParameterPriors withWavelengths(boolean free, double[] precision) {
        double[] other = sigma.clone();
        int at = sigma.length - Template.SIZE;
        other[at] = free ? Double.POSITIVE_INFINITY : 0;
        other[at + 1] = other[at];
        return new ParameterPriors(mean, other, sky, skySize, skyPrecision, free ? precision : new double[4]);
    }

    /** Whether distance and shift are free. */
    public boolean fitsWavelengths() {
        return sigma[sigma.length - Template.SIZE] > 0;
    }

    private static double[] inserted(double[] values, int at, double[] more) {
        double[] out = new double[values.length + more.length];
        System.arraycopy(values, 0, out, 0, at);
        System.arraycopy(more, 0, out, at, more.length);
        System.arraycopy(values, at, out, at + more.length, values.length - at);
        return out;
    }

    /** Whether a parameter is held. */
    public boolean holds(int q) {
        return sigma[q] == 0;
    }

    private double precision(int q) {
        return sigma[q] == 0 ? 0 : 1 / (sigma[q] * sigma[q]);
    }

    public double penalty(double[] p) {
        double sum = 0;
        for (int q = 0; q < p.length; q++) {
            sum += precision(q) * (p[q] - mean[q]) * (p[q] - mean[q]);
        }
        return sum + penalty(p, sky, skySize, skyPrecision) + penalty(p, p.length - Template.SIZE, 2, wavePrecision);
    }

    private double penalty(double[] p, int at, int size, double[] block) {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                sum += block[i * size + j] * (p[at + i] - mean[at + i]) * (p[at + j] - mean[at + j]);
            }
        }
        return sum;
    }

    /** Adds curvature and downhill gradient of half the penalty. */
    public void addTo(double[] p, double[] matrix, double[] gradient) {
        int m = p.length;
        for (int q = 0; q < m; q++) {
            matrix[q * m + q] += precision(q);
            gradient[q] -= precision(q) * (p[q] - mean[q]);
        }
        add(p, sky, skySize, skyPrecision, matrix, gradient);
        add(p, m - Template.SIZE, 2, wavePrecision, matrix, gradient);
    }

    private void add(double[] p, int at, int size, double[] block, double[] matrix, double[] gradient) {
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                matrix[(at + i) * p.length + at + j] += block[i * size + j];
                gradient[at + i] -= block[i * size + j] * (p[at + j] - mean[at + j]);
            }
        }
    }

    /** What a change of the expected distance (mm) and shift (px) adds to the downhill gradient. */
    public double[] pull(double distanceMm, double shiftPx) {
        double[] out = new double[sigma.length];
        int at = sigma.length - Template.SIZE;
        out[at] = wavePrecision[0] * distanceMm + wavePrecision[1] * shiftPx;
        out[at + 1] = wavePrecision[2] * distanceMm + wavePrecision[3] * shiftPx;
        return out;
    }

    /** Takes the held parameters out of the equations: they don't move and have no variance worth mentioning. */
    public void hold(double[] matrix, double[] gradient) {
        for (int q = 0; q < gradient.length; q++) {
            if (sigma[q] == 0) {
                hold(q, matrix, gradient);
            }
        }
    }

    /** Takes one parameter out of the equations. */
    public static void hold(int q, double[] matrix, double[] gradient) {
        int m = gradient.length;
        for (int r = 0; r < m; r++) {
            matrix[q * m + r] = 0;
            matrix[r * m + q] = 0;
        }
        matrix[q * m + q] = 1e30;
        gradient[q] = 0;
    }
}
