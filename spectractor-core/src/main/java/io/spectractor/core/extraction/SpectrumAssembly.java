package io.spectractor.core.extraction;

import io.spectractor.core.background.SkyModel;
import io.spectractor.core.config.SpectrumConfig.Method;
import io.spectractor.core.fit.LeastSquaresFit;
import io.spectractor.core.fit.Legendre;
import io.spectractor.core.fit.RowSum;
import io.spectractor.core.observation.CcdImage;
import io.spectractor.core.outcome.Caveat;
import io.spectractor.core.psf.ChromaticColumns;
import io.spectractor.core.psf.ChromaticShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Turns a finished profile fit into a {@link ColumnSpectrum} with its covariance. */
final class SpectrumAssembly {
    /** Fraction of the profile on usable pixels below which a column is flagged. */
    private static final double MIN_COVERAGE = 0.5;

    private final ProfileWindow window;
    private final ProfileParameters layout;
    private final SkyModel sky;
    private final Method method;
    private final double[] weight;

    SpectrumAssembly(ProfileWindow window, ProfileParameters layout, SkyModel sky, Method method, double[] weight) {
        this.window = window;
        this.layout = layout;
        this.sky = sky;
        this.method = method;
        this.weight = weight;
    }

    ColumnSpectrum assemble(ColumnAmplitudes fitted, LeastSquaresFit fit, double[] startY, Set<Caveat> caveats) {
        int n = window.columns;
        ChromaticColumns values = layout.over(fit.parameters());
        int shapeCount = layout.psf.shapeCount();
        double[] traceY = new double[n];
        double[] fwhm = new double[n];
        List<double[]> shapes = new ArrayList<>();
        for (int s = 0; s < shapeCount; s++) {
            shapes.add(new double[n]);
        }
        for (int c = 0; c < n; c++) {
            double[] shape = ProfileParameters.shape(values, c);
            traceY[c] = startY[c] + values.shape(c)[0];
            fwhm[c] = layout.psf.fwhm(shape);
            for (int s = 0; s < shapeCount; s++) {
                shapes.get(s)[c] = shape[s];
            }
        }
        if (values.anyClamped()) {
            caveats.add(Caveat.PSF_AT_BOUND);
        }
        double[] strip = new double[n];
        double[] stripVariance = new double[n];
        sumStrip(fitted, strip, stripVariance);
        boolean aperture = method == Method.APERTURE;
        double[] rate = aperture ? strip.clone() : fitted.amplitude.clone();
        double[] variance = aperture ? stripVariance : fitted.variance.clone();
        int[] flags = repair(rate, variance, fitted.coverage);
        double[] covariance = covariance(variance, fitted, fit, aperture);
        return new ColumnSpectrum(
                window.firstColumn,
                rate,
                covariance,
                flags,
                strip,
                traceY,
                layout.psf.shapeNames(),
                shapes,
                fwhm,
                window.firstRow.clone(),
                window.rows,
                fitted.model,
                residuals(fitted.model),
                rejected(),
                fit.reducedChi2(),
                traceError(fit));
    }

    /** Sum over the strip; rejected pixels are replaced by the model and counted with their model variance. */
    private void sumStrip(ColumnAmplitudes fitted, double[] sum, double[] variance) {
        for (int i = 0; i < window.signal.length; i++) {
            int c = i / window.rows;
            sum[c] += weight[i] > 0 ? window.signal[i] : fitted.model[i];
            variance[c] += window.variance(i, fitted.model[i]);
        }
    }

    /** Interpolates columns without usable pixels; their error is that of having no measurement. */
    private int[] repair(double[] rate, double[] variance, double[] coverage) {
        int n = rate.length;
        int[] flags = new int[n];
        double largest = 0;
        for (int c = 0; c < n; c++) {
            largest = Double.isNaN(rate[c]) ? largest : Math.max(largest, Math.abs(rate[c]));
        }
        for (int c = 0; c < n; c++) {
            if (coverage[c] < MIN_COVERAGE) {
                flags[c] |= ColumnSpectrum.MOSTLY_MASKED;
            }
            if (Double.isNaN(rate[c]) || coverage[c] == 0) {
                flags[c] |= ColumnSpectrum.INTERPOLATED;
            }
        }
        for (int c = 0; c < n; c++) {
            if ((flags[c] & ColumnSpectrum.INTERPOLATED) != 0) {
                int left = neighbour(flags, c, -1);
                int right = neighbour(flags, c, 1);
                double l = left < 0 ? 0 : rate[left];
                double r = right < 0 ? l : rate[right];
                l = left < 0 ? r : l;
                double t = left < 0 || right < 0 ? 0 : (double) (c - left) / (right - left);
                rate[c] = l + t * (r - l);
                variance[c] = Math.max(largest * largest, 1e-30);
            }
        }
        return flags;
    }

