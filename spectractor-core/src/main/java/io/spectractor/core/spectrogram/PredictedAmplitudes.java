package io.spectractor.core.spectrogram;

import io.spectractor.core.atmosphere.AtmosphereModel;
import io.spectractor.core.atmosphere.AtmosphereParameters;
import io.spectractor.core.atmosphere.AtmosphereRanges;
import io.spectractor.core.atmosphere.SourceSpectrum;
import io.spectractor.core.extraction.TraceGeometry;

/**
 * First-order light per column of a star behind an atmosphere, a(θ) in ADU/s: the integral over the column of
 * K S(λ) T(λ; θ) λ dλ, times a grey factor. Immutable.
 */
final class PredictedAmplitudes {
    private static final int OVERSAMPLING = 4;
    /** Columns added at each end. */
    private static final int MARGIN = 24;

    private static final double MAX_SIGMA_PX = 5;
    private static final double REACH = 4;

    private final SourceSpectrum light;
    private final AtmosphereModel atmosphere;
    private final double[] nodes;
    private final double ratePerFlux;
    private final int firstColumn;
    private final int n;

    /**
     * @param light star behind telescope, filter and disperser
     * @param ratePerFlux K, see {@link io.spectractor.core.calibration.FluxCalibration}
     * @param firstColumn first column, px
     * @param n number of columns
     */
    PredictedAmplitudes(SourceSpectrum light, AtmosphereModel atmosphere, double ratePerFlux, int firstColumn, int n) {
        this.light = light;
        this.atmosphere = atmosphere;
        this.nodes = atmosphere.nodesNm();
        this.ratePerFlux = ratePerFlux;
        this.firstColumn = firstColumn;
        this.n = n;
    }

    /** The same for more columns at both ends. */
    PredictedAmplitudes padded(int pad) {
        return new PredictedAmplitudes(light, atmosphere, ratePerFlux, firstColumn - pad, n + 2 * pad);
    }

    AtmosphereRanges ranges() {
        return atmosphere.ranges();
    }

    /**
     * The amplitudes.
     *
     * @param geometry which wavelength falls where
     * @param state of the air
     * @param grey factor
     * @param blur variance of a smearing along the dispersion, px²; negative for the opposite of a smearing, which holds
     *     for small numbers only
     */
    double[] at(TraceGeometry geometry, AtmosphereParameters state, double grey, double blur) {
        return at(geometry, state, grey, blur, 1);
    }

    /** The same for the wavelengths that fall into the columns in an order, without its ratio to the first. */
    double[] at(TraceGeometry geometry, AtmosphereParameters state, double grey, double blur, int order) {
        int size = (n + 2 * MARGIN) * OVERSAMPLING;
        double start = firstColumn - MARGIN - 0.5 + 0.5 / OVERSAMPLING;
        double[] lambda = geometry.wavelengths(start, 1.0 / OVERSAMPLING, size, order);
        double[] air = atmosphere.atNodes(state);
        double[] fine = new double[size];
        int k = 0;
        for (int i = 1; i < size - 1; i++) {
            double width = 0.5 * (lambda[i + 1] - lambda[i - 1]);
            double l = lambda[i];
            if (Double.isNaN(width) || l < nodes[0] || l > nodes[nodes.length - 1]) {
                continue;
            }
            while (k < nodes.length - 2 && nodes[k + 1] < l) {
                k++;
            }
            double t = (l - nodes[k]) / (nodes[k + 1] - nodes[k]);
            double transmission = air[k] + t * (air[k + 1] - air[k]);
            fine[i] = grey * ratePerFlux * light.at(l) * transmission * l * width;
        }
        double[] out = columns(fine);
        double sigma = Math.min(Math.sqrt(Math.abs(blur)), MAX_SIGMA_PX) * OVERSAMPLING;
        if (sigma > 1e-3) {
            double[] smeared = columns(smeared(fine, sigma));
            for (int c = 0; c < n; c++) {
                out[c] = blur > 0 ? smeared[c] : 2 * out[c] - smeared[c];
            }
        }
        return out;
    }

    private double[] columns(double[] fine) {
        double[] out = new double[n];
        for (int c = 0; c < n; c++) {
            for (int s = 0; s < OVERSAMPLING; s++) {
                out[c] += fine[(c + MARGIN) * OVERSAMPLING + s];
            }
        }
        return out;
    }

    /** Smeared by a Gaussian; a narrow one by the second difference of the same variance. */
    private static double[] smeared(double[] fine, double sigma) {
        double[] out = new double[fine.length];
        if (sigma < 1) {
            for (int i = 1; i < fine.length - 1; i++) {
                out[i] = fine[i] + 0.5 * sigma * sigma * (fine[i - 1] - 2 * fine[i] + fine[i + 1]);
            }
            return out;
        }
        int reach = (int) Math.ceil(REACH * sigma);
        double[] kernel = new double[reach + 1];
        double sum = 0;
        for (int i = 0; i <= reach; i++) {
            kernel[i] = Math.exp(-0.5 * i * i / (sigma * sigma));
            sum += i == 0 ? kernel[i] : 2 * kernel[i];
        }
        for (int i = 0; i < fine.length; i++) {
            double total = kernel[0] * fine[i];
            for (int d = 1; d <= reach; d++) {
                double left = i - d >= 0 ? fine[i - d] : 0;
                double right = i + d < fine.length ? fine[i + d] : 0;
                total += kernel[d] * (left + right);
            }
            out[i] = total / sum;
        }
        return out;
    }
}
