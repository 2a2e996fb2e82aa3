package io.spectractor.core.target;

import io.spectractor.core.astrometry.Detection;
import io.spectractor.core.fit.RobustStatistics;
import io.spectractor.core.observation.CcdImage;
import io.spectractor.core.observation.PixelPosition;
import java.util.ArrayList;
import java.util.List;

/** The star-like sources of an image with their places and light, for a comparison with a catalogue. Stateless. */
public final class SourceFinder {
    private static final double SKY_INNER_PX = 12;
    private static final double SKY_OUTER_PX = 18;
    private static final double LIGHT_PX = 8;
    /** Width of the Gaussian weight of a centroid, px. */
    private static final double WEIGHT_SIGMA_PX = 2;

    private static final int ROUNDS = 20;
    private static final double STILL_PX = 1e-3;
    /** A centre that wanders farther than this from the peak is that of no star. */
    private static final double FARTHEST_PX = 3;

    private SourceFinder() {}

    /** All sources whose centres hold no bad or saturated pixel, in no order. */
    public static List<Detection> find(CcdImage image) {
        List<Detection> sources = new ArrayList<>();
        for (PixelPosition peak : StarSearch.all(image)) {
            Detection source = measured(image, peak);
            if (source != null) {
                sources.add(source);
            }
        }
        return sources;
    }

    private static @org.jspecify.annotations.Nullable Detection measured(CcdImage image, PixelPosition peak) {
        double sky = sky(image, peak);
        PixelPosition at = peak;
        for (int round = 0; round < ROUNDS; round++) {
            double sum = 0;
            double sumX = 0;
            double sumY = 0;
            int reach = (int) Math.ceil(3 * WEIGHT_SIGMA_PX);
            for (int y = (int) Math.round(at.y()) - reach; y <= Math.round(at.y()) + reach; y++) {
                for (int x = (int) Math.round(at.x()) - reach; x <= Math.round(at.x()) + reach; x++) {
                    if (x < 0 || y < 0 || x >= image.width() || y >= image.height() || !image.isGood(x, y)) {
                        return null;
                    }
                    double dx = x - at.x();
                    double dy = y - at.y();
                    double weight = Math.exp(-(dx * dx + dy * dy) / (2 * WEIGHT_SIGMA_PX * WEIGHT_SIGMA_PX));
                    double light = weight * (image.rate(x, y) - sky);
                    sum += light;
                    sumX += light * dx;
                    sumY += light * dy;
                }
            }
            if (!(sum > 0)) {
                return null;
            }
            // a weight as wide as the star halves the way to its centre
            PixelPosition next = at.plus(2 * sumX / sum, 2 * sumY / sum);
            boolean still = next.distanceTo(at) < STILL_PX;
            at = next;
            if (at.distanceTo(peak) > FARTHEST_PX) {
                return null;
            }
            if (still) {
                break;
            }
        }
        return new Detection(at, light(image, at, sky));
    }

    private static double sky(CcdImage image, PixelPosition at) {
        List<Double> ring = new ArrayList<>();
        PixelWindow window = PixelWindow.around(at, (int) SKY_OUTER_PX, (int) SKY_OUTER_PX, image);
        for (int y = window.y0(); y < window.y1(); y++) {
            for (int x = window.x0(); x < window.x1(); x++) {
                double r = Math.hypot(x - at.x(), y - at.y());
                if (r >= SKY_INNER_PX && r <= SKY_OUTER_PX && image.isGood(x, y)) {
                    ring.add(image.rate(x, y));
                }
            }
        }
        return ring.isEmpty()
                ? 0
                : RobustStatistics.median(
                        ring.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** Light within a circle above the sky, ADU/s. */
    static double light(CcdImage image, PixelPosition at, double sky) {
        double sum = 0;
        PixelWindow window = PixelWindow.around(at, (int) LIGHT_PX, (int) LIGHT_PX, image);
        for (int y = window.y0(); y < window.y1(); y++) {
            for (int x = window.x0(); x < window.x1(); x++) {
                if (Math.hypot(x - at.x(), y - at.y()) <= LIGHT_PX && image.isGood(x, y)) {
                    sum += image.rate(x, y) - sky;
                }
            }
        }
        return sum;
    }
}
