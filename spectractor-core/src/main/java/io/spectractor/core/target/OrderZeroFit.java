package io.spectractor.core.target;

import io.spectractor.core.fit.Deadline;
import io.spectractor.core.fit.FitException;
import io.spectractor.core.fit.LeastSquaresFit;
import io.spectractor.core.fit.LevenbergMarquardt;
import io.spectractor.core.fit.ParameterBounds;
import io.spectractor.core.observation.CcdImage;
import io.spectractor.core.observation.PixelPosition;
import org.jspecify.annotations.Nullable;

/**
 * Fits a Moffat profile to order 0, in a window and then in one of half its size around the first result.
 *
 * <p>Error of a pixel: Poisson and read-out noise of the <em>model</em> (weights from the data would favour pixels that
 * fluctuate low), and in quadrature {@value #PROFILE_ERROR} of the brightest unsaturated light. Real profiles differ
 * from a Moffat by about that much; the term makes the steep flanks near the core decide for a bright star, not its
 * faint wings, which are lopsided by more than a pixel in CTIO frames. It is negligible where the noise exceeds it.
 */
final class OrderZeroFit {
    static final double PROFILE_ERROR = 0.02;
    private static final double CLIP_SIGMA = 5;
    private static final int FIRST_FITS = 2;
    private static final int SECOND_FITS = 3;
    private static final int MIN_PIXELS = 20;
    private static final double FIRST_REACH_PX = 10;
    private static final double SECOND_REACH_PX = 5;
    private static final int SMALLEST_HALF_WINDOW = 6;
    /** Highest peak as a multiple of the brightest good pixel: saturated cores are extrapolated. */
    static final double MAX_PEAK_RATIO = 100;

    private static final double START_GAMMA_PX = 3;
    private static final double START_ALPHA = 2;

    private final CcdImage image;
    private final Deadline deadline;

    OrderZeroFit(CcdImage image, Deadline deadline) {
        this.image = image;
        this.deadline = deadline;
    }

    /**
     * @param start where the star is, to a few pixels
     * @param wanted where it should be, if anything tells: which of two close stars is meant
     * @param halfWidth half width of the first window, px
     * @param halfHeight half height of it, px
     * @throws FitException if too few pixels are usable or the fit leaves its bounds
     */
    StarFit fit(PixelPosition start, @Nullable PixelPosition wanted, int halfWidth, int halfHeight, SkyPlane sky) {
        double[] guess = {
            0, START_GAMMA_PX, START_ALPHA, Double.NaN, start.x(), start.y(),
        };
        StarFit first = pass(pixels(start, halfWidth, halfHeight, sky), guess, FIRST_REACH_PX, FIRST_FITS);
        StarPixels pixels = pixels(first.position(), halfWidth / 2, halfHeight / 2, sky);
        StarFit second = pass(pixels, first.parameters(), SECOND_REACH_PX, SECOND_FITS);
        return new Deblender(pixels, deadline).fit(second, wanted);
    }

    private StarPixels pixels(PixelPosition centre, int halfWidth, int halfHeight, SkyPlane sky) {
        PixelWindow window = PixelWindow.around(
                centre, Math.max(SMALLEST_HALF_WINDOW, halfWidth), Math.max(SMALLEST_HALF_WINDOW, halfHeight), image);
        StarPixels pixels = StarPixels.of(image, window, sky);
        if (pixels.size() < MIN_PIXELS) {
            throw new FitException(
                    FitException.Reason.NOT_ENOUGH_DATA, "only " + pixels.size() + " good pixels around the star");
        }
        return pixels;
    }

    /** Fits, then repeats with weights from the model and without the pixels that stand out. */
    private StarFit pass(StarPixels pixels, double[] guess, double reach, int fits) {
        double brightest = pixels.brightest();
        double[] start = guess.clone();
        if (Double.isNaN(start[MoffatStars.PEAK])) {
            // a saturated core hides the peak, which then is at least the saturation level
            start[MoffatStars.PEAK] = isSaturatedAt(guess) ? image.saturationRate() : brightest;
        }
        ParameterBounds bounds = bounds(start, brightest, reach);
        double[] light = pixels.rate;
        double limit = Double.POSITIVE_INFINITY;
        double peakLight = brightest;
        double constant = 0;
        LeastSquaresFit fit;
        int used;
        int round = 0;
        do {
            double[] weight = new double[pixels.size()];
            double profile = PROFILE_ERROR * peakLight;
            used = 0;
            for (int i = 0; i < weight.length; i++) {
                double w = 1 / Math.sqrt(pixels.variance(i, light[i]) + profile * profile);
                if (round == 0 || Math.abs(pixels.rate[i] - light[i] - constant) * w <= limit) {
                    weight[i] = w;
                    used++;
                }
            }
            if (used < MIN_PIXELS) {
                throw new FitException(FitException.Reason.NOT_ENOUGH_DATA, "the star's profile fits no pixels");
            }
            MoffatStars problem = new MoffatStars(pixels.x, pixels.y, pixels.rate, weight, 1);
            fit = optimiser().fit(problem, start, bounds, deadline);
            start = fit.parameters();
            light = pixels.light(start);
            constant = start[MoffatStars.CONSTANT];
            peakLight = max(light);
            limit = CLIP_SIGMA * Math.sqrt(Math.max(1, fit.chi2() / Math.max(1, used - start.length)));
            round++;
        } while (round < fits);
        if (fit.atBound()[MoffatStars.PEAK + 1] || fit.atBound()[MoffatStars.PEAK + 2]) {
            throw new FitException(FitException.Reason.NOT_ENOUGH_DATA, "the fit ran away from the star");
        }
        return StarFit.of(fit, MoffatStars.PEAK, used);
    }

    /** Stops early: peak, γ and α of a saturated star are nearly degenerate, while the centre settles at once. */
    static LevenbergMarquardt optimiser() {
        return new LevenbergMarquardt()
                .withMaxIterations(30)
                .withRelativeTolerance(1e-5)
                .withParameterTolerance(1e-6);
    }

    private boolean isSaturatedAt(double[] star) {
        int x = (int) Math.round(star[MoffatStars.PEAK + 1]);
        int y = (int) Math.round(star[MoffatStars.PEAK + 2]);
        boolean inside = x >= 0 && y >= 0 && x < image.width() && y < image.height();
        return inside && ((image.mask(x, y) & CcdImage.SATURATED) != 0 || image.rate(x, y) >= image.saturationRate());
    }

    private static double max(double[] values) {
        double max = 0;
        for (double v : values) {
            max = Math.max(max, v);
        }
        return max;
    }

    private static ParameterBounds bounds(double[] start, double brightest, double reach) {
        double x = start[MoffatStars.PEAK + 1];
        double y = start[MoffatStars.PEAK + 2];
        double scale = Math.max(brightest, Double.MIN_NORMAL);
        return ParameterBounds.none(start.length)
                .with(MoffatStars.CONSTANT, -scale, scale)
                .with(MoffatStars.GAMMA, 0.3, 60)
                .with(MoffatStars.ALPHA, 1.1, 10)
                .with(MoffatStars.PEAK, 0.1 * scale, MAX_PEAK_RATIO * scale)
                .with(MoffatStars.PEAK + 1, x - reach, x + reach)
                .with(MoffatStars.PEAK + 2, y - reach, y + reach);
    }
}
