package io.spectractor.core.target;

import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.outcome.Caveat;
import io.spectractor.core.product.OrderZeroStamp;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where order 0 is.
 *
 * @param position order-0 position in the image, px
 * @param xErrPx 1σ of the column, px; NaN when the position was not fitted
 * @param yErrPx 1σ of the row, px; NaN when the position was not fitted
 * @param xyCovariancePx2 covariance of column and row, px²; NaN when the position was not fitted
 * @param shape fitted profile, or null when the position was not fitted
 * @param saturated whether the core holds saturated pixels
 * @param distanceFromGuessPx how far from the guess, px; NaN without a guess
 * @param reducedChi2 χ² per degree of freedom of the fit, with the error model of {@link TargetFinder}; NaN without fit
 * @param companion a neighbour that had to be fitted together with the star, or null
 * @param stamp neighbourhood of order 0, sky subtracted
 * @param caveats what a user should know
 */
public record LocatedTarget(
        PixelPosition position,
        double xErrPx,
        double yErrPx,
        double xyCovariancePx2,
        @Nullable MoffatShape shape,
        boolean saturated,
        double distanceFromGuessPx,
        double reducedChi2,
        @Nullable Companion companion,
        OrderZeroStamp stamp,
        SortedSet<Caveat> caveats) {
    public LocatedTarget {
        caveats = Collections.unmodifiableSortedSet(new TreeSet<>(caveats));
    }

    /** Whether a neighbour had to be fitted together with the star. */
    public boolean blended() {
        return companion != null;
    }
}
