package io.spectractor.core.target;

import io.spectractor.core.fit.Deadline;
import io.spectractor.core.fit.LeastSquaresFit;
import io.spectractor.core.fit.ParameterBounds;
import io.spectractor.core.observation.PixelPosition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Fits a star together with a neighbour inside or beside its seeing disc, if there is one.
 *
 * <p>The companion of HD 111980 (1.7 arcsec away, 3.5% of its light) pulls the fit of a single star by 0.1 px. The pair
 * is believed only when it explains the pixels near the core and the single star does not; a profile that is not a
 * Moffat at all, as of a saturated star with spikes, is left as it is.
 */
final class Deblender {
    /** Relative error of the profile when single and double star are compared. */
    private static final double RELATIVE_ERROR = 0.01;

    private static final double GOOD_CHI2 = 2;
    /** Above this the profile is not a Moffat, and no faint companion will make it one. */
    private static final double HOPELESS_CHI2 = 60;

    private static final double MIN_IMPROVEMENT = 2;
    private static final double START_RATIO = 0.05;
    private static final int DIRECTIONS = 6;
    /** Part of the core that must be unsaturated where a single star fits very badly. */
    private static final double WHOLE = 0.95;
    /** Half the distance of two equal stars that were fitted as one, in its FWHM, and their width in its own. */
    private static final double HALF_APART = 0.4;

    private static final double NARROWER = 0.7;
    /** Part of a star's light from which another one is bright, and from which both are about equal. */
    private static final double BRIGHT = 0.1;

    private static final double EQUAL = 0.5;
    /** A guess so near to a star means that one, px. */
    private static final double POINTED_PX = 1;
    /** Light in the pixels around that of a star, and of no hot pixel, at least. */
    private static final double LEAST_AROUND = 0.2;

    private static final double BESIDE_FWHM = 1.5;
    private static final int FIRST = MoffatStars.PEAK;
    private static final int SECOND = FIRST + MoffatStars.PER_STAR;
    private static final double MIN_PIXELS = 60;

    private final StarPixels pixels;
    private final Deadline deadline;

    Deblender(StarPixels pixels, Deadline deadline) {
        this.pixels = pixels;
        this.deadline = deadline;
    }

    /**
     * The star of the pair that is meant, or the single star when that is good enough or the pair does not explain more.
     *
     * @param wanted where the star should be; without it the brighter one is meant
     */
    StarFit fit(StarFit single, @Nullable PixelPosition wanted) {
        double fwhm = single.shape().fwhmPx();
        double radius = Math.max(8, Math.min(15, 4 * fwhm));
        double[] beside = brightestBeside(single, fwhm);
        StarPixels core = pixels.within(single.position(), radius);
        if (beside.length > 0) {
            core = pixels.within(
                    single.position(), radius, new PixelPosition(beside[1], beside[2]), BESIDE_FWHM * fwhm);
        }
        if (core.size() < MIN_PIXELS) {
            return single;
        }
        LeastSquaresFit alone = refit(core, single.parameters(), radius);
        double singleChi2 = alone.chi2() / (core.size() - alone.parameters().length);
        boolean whole = core.size() > WHOLE * Math.PI * radius * radius;
        if (singleChi2 <= GOOD_CHI2 || (singleChi2 > HOPELESS_CHI2 && !whole)) {
            return single;
        }
        LeastSquaresFit pair = bestPair(core, single.parameters(), alone.parameters(), beside, fwhm, radius);
        double pairChi2 = pair.chi2() / (core.size() - pair.parameters().length);
        double[] p = pair.parameters();
        double fainter = Math.min(p[FIRST], p[SECOND]) / Math.max(p[FIRST], p[SECOND]);
        boolean asked = singleChi2 <= HOPELESS_CHI2 || fainter > BRIGHT;
        boolean resolved = separation(p) > 0.3 * fwhm;
        if (pairChi2 > GOOD_CHI2 || singleChi2 < MIN_IMPROVEMENT * pairChi2 || !resolved || !asked) {
            return single;
        }
        return StarFit.of(pair, meant(p, fainter, wanted), core.size());
    }

    /**
     * Index of the peak of the star that is meant: the brighter one, unless the other is hardly fainter, or the place points
     * to it.
     */
    private static int meant(double[] p, double fainter, @Nullable PixelPosition wanted) {
        int bright = p[SECOND] > p[FIRST] ? SECOND : FIRST;
        int faint = FIRST + SECOND - bright;
        if (wanted == null || fainter < BRIGHT) {
            return bright;
        }
        double toFaint = wanted.distanceTo(new PixelPosition(p[faint + 1], p[faint + 2]));
        double toBright = wanted.distanceTo(new PixelPosition(p[bright + 1], p[bright + 2]));
        boolean near = toFaint < (fainter > EQUAL ? 1 : 0.5) * toBright && (fainter > EQUAL || toFaint < POINTED_PX);
        return near ? faint : bright;
    }

