package io.spectractor.core.target;

import io.spectractor.core.fit.LeastSquaresFit;
import io.spectractor.core.observation.PixelPosition;
import org.jspecify.annotations.Nullable;

/**
 * A fitted star.
 *
 * @param position centre, px
 * @param shape profile
 * @param xVariance px², scaled by the reduced χ² where that exceeds 1
 * @param yVariance px²
 * @param xyCovariance px²
 * @param reducedChi2 χ² per degree of freedom
 * @param parameters of {@link MoffatStars}
 * @param companion the neighbour that was fitted with it, if there was one
 */
record StarFit(
        PixelPosition position,
        MoffatShape shape,
        double xVariance,
        double yVariance,
        double xyCovariance,
        double reducedChi2,
        double[] parameters,
        @Nullable Companion companion) {

    /** Whether a neighbour was fitted with it. */
    boolean blended() {
        return companion != null;
    }

    /**
     * The star whose peak is parameter {@code peakIndex} of a fit to {@code used} pixels.
     *
     * @param used pixels with a weight; the fit itself counts the others as data too
     */
    static StarFit of(LeastSquaresFit fit, int peakIndex, int used) {
        double[] p = fit.parameters();
        int n = p.length;
        int dof = Math.max(1, used - n);
        double reducedChi2 = fit.chi2() / dof;
        double scale = Math.max(1, reducedChi2);
        int ix = peakIndex + 1;
        int iy = peakIndex + 2;
        double[] covariance = fit.covariance();
        return new StarFit(
                new PixelPosition(p[ix], p[iy]),
                new MoffatShape(p[MoffatStars.GAMMA], p[MoffatStars.ALPHA], p[peakIndex]),
                scale * covariance[ix * n + ix],
                scale * covariance[iy * n + iy],
                scale * covariance[ix * n + iy],
                reducedChi2,
                p,
                companion(p, peakIndex));
    }

    private static @Nullable Companion companion(double[] p, int peakIndex) {
        if (p.length == MoffatStars.PEAK + MoffatStars.PER_STAR) {
            return null;
        }
        int other = 2 * MoffatStars.PEAK + MoffatStars.PER_STAR - peakIndex;
        return new Companion(new PixelPosition(p[other + 1], p[other + 2]), p[other] / p[peakIndex]);
    }
}
