package io.spectractor.core.night;

/**
 * What several chains of one quantity say.
 *
 * @param mean over all samples
 * @param sigma standard deviation
 * @param splitRhat potential scale reduction of the halves of the chains; 1 when they agree
 * @param effective number of independent samples
 * @see "A. Gelman et al., Bayesian Data Analysis, 3rd ed. (2013), sections 11.4 and 11.5"
 */
public record ChainStatistics(double mean, double sigma, double splitRhat, double effective) {

    /** From samples [step][chain]. */
    public static ChainStatistics of(double[][] samples) {
        int half = samples.length / 2;
        int chains = samples[0].length;
        double[][] halves = new double[2 * chains][half];
        for (int s = 0; s < 2 * half; s++) {
            for (int c = 0; c < chains; c++) {
                halves[2 * c + s / half][s % half] = samples[s][c];
            }
        }
        int m = halves.length;
        double[] means = new double[m];
        double[] variances = new double[m];
        double grand = 0;
        for (int j = 0; j < m; j++) {
            for (double x : halves[j]) {
                means[j] += x / half;
            }
            for (double x : halves[j]) {
                variances[j] += (x - means[j]) * (x - means[j]) / (half - 1);
            }
            grand += means[j] / m;
        }
        double between = 0;
        double within = 0;
        for (int j = 0; j < m; j++) {
            between += half * (means[j] - grand) * (means[j] - grand) / (m - 1);
            within += variances[j] / m;
        }
        double total = within * (half - 1) / half + between / half;
        double rhat = within > 0 ? Math.sqrt(total / within) : 1;
        return new ChainStatistics(grand, Math.sqrt(total), rhat, effective(halves, means, within, total));
    }

    /** Sum of autocorrelations until a pair of them is no longer positive. */
    private static double effective(double[][] halves, double[] means, double within, double total) {
        int m = halves.length;
        int n = halves[0].length;
        double sum = 0;
        double previous = 1;
        for (int lag = 1; lag < n - 1; lag++) {
            double product = 0;
            for (int j = 0; j < m; j++) {
                double s = 0;
                for (int i = lag; i < n; i++) {
                    s += (halves[j][i] - means[j]) * (halves[j][i - lag] - means[j]);
                }
                product += s / n / m;
            }
            double rho = total > 0 ? 1 - (within - product) / total : 0;
            if (lag % 2 == 1 && previous + rho < 0) {
                break;
            }
            sum += rho;
            previous = rho;
        }
        return m * n / Math.max(1 + 2 * sum, 1.0 / (m * (double) n));
    }
}
