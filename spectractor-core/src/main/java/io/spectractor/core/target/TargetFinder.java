package io.spectractor.core.target;

import io.spectractor.core.config.TargetConfig;
import io.spectractor.core.fit.Deadline;
import io.spectractor.core.fit.DeadlineExceededException;
import io.spectractor.core.fit.FitException;
import io.spectractor.core.observation.CcdImage;
import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.outcome.Caveat;
import io.spectractor.core.outcome.ExtractionException;
import io.spectractor.core.outcome.FailureKind;
import io.spectractor.core.product.OrderZeroStamp;
import io.spectractor.core.product.PixelMap;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds order 0: the brightest star-like source in a window around the guess (or in the whole image without one), then
 * its centre by a two-dimensional Moffat fit.
 *
 * <p>A sky plane is subtracted, residuals keep their sign, saturated and bad pixels take no part, pixels that stand out
 * from the profile by more than 5σ (blooming, spikes, neighbours) are dropped, and a close companion is fitted together
 * with the star. The error of a pixel is the noise expected from the model and 2% of the brightest unsaturated light,
 * so that positions of bright stars come from the flanks of the core. Stateless.
 */
public final class TargetFinder {
    /** Beyond this fraction of the half window from the guess, the guess or the star is suspect. */
    private static final double FAR_FRACTION = 0.75;

    private static final int MIN_STAMP_HALF = 5;
    /** A star so many errors from where it should be is another one. */
    private static final double AGREES = 5;
    /** What a fitted place may differ from one by the stars of the field, for reasons of the profile, px. */
    private static final double PLACE_FLOOR_PX = 0.1;
    /** 1σ of a place that comes from the wings of a saturated star, px. */
    private static final double SATURATED_PX = 0.2;

    /**
     * Locates order 0.
     *
     * @param image the image
     * @param guess where to look, or null to search the whole image
     * @param halfWidthX half width of the search window, px; the fit uses half of it, then a quarter, around the star
     * @param halfHeightY half height of the search window, px
     * @param method FIT, or GUESS to take the guess as it is (without a guess the position is fitted all the same)
     * @param deadline until when
     * @throws ExtractionException of kind NO_SPECTRUM if there is no star, UNPROCESSABLE if the guess lies outside the image
     * @throws DeadlineExceededException past the deadline
     */
    public LocatedTarget locate(
            CcdImage image,
            @Nullable PixelPosition guess,
            int halfWidthX,
            int halfHeightY,
            TargetConfig.Centroid method,
            Deadline deadline) {
        if (guess != null && !guess.isOn(image.width(), image.height())) {
            throw new ExtractionException(
                    FailureKind.UNPROCESSABLE,
                    String.format(
                            Locale.ROOT,
                            "the order-0 guess (%.1f, %.1f) lies outside the %d x %d image; check the logbook or --guess",
                            guess.x(),
                            guess.y(),
                            image.width(),
                            image.height()));
        }
        if (guess != null && method == TargetConfig.Centroid.GUESS) {
            return unfitted(image, guess, halfWidthX, halfHeightY);
        }
        StarSearch.Found found = search(image, guess, halfWidthX, halfHeightY);
        PixelPosition start = found.position();
        SkyPlane sky = SkyPlane.fit(image, PixelWindow.around(start, halfWidthX, halfHeightY, image));
        try {
            StarFit star = new OrderZeroFit(image, deadline).fit(start, guess, halfWidthX / 2, halfHeightY / 2, sky);
            return fitted(image, guess, halfWidthX, halfHeightY, star, sky, found.rivalled());
        } catch (FitException e) {
            if (guess != null) {
                return unfitted(image, guess, halfWidthX, halfHeightY);
            }
            throw new ExtractionException(
                    FailureKind.NO_SPECTRUM,
                    String.format(
                            Locale.ROOT,
                            "the brightest source, near (%.0f, %.0f), does not look like a star (%s); give --guess",
                            start.x(),
                            start.y(),
                            e.getMessage()),
                    e);
        }
    }

    /**
     * Fits order 0 at a place that is known to a fraction of a pixel. The place itself is taken where the core is saturated,
     * nothing can be fitted, or the fit goes elsewhere.
     *
     * @param expected where order 0 should be
     * @param errorPx 1σ of that, each axis, px
     * @param halfWidthX half width of the window, px, as of {@link #locate}
     * @param halfHeightY half height, px
     * @throws DeadlineExceededException past the deadline
     */
    public LocatedTarget locateAt(
            CcdImage image,
            PixelPosition expected,
            double errorPx,
            int halfWidthX,
            int halfHeightY,
            Deadline deadline) {
        SkyPlane sky = SkyPlane.fit(image, PixelWindow.around(expected, halfWidthX, halfHeightY, image));
        Caveat why = Caveat.ORDER0_FROM_WCS;
        boolean saturated = isSaturated(image, expected, 5);
        try {
            StarFit star =
                    new OrderZeroFit(image, deadline).fit(expected, expected, halfWidthX / 2, halfHeightY / 2, sky);
            double tolerance = AGREES
                    * Math.hypot(Math.hypot(errorPx, PLACE_FLOOR_PX), Math.sqrt(star.xVariance() + star.yVariance()));
            boolean agrees = star.position().distanceTo(expected)
                    < (saturated ? Math.max(tolerance, AGREES * SATURATED_PX) : tolerance);
            if (agrees && !(saturated && errorPx < SATURATED_PX)) {
                return fitted(image, null, halfWidthX, halfHeightY, star, sky, false);
            }
            why = agrees ? why : Caveat.WCS_DISAGREES;
        } catch (FitException e) {
            // no star that can be fitted: the place is all there is
            why = Caveat.ORDER0_FROM_WCS;
        }
        TreeSet<Caveat> caveats = new TreeSet<>();
        caveats.add(why);
        if (saturated) {
            caveats.add(Caveat.ORDER0_SATURATED);
        }
        return new LocatedTarget(
                expected,
                errorPx,
                errorPx,
                0,
                null,
                saturated,
                Double.NaN,
                Double.NaN,
                null,
                stamp(image, expected, halfWidthX, halfHeightY, sky),
                caveats);
    }

