package io.spectractor.core.forward.neighbours;

import io.spectractor.core.extraction.ProfileWindow;
import io.spectractor.core.fit.RowSum;
import io.spectractor.core.forward.equations.ForwardParameters;
import io.spectractor.core.psf.ChromaticColumns;
import io.spectractor.core.psf.PointSpreadFunction;
import io.spectractor.core.psf.PsfProfile;
import java.util.Optional;

/**
 * Looks for the spectrum of another star beside the target's: a ridge along the trace in the residuals of a fit, on one
 * side only, because what a wrong profile leaves lies on both.
 */
public final class NeighbourSpectrumSearch {
    /** Gain in χ² from which a ridge is not chance; noise alone gives 7. */
    private static final double MIN_GAIN = 60;
    /** By how much it must exceed what lies at the same distance on the other side. */
    private static final double MIN_CONTRAST = 2;
    /** Nearer than this the fit of the target's own profile has taken the ridge for its own, in FWHM. */
    private static final double NEAREST_FWHM = 1.2;

    private static final int PER_PX = 8;

    private final ProfileWindow window;
    private final double[] traceY;
    private final double fwhmPx;
    /** Profile across the dispersion at the middle of the spectrum, by distance in eighths of a pixel. */
    private final double[] profile;

    public NeighbourSpectrumSearch(
            ProfileWindow window, double[] traceY, ChromaticColumns values, PointSpreadFunction psf) {
        this.window = window;
        this.traceY = traceY;
        double[] shape = ForwardParameters.shape(values, window.columns / 2);
        this.fwhmPx = psf.fwhm(shape);
        PsfProfile middle = psf.at(shape);
        this.profile = new double[(2 * window.rows + 2) * PER_PX];
        for (int i = 0; i < profile.length; i++) {
            profile[i] = middle.pixelTransverse((double) i / PER_PX);
        }
    }

    /**
     * A neighbour's spectrum.
     *
     * @param offsetPx rows from the trace
     * @param light at the knots, ADU/s per column
     */
    public record Found(double offsetPx, double[] light) {}

    /** The most significant one. */
    public Optional<Found> find(double[] residual, double[] weight) {
        int reach = window.rows / 2 - 1;
        int knots = NeighbourSpectrum.knots(window.columns);
        double[] gains = new double[2 * reach + 1];
        double[][] light = new double[gains.length][knots];
        double[][] norm = new double[gains.length][knots];
        addUp(reach, residual, weight, light, norm);
        for (int o = -reach; o <= reach; o++) {
            if (Math.abs(o) >= NEAREST_FWHM * fwhmPx) {
                gains[o + reach] = gain(light[o + reach], norm[o + reach]);
            }
        }
        int best = 0;
        for (int i = 1; i < gains.length; i++) {
            best = gains[i] > gains[best] ? i : best;
        }
        boolean real = gains[best] > MIN_GAIN && gains[best] > MIN_CONTRAST * gains[2 * reach - best];
        return real ? Optional.of(new Found(best - reach, light[best])) : Optional.empty();
    }

    /**
     * Sums over the pixels, by offset from {@code -reach} and by knot.
     *
     * @param score products of profile and weighted residual
     * @param norm weighted squares of the profile
     */
    private void addUp(int reach, double[] residual, double[] weight, double[][] score, double[][] norm) {
        int knots = score[0].length;
        // the profile as all offsets see it: number k - o + reach for row k and offset o
        double[] seen = new double[window.rows + 2 * reach];
        double[] squared = new double[seen.length];
        double[] weights = new double[window.rows];
        double[] weighted = new double[window.rows];
        for (int c = 0; c < window.columns; c++) {
            int knot = (int) Math.round((double) c * (knots - 1) / (window.columns - 1));
            double centre = traceY[c] - window.firstRow[c] + reach;
            for (int i = 0; i < seen.length; i++) {
                seen[i] = profile[(int) (Math.abs(i - centre) * PER_PX + 0.5)];
                squared[i] = seen[i] * seen[i];
            }
            for (int k = 0; k < window.rows; k++) {
                int p = c * window.rows + k;
                weights[k] = weight[p];
                weighted[k] = weight[p] * residual[p];
            }
            for (int o = -reach; o <= reach; o++) {
                score[o + reach][knot] += RowSum.dot(weighted, seen, reach - o, 0, window.rows);
                norm[o + reach][knot] += RowSum.dot(weights, squared, reach - o, 0, window.rows);
            }
        }
    }

    /** What positive light gains, knot by knot; the sums become that light. */
    private static double gain(double[] light, double[] norm) {
        double gain = 0;
        for (int b = 0; b < light.length; b++) {
            light[b] = norm[b] > 0 ? Math.max(0, light[b] / norm[b]) : 0;
            gain += light[b] * light[b] * norm[b];
        }
        return gain;
    }
}
