package io.spectractor.core.forward.stamps;

import io.spectractor.core.extraction.ProfileWindow;
import io.spectractor.core.fit.SymmetricSolver;
import io.spectractor.core.forward.equations.ForwardParameters;
import io.spectractor.core.psf.ChromaticColumns;
import io.spectractor.core.psf.PointSpreadFunction;
import io.spectractor.core.psf.PsfProfile;
import java.util.Arrays;
import java.util.Optional;

/**
 * Learns from the residuals of a fit what the profile has beyond its family: by least squares over all pixels, with a prior
 * about no correction, and only if the pixels ask for it.
 */
public final class ProfileLearner {
    /** 1σ of a coefficient, in the peak of the profile. */
    private static final double PRIOR = 0.005;
    /** By how much -2 ln of the marginal likelihood must fall. */
    private static final double MIN_GAIN = 25;

    private static final double OUTLIER_SIGMA = 4;
    private static final double OUTLIER_MODEL_ERROR = 0.03;

    private final ProfileWindow window;
    private final PointSpreadFunction psf;

    public ProfileLearner(ProfileWindow window, PointSpreadFunction psf) {
        this.window = window;
        this.psf = psf;
    }

    /**
     * Learns.
     *
     * @param before the correction that the residuals are left by
     * @param fwhmPx mean FWHM of the profile
     * @param values shape per column
     * @param centreY trace per column, px
     * @param orders light of the orders, ADU/s per pixel of the window
     * @param residual data minus model
     * @param weight inverse variances
     * @return the correction, unless the pixels do not ask for one
     */
    public Optional<ProfileCorrection> learn(
            ProfileCorrection before,
            double fwhmPx,
            ChromaticColumns values,
            double[] centreY,
            double[] orders,
            double[] residual,
            double[] weight) {
        int size = ProfileCorrection.ACROSS * ProfileCorrection.ALONG;
        ProfileCorrection shape = new ProfileCorrection(fwhmPx, before.coefficients());
        double[] had = shape.coefficients();
        double[] matrix = new double[size * size];
        double[] score = new double[size];
        double[] integrals = ProfileCorrection.integrals();
        for (int c = 0; c < window.columns; c++) {
            PsfProfile profile = psf.at(ForwardParameters.shape(values, c));
            double[] along = ProfileCorrection.along(c, window.columns);
            double light = 0;
            for (int p = c * window.rows; p < (c + 1) * window.rows; p++) {
                light += orders[p];
            }
            addColumn(c, centreY[c], profile, shape, along, integrals, light, orders, residual, weight, matrix, score);
        }
        mirror(matrix, size);
        double sigma = PRIOR / fwhmPx;
        double[] scaled = new double[size * size];
        double[] pull = new double[size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                scaled[i * size + j] = sigma * sigma * matrix[i * size + j] + (i == j ? 1 : 0);
            }
        }
        // what the residuals say of the whole correction: of what was there before plus what is missing
        for (int i = 0; i < size; i++) {
            double whole = score[i];
            for (int j = 0; j < size; j++) {
                whole += matrix[i * size + j] * had[j];
            }
            pull[i] = sigma * whole;
        }
        SymmetricSolver solver = SymmetricSolver.factor(scaled, size);
        double[] best = solver.solve(pull);
        double gain = -solver.logDeterminant();
        for (int i = 0; i < size; i++) {
            gain += pull[i] * best[i];
            best[i] *= sigma;
        }
        return gain > MIN_GAIN ? Optional.of(new ProfileCorrection(fwhmPx, best)) : Optional.empty();
    }

    private void addColumn(
            int c,
            double centreY,
            PsfProfile profile,
            ProfileCorrection shape,
            double[] along,
            double[] integrals,
            double light,
            double[] orders,
            double[] residual,
            double[] weight,
            double[] matrix,
            double[] score) {
        int size = score.length;
        int n = ProfileCorrection.ALONG;
        double[][] block = new double[ProfileCorrection.ACROSS][ProfileCorrection.ACROSS];
        double[] sums = new double[ProfileCorrection.ACROSS];
        for (int k = 0; k < window.rows; k++) {
            int p = c * window.rows + k;
            double dy = window.firstRow[c] + k - centreY;
            double off = OUTLIER_SIGMA * OUTLIER_SIGMA * (1 / weight[p] + square(OUTLIER_MODEL_ERROR * orders[p]));
            if (!(weight[p] > 0) || residual[p] * residual[p] > off) {
                continue;
            }
            double[] functions = shape.functions(dy);
            double line = profile.pixelTransverse(dy);
            for (int i = 0; i < functions.length; i++) {
                functions[i] = light * (functions[i] - line * shape.scale() * integrals[i]);
            }
            for (int i = 0; i < functions.length; i++) {
                double weighted = weight[p] * functions[i];
                sums[i] += weighted * residual[p];
                double[] row = block[i];
                for (int j = 0; j <= i; j++) {
                    row[j] += weighted * functions[j];
                }
            }
        }
        for (int i = 0; i < sums.length; i++) {
            for (int a = 0; a < n; a++) {
                score[i * n + a] += along[a] * sums[i];
                for (int j = 0; j <= i; j++) {
                    double b = along[a] * block[i][j];
                    for (int d = 0; d < n; d++) {
                        matrix[(i * n + a) * size + j * n + d] += b * along[d];
                    }
                }
            }
        }
    }

    /** Fills the upper triangle of a symmetric matrix from the lower one. */
    private static void mirror(double[] matrix, int size) {
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                matrix[j * size + i] = matrix[i * size + j];
            }
        }
    }

    private static double square(double v) {
        return v * v;
    }

    /** Trace correction and nothing else. */
    public static double[] centres(double[] rows, ChromaticColumns values) {
        double[] out = Arrays.copyOf(rows, rows.length);
        for (int c = 0; c < out.length; c++) {
            out[c] += values.shape(c)[0];
        }
        return out;
    }
}