    /** Peak, column and row of the brightest light that the single star leaves; empty if that is faint. */
    private double[] brightestBeside(StarFit single, double fwhm) {
        double[] light = pixels.light(single.parameters());
        double constant = single.parameters()[MoffatStars.CONSTANT];
        double[] best = {0, 0, 0};
        for (int i = 0; i < pixels.size(); i++) {
            double left = pixels.rate[i] - light[i] - constant;
            boolean higher = left > BRIGHT * single.shape().peakRate() && left > best[0];
            if (higher && isNoLonePixel(i, light, constant, left, fwhm)) {
                best = new double[] {left, pixels.x[i], pixels.y[i]};
            }
        }
        return best[0] > 0 ? best : new double[0];
    }

    /** Whether the pixels around have their part of the light too. */
    private boolean isNoLonePixel(int i, double[] light, double constant, double left, double fwhm) {
        double sum = 0;
        int n = 0;
        for (int j = 0; j < pixels.size(); j++) {
            double distance = Math.hypot(pixels.x[j] - pixels.x[i], pixels.y[j] - pixels.y[i]);
            if (j != i && distance <= Math.max(1, 0.5 * fwhm)) {
                sum += pixels.rate[j] - light[j] - constant;
                n++;
            }
        }
        return n > 0 && sum > LEAST_AROUND * n * left;
    }

    /**
     * Tries a neighbour in several directions, one where most light is left, and two equal stars for the one; the weights of
     * the best are then computed from its own model.
     */
    private LeastSquaresFit bestPair(
            StarPixels core, double[] single, double[] alone, double[] beside, double fwhm, double radius) {
        List<double[]> starts = new ArrayList<>();
        for (int k = 0; k < DIRECTIONS; k++) {
            double angle = 2 * Math.PI * k / DIRECTIONS;
            double dx = Math.cos(angle);
            double dy = Math.sin(angle);
            starts.add(pair(alone, 1, 0, START_RATIO, 1.3 * fwhm, dx, dy));
            if (2 * k < DIRECTIONS) {
                double[] equal = pair(alone, 0.5, -HALF_APART * fwhm, 0.5, HALF_APART * fwhm, dx, dy);
                equal[MoffatStars.GAMMA] *= NARROWER;
                starts.add(equal);
            }
        }
        if (beside.length > 0) {
            double[] p = Arrays.copyOf(single, single.length + MoffatStars.PER_STAR);
            System.arraycopy(beside, 0, p, SECOND, MoffatStars.PER_STAR);
            starts.add(p);
        }
        double[] light = core.light(alone);
        LeastSquaresFit best = null;
        for (double[] start : starts) {
            LeastSquaresFit fit = fit(core, light, start, radius);
            best = best == null || fit.chi2() < best.chi2() ? fit : best;
        }
        return refit(core, Objects.requireNonNull(best).parameters(), radius);
    }

    /** Two stars of so much of the peak each, at distances along a direction. */
    private static double[] pair(
            double[] alone, double ofFirst, double first, double ofSecond, double second, double dx, double dy) {
        double[] p = Arrays.copyOf(alone, alone.length + MoffatStars.PER_STAR);
        p[FIRST] = ofFirst * alone[FIRST];
        p[FIRST + 1] = alone[FIRST + 1] + first * dx;
        p[FIRST + 2] = alone[FIRST + 2] + first * dy;
        p[SECOND] = ofSecond * alone[FIRST];
        p[SECOND + 1] = alone[FIRST + 1] + second * dx;
        p[SECOND + 2] = alone[FIRST + 2] + second * dy;
        return p;
    }

    private LeastSquaresFit refit(StarPixels core, double[] start, double radius) {
        return fit(core, core.light(start), start, radius);
    }

    private LeastSquaresFit fit(StarPixels core, double[] light, double[] start, double radius) {
        double[] weight = new double[core.size()];
        for (int i = 0; i < weight.length; i++) {
            double profile = RELATIVE_ERROR * light[i];
            weight[i] = 1 / Math.sqrt(core.variance(i, light[i]) + profile * profile);
        }
        int stars = (start.length - MoffatStars.PEAK) / MoffatStars.PER_STAR;
        double scale = core.brightest();
        double x = start[MoffatStars.PEAK + 1];
        double y = start[MoffatStars.PEAK + 2];
        ParameterBounds bounds = ParameterBounds.none(start.length)
                .with(MoffatStars.CONSTANT, -scale, scale)
                .with(MoffatStars.GAMMA, 0.3, 60)
                .with(MoffatStars.ALPHA, 1.1, 10);
        for (int at = MoffatStars.PEAK; at < start.length; at += MoffatStars.PER_STAR) {
            bounds = bounds.with(at, 0, OrderZeroFit.MAX_PEAK_RATIO * scale)
                    .with(at + 1, Math.min(x, start[at + 1]) - radius, Math.max(x, start[at + 1]) + radius)
                    .with(at + 2, Math.min(y, start[at + 2]) - radius, Math.max(y, start[at + 2]) + radius);
        }
        MoffatStars problem = new MoffatStars(core.x, core.y, core.rate, weight, stars);
        return OrderZeroFit.optimiser().fit(problem, start, bounds, deadline);
    }

    private static double separation(double[] p) {
        return Math.hypot(p[FIRST + 1] - p[SECOND + 1], p[FIRST + 2] - p[SECOND + 2]);
    }
}