    private static int neighbour(int[] flags, int c, int step) {
        int i = c + step;
        while (i >= 0 && i < flags.length && (flags[i] & ColumnSpectrum.INTERPOLATED) != 0) {
            i += step;
        }
        return i >= 0 && i < flags.length ? i : -1;
    }

    /**
     * Pixels on the diagonal; profile and sky through the linear response of the amplitudes. The profile's share is
     * scaled by the reduced χ² when that exceeds 1, because then the profile is known less well than the noise says.
     */
    private double[] covariance(double[] variance, ColumnAmplitudes fitted, LeastSquaresFit fit, boolean aperture) {
        int n = window.columns;
        double[] total = new double[n * n];
        if (!aperture) {
            double scale = Math.max(1, fit.reducedChi2());
            double[] profile = fit.covariance().clone();
            for (int k = 0; k < profile.length; k++) {
                profile[k] *= scale;
            }
            addSandwich(total, fitted.parameterResponse, profile, layout.count());
        }
        double[] skyResponse = new double[n * sky.size()];
        double[] basis = new double[sky.size()];
        for (int c = 0; c < n; c++) {
            sky.fillBasis(window.firstColumn + c, window.firstRow[c] + window.rows / 2.0, basis);
            double response = aperture ? -window.rows : fitted.skyResponse[c];
            for (int k = 0; k < basis.length; k++) {
                skyResponse[c * basis.length + k] = response * basis[k];
            }
        }
        addSandwich(total, skyResponse, sky.covariance(), sky.size());
        for (int c = 0; c < n; c++) {
            total[c * n + c] += variance[c];
            for (int other = 0; other < c; other++) {
                total[other * n + c] = total[c * n + other];
            }
        }
        return total;
    }

    /** Adds the lower triangle of B C Bᵀ with B of n × k. */
    private static void addSandwich(double[] total, double[] b, double[] c, int k) {
        int n = b.length / k;
        double[][] columns = new double[k][n];
        for (int q = 0; q < k; q++) {
            for (int i = 0; i < n; i++) {
                columns[q][i] = b[i * k + q];
            }
        }
        double[] bc = new double[k];
        double[] row = new double[n];
        for (int i = 0; i < n; i++) {
            for (int q = 0; q < k; q++) {
                double sum = 0;
                for (int r = 0; r < k; r++) {
                    sum += b[i * k + r] * c[r * k + q];
                }
                bc[q] = sum;
            }
            System.arraycopy(total, i * n, row, 0, i + 1);
            RowSum.add(row, columns, 0, k, bc, 0, 0, i + 1);
            System.arraycopy(row, 0, total, i * n, i + 1);
        }
    }

    private double[] residuals(double[] model) {
        double[] r = new double[model.length];
        for (int i = 0; i < r.length; i++) {
            r[i] = weight[i] > 0 ? (window.signal[i] - model[i]) * Math.sqrt(weight[i]) : 0;
        }
        return r;
    }

    private byte[] rejected() {
        byte[] bits = window.mask.clone();
        for (int i = 0; i < bits.length; i++) {
            if (bits[i] == 0 && weight[i] == 0) {
                bits[i] = CcdImage.COSMIC;
            }
        }
        return bits;
    }

    private double traceError(LeastSquaresFit fit) {
        double sum = 0;
        int count = layout.count();
        double[] basis = new double[layout.traceDegree() + 1];
        for (int c = 0; c < window.columns; c++) {
            Legendre.values(layout.traceDegree(), ChromaticShape.coordinate(c, window.columns), basis);
            for (int l = 0; l < basis.length; l++) {
                for (int m = 0; m < basis.length; m++) {
                    sum += basis[l] * fit.covariance()[l * count + m] * basis[m];
                }
            }
        }
        return Math.sqrt(Math.max(sum / window.columns, 0));
    }
}