    private static StarSearch.Found search(
            CcdImage image, @Nullable PixelPosition guess, int halfWidth, int halfHeight) {
        PixelWindow window =
                guess == null ? PixelWindow.all(image) : PixelWindow.around(guess, halfWidth, halfHeight, image);
        StarSearch.Found star = StarSearch.star(image, window, guess);
        if (star != null) {
            return star;
        }
        String where = guess == null
                ? "in the image"
                : String.format(
                        Locale.ROOT, "within %d x %d px of (%.1f, %.1f)", halfWidth, halfHeight, guess.x(), guess.y());
        double dead = fractionWithoutData(image, window);
        String what = dead > 0.2
                ? String.format(
                        Locale.ROOT,
                        "; %.0f%% of the pixels there (columns %d to %d, rows %d to %d) hold no data: part of the frame is"
                                + " dead, masked or saturated",
                        100 * dead,
                        window.x0(),
                        window.x1() - 1,
                        window.y0(),
                        window.y1() - 1)
                : "; check the guess and that the exposure is of a star";
        throw new ExtractionException(FailureKind.NO_SPECTRUM, "no star " + where + what);
    }

    private static LocatedTarget fitted(
            CcdImage image,
            @Nullable PixelPosition guess,
            int halfWidth,
            int halfHeight,
            StarFit star,
            SkyPlane sky,
            boolean rivalled) {
        PixelPosition position = star.position();
        boolean saturated =
                isSaturated(image, position, Math.max(5, 2 * star.shape().fwhmPx()));
        TreeSet<Caveat> caveats = new TreeSet<>();
        if (saturated) {
            caveats.add(Caveat.ORDER0_SATURATED);
        }
        if (rivalled) {
            caveats.add(Caveat.OTHER_STAR_NEAR_GUESS);
        }
        if (guess != null
                && (Math.abs(position.x() - guess.x()) > FAR_FRACTION * halfWidth
                        || Math.abs(position.y() - guess.y()) > FAR_FRACTION * halfHeight)) {
            caveats.add(Caveat.ORDER0_FAR_FROM_GUESS);
        }
        return new LocatedTarget(
                position,
                Math.sqrt(star.xVariance()),
                Math.sqrt(star.yVariance()),
                star.xyCovariance(),
                star.shape(),
                saturated,
                guess == null ? Double.NaN : position.distanceTo(guess),
                star.reducedChi2(),
                star.companion(),
                stamp(image, position, halfWidth, halfHeight, sky),
                caveats);
    }

    private static LocatedTarget unfitted(CcdImage image, PixelPosition guess, int halfWidth, int halfHeight) {
        SkyPlane sky = SkyPlane.fit(image, PixelWindow.around(guess, halfWidth, halfHeight, image));
        TreeSet<Caveat> caveats = new TreeSet<>();
        caveats.add(Caveat.ORDER0_NOT_FITTED);
        boolean saturated = isSaturated(image, guess, 5);
        if (saturated) {
            caveats.add(Caveat.ORDER0_SATURATED);
        }
        return new LocatedTarget(
                guess,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                null,
                saturated,
                0,
                Double.NaN,
                null,
                stamp(image, guess, halfWidth, halfHeight, sky),
                caveats);
    }

    private static double fractionWithoutData(CcdImage image, PixelWindow window) {
        int dead = 0;
        for (int y = window.y0(); y < window.y1(); y++) {
            for (int x = window.x0(); x < window.x1(); x++) {
                dead += (image.mask(x, y) & (CcdImage.BAD | CcdImage.SATURATED)) != 0 ? 1 : 0;
            }
        }
        return dead / (double) Math.max(1, window.width() * window.height());
    }

    private static boolean isSaturated(CcdImage image, PixelPosition centre, double radius) {
        int reach = (int) Math.ceil(radius) + 1;
        PixelWindow window = PixelWindow.around(centre, reach, reach, image);
        for (int y = window.y0(); y < window.y1(); y++) {
            for (int x = window.x0(); x < window.x1(); x++) {
                boolean full =
                        (image.mask(x, y) & CcdImage.SATURATED) != 0 || image.rate(x, y) >= image.saturationRate();
                if (full && Math.hypot(x - centre.x(), y - centre.y()) <= radius) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Half as wide as the search window; pixels that are not finite become 0. */
    private static OrderZeroStamp stamp(
            CcdImage image, PixelPosition position, int halfWidth, int halfHeight, SkyPlane sky) {
        PixelWindow window = PixelWindow.around(
                position, Math.max(MIN_STAMP_HALF, halfWidth / 2), Math.max(MIN_STAMP_HALF, halfHeight / 2), image);
        float[] values = new float[window.width() * window.height()];
        int i = 0;
        for (int y = window.y0(); y < window.y1(); y++) {
            for (int x = window.x0(); x < window.x1(); x++) {
                double value = image.rate(x, y) - sky.at(x, y);
                values[i++] = Double.isFinite(value) ? (float) value : 0;
            }
        }
        return new OrderZeroStamp(
                new PixelMap(window.width(), window.height(), values),
                position.x() - window.x0(),
                position.y() - window.y0());
    }
}
