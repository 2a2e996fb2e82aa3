package io.spectractor.core.target;

import io.spectractor.core.fit.Deadline;
import io.spectractor.core.fit.LeastSquaresFit;
import io.spectractor.core.fit.ParameterBounds;
import java.util.Arrays;

/**
 * Fits a star together with a fainter neighbour inside its seeing disc, if there is one.
 *
 * <p>The companion of HD 111980 (1.7 arcsec away, 3.5% of its light) pulls the fit of a single star by 0.1 px. The pair
 * is believed only when it explains the pixels near the core and the single star does not; a profile that is not a
 * Moffat at all, as of a saturated star with spikes, is left as it is.
 */
final class Deblender {
    /** Relative error of the profile when single and double star are compared. */
    private static final double RELATIVE_ERROR = 0.01;

    private static final double GOOD_CHI2 = 2;
    /** Above this the profile is not a Moffat, and no companion will make it one. */
    private static final double HOPELESS_CHI2 = 60;

    private static final double MIN_IMPROVEMENT = 2;
    private static final double START_RATIO = 0.05;
    private static final int DIRECTIONS = 6;
    private static final double MIN_PIXELS = 60;

    private final StarPixels pixels;
    private final Deadline deadline;

    Deblender(StarPixels pixels, Deadline deadline) {
        this.pixels = pixels;
        this.deadline = deadline;
    }

    /** The brighter star of the pair, or the single star when that is good enough or the pair does not explain more. */
    StarFit fit(StarFit single) {
        double fwhm = single.shape().fwhmPx();
        double radius = Math.max(8, Math.min(15, 4 * fwhm));
        StarPixels core = pixels.within(single.position(), radius);
        if (core.size() < MIN_PIXELS) {
            return single;
        }
        LeastSquaresFit alone = refit(core, single.parameters(), radius);
        double singleChi2 = alone.chi2() / (core.size() - alone.parameters().length);
        if (singleChi2 <= GOOD_CHI2 || singleChi2 > HOPELESS_CHI2) {
            return single;
        }
        LeastSquaresFit pair = bestPair(core, alone.parameters(), fwhm, radius);
        double pairChi2 = pair.chi2() / (core.size() - pair.parameters().length);
        boolean resolved = separation(pair.parameters()) > 0.3 * fwhm;
        if (pairChi2 > GOOD_CHI2 || singleChi2 < MIN_IMPROVEMENT * pairChi2 || !resolved) {
            return single;
        }
        double[] p = pair.parameters();
        int second = MoffatStars.PEAK + MoffatStars.PER_STAR;
        return StarFit.of(pair, p[second] > p[MoffatStars.PEAK] ? second : MoffatStars.PEAK, core.size());
    }

    /** Tries a neighbour in several directions; the weights of the best are then computed from its own model. */
    private LeastSquaresFit bestPair(StarPixels core, double[] alone, double fwhm, double radius) {
        LeastSquaresFit best = startPair(core, alone, fwhm, radius, 0);
        for (int k = 1; k < DIRECTIONS; k++) {
            LeastSquaresFit pair = startPair(core, alone, fwhm, radius, k);
            if (pair.chi2() < best.chi2()) {
                best = pair;
            }
        }
        return refit(core, best.parameters(), radius);
    }

    private LeastSquaresFit startPair(StarPixels core, double[] alone, double fwhm, double radius, int direction) {
        double[] p = Arrays.copyOf(alone, alone.length + MoffatStars.PER_STAR);
        double angle = 2 * Math.PI * direction / DIRECTIONS;
        p[alone.length] = START_RATIO * alone[MoffatStars.PEAK];
        p[alone.length + 1] = alone[MoffatStars.PEAK + 1] + 1.3 * fwhm * Math.cos(angle);
        p[alone.length + 2] = alone[MoffatStars.PEAK + 2] + 1.3 * fwhm * Math.sin(angle);
        return fit(core, core.light(alone), p, radius);
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
                    .with(at + 1, x - radius, x + radius)
                    .with(at + 2, y - radius, y + radius);
        }
        MoffatStars problem = new MoffatStars(core.x, core.y, core.rate, weight, stars);
        return OrderZeroFit.optimiser().fit(problem, start, bounds, deadline);
    }

    private static double separation(double[] p) {
        int a = MoffatStars.PEAK;
        int b = a + MoffatStars.PER_STAR;
        return Math.hypot(p[a + 1] - p[b + 1], p[a + 2] - p[b + 2]);
    }
}
