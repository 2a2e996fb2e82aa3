package io.spectractor.core.night;

import org.jspecify.annotations.Nullable;

/**
 * How wrong the model of a spectrum may be, relative to the flux: a part that is independent from column to column and one
 * that goes smoothly over some nanometres, with Wendland's function of the distance, (1 - d)^4 (4 d + 1), as correlation,
 * which is 0 from a reach on. Mutable: the fit finds out how large they are.
 */
final class ModelNoise {
    private @Nullable RingingNoise ringing;
    private double rough;
    private double smooth;
    private double reachNm = 1;

    double rough() {
        return rough;
    }

    double smooth() {
        return smooth;
    }

    double reachNm() {
        return reachNm;
    }

    static ModelNoise of(double rough, double smooth, double reachNm) {
        ModelNoise noise = new ModelNoise();
        noise.set(rough, smooth, reachNm);
        return noise;
    }

    void set(double newRough, double newSmooth, double newReachNm) {
        rough = newRough;
        smooth = newSmooth;
        reachNm = newReachNm;
    }

    /** Takes the noise from the residuals instead of the covariance of the spectrum. */
    void ringing(@Nullable RingingNoise found) {
        ringing = found;
    }

    /** The noise from the residuals, or null. */
    @Nullable
    RingingNoise ringing() {
        return ringing;
    }

    /** Whether the model may be wrong at all. */
    boolean any() {
        return rough > 0 || smooth > 0;
    }

    /** Whether another noise is the same within a few percent. */
    boolean near(ModelNoise other) {
        return near(rough, other.rough) && near(smooth, other.smooth);
    }

    private static boolean near(double a, double b) {
        return Math.abs(a - b) <= 0.05 * Math.max(a, b) + 1e-4;
    }

    double covariance(NightSpectrum s, double[] expected, int i, int j) {
        double c = ringing == null ? s.covariance().at(i, j) : ringing.covariance(i, j) * expected[i] * expected[j];
        if (i == j) {
            c += rough * rough * expected[i] * expected[i];
        }
        if (smooth > 0) {
            c += smooth
                    * smooth
                    * expected[i]
                    * expected[j]
                    * correlation((s.lambdaNm()[i] - s.lambdaNm()[j]) / reachNm);
        }
        return c;
    }

    /** Wendland's function of a distance over the reach. */
    static double correlation(double distance) {
        double d = Math.abs(distance);
        if (d >= 1) {
            return 0;
        }
        double u = (1 - d) * (1 - d);
        return u * u * (4 * d + 1);
    }

    /** Factor of the covariance of some columns. */
    BandCholesky factor(NightSpectrum s, double[] expected, int[] columns) {
        int m = columns.length;
        int width = width(s, columns);
        double[] rows = new double[m * (width + 1)];
        for (int a = 0; a < m; a++) {
            for (int b = Math.max(0, a - width); b <= a; b++) {
                rows[a * (width + 1) + b - a + width] = covariance(s, expected, columns[a], columns[b]);
            }
        }
        return BandCholesky.factor(rows, m, width);
    }

    /** Half width of the band that the covariance of some columns fills. */
    int width(NightSpectrum s, int[] columns) {
        int width = 0;
        int band = ringing == null ? s.covariance().halfWidth() : RingingNoise.LAGS - 1;
        int first = 0;
        for (int a = 0; a < columns.length; a++) {
            while (columns[a] - columns[first] > band
                    && (smooth == 0 || s.lambdaNm()[columns[a]] - s.lambdaNm()[columns[first]] >= reachNm)) {
                first++;
            }
            width = Math.max(width, a - first);
        }
        return width;
    }
}
