package io.spectractor.core.target;

import io.spectractor.core.fit.RobustStatistics;
import io.spectractor.core.observation.CcdImage;
import io.spectractor.core.observation.PixelPosition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the brightest star-like source of a window.
 *
 * <p>A running median of 3 pixels along both axes removes hot pixels and narrow trails, a 5 x 5 mean gathers the light
 * of a star, and what counts is the contrast to the surroundings: the mean minus the largest of the four averages of
 * opposite points {@value #RING_PX} px away. A dispersed spectrum is as bright ahead and behind and has no contrast.
 */
final class StarSearch {
    private static final int RING_PX = 15;
    private static final int DIAGONAL_PX = 11;
    /** Far above the highest of the 4 million noise peaks of a frame (5 sigma). */
    private static final double MIN_SIGNIFICANCE = 7;

    /** A star with this part of the brightest one's contrast may as well be the one that is meant. */
    private static final double RIVAL_FRACTION = 0.5;

    private static final int NOISE_SAMPLES = 20_000;

    private final int width;
    private final int height;
    private final float[] mean;

    private StarSearch(int width, int height, float[] mean) {
        this.width = width;
        this.height = height;
        this.mean = mean;
    }

    /**
     * A star that was found.
     *
     * @param position to about a pixel
     * @param rivalled whether another one is about as bright
     */
    record Found(PixelPosition position, boolean rivalled) {}

    /**
     * The brightest significant star-like source, or of several about as bright the one nearest to the guess.
     *
     * @return null if there is none
     */
    static @Nullable Found star(CcdImage image, PixelWindow window, @Nullable PixelPosition guess) {
        float[] rate = repaired(image, window);
        int w = window.width();
        int h = window.height();
        float[] filtered = StarFilters.medianOf3(rate, w, h);
        StarSearch search = new StarSearch(w, h, StarFilters.boxMean(filtered, w, h));
        int peak = search.peak(noiseFloor(image, filtered));
        if (peak < 0) {
            return null;
        }
        PixelPosition inWindow = search.centroid(peak % w, peak / w);
        List<PixelPosition> rivals = search.rivals(peak);
        if (guess != null) {
            PixelPosition there = guess.plus(-window.x0(), -window.y0());
            for (PixelPosition rival : rivals) {
                if (rival.distanceTo(there) < inWindow.distanceTo(there)) {
                    inWindow = rival;
                }
            }
        }
        return new Found(inWindow.plus(window.x0(), window.y0()), !rivals.isEmpty());
    }

    /** All significant star-like sources of an image, to about a pixel. */
    static List<PixelPosition> all(CcdImage image) {
        PixelWindow window = PixelWindow.all(image);
        int w = window.width();
        int h = window.height();
        float[] filtered = StarFilters.medianOf3(repaired(image, window), w, h);
        StarSearch search = new StarSearch(w, h, StarFilters.boxMean(filtered, w, h));
        double limit = search.limit(noiseFloor(image, filtered));
        List<PixelPosition> found = new ArrayList<>();
        for (int y = 0; y < h; y++) {
            for (int x = 0; x < w; x++) {
                if (search.mean[y * w + x] >= limit && search.contrast(x, y) >= limit && search.isHighest(x, y)) {
                    found.add(search.centroid(x, y));
                }
            }
        }
        return found;
    }

    /** Peaks apart from the brightest one that reach a good part of its contrast, each the highest within a ring. */
    private List<PixelPosition> rivals(int brightest) {
        int bx = brightest % width;
        int by = brightest / width;
        double least = RIVAL_FRACTION * contrast(bx, by);
        List<PixelPosition> rivals = new ArrayList<>();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                if (mean[y * width + x] >= least && contrast(x, y) >= least) {
                    boolean apart = Math.hypot(x - bx, y - by) > 2 * RING_PX;
                    if (apart && isHighest(x, y)) {
                        rivals.add(centroid(x, y));
                    }
                }
            }
        }
        return rivals;
    }

    private boolean isHighest(int x, int y) {
        double here = contrast(x, y);
        for (int j = Math.max(0, y - RING_PX); j < Math.min(height, y + RING_PX + 1); j++) {
            for (int i = Math.max(0, x - RING_PX); i < Math.min(width, x + RING_PX + 1); i++) {
                if (contrast(i, j) > here) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Window of rates; a bad pixel takes the value before it in its row. Saturated pixels are bright: they stay. */
    private static float[] repaired(CcdImage image, PixelWindow window) {
        float[] rate = new float[window.width() * window.height()];
        int i = 0;
        for (int y = window.y0(); y < window.y1(); y++) {
            float last = Float.NaN;
            int rowStart = i;
            for (int x = window.x0(); x < window.x1(); x++) {
                float value = (float) image.rate(x, y);
                boolean usable = (image.mask(x, y) & ~CcdImage.SATURATED) == 0 && Float.isFinite(value);
                if (usable) {
                    last = value;
                }
                rate[i++] = last;
            }
            for (int back = i - 1; back >= rowStart; back--) {
                if (Float.isNaN(rate[back])) {
                    rate[back] = back + 1 < i && !Float.isNaN(rate[back + 1]) ? rate[back + 1] : 0;
                }
            }
        }
        return rate;
    }

    /** Noise of a 5 x 5 mean that Poisson and read-out noise alone would leave, ADU/s. */
    private static double noiseFloor(CcdImage image, float[] filtered) {
        double[] sample = new double[Math.min(NOISE_SAMPLES, filtered.length)];
        for (int i = 0; i < sample.length; i++) {
            sample[i] = filtered[(int) ((long) i * filtered.length / sample.length)];
        }
        double sky = Math.max(0, RobustStatistics.median(sample));
        return Math.sqrt(sky / image.electronsPerRate() + image.readNoiseVariance()) / StarFilters.BOX_PX;
    }

    /** Contrast from which a source is significant. */
    private double limit(double noiseFloor) {
        double[] sample = new double[Math.min(NOISE_SAMPLES, mean.length)];
        for (int i = 0; i < sample.length; i++) {
            int at = (int) ((long) i * mean.length / sample.length);
            sample[i] = contrast(at % width, at / width);
        }
        return MIN_SIGNIFICANCE * Math.max(noiseFloor, RobustStatistics.madSigma(sample));
    }

    private int peak(double noiseFloor) {
        double best = limit(noiseFloor);
        int peak = -1;
        float[] around = new float[width];
        for (int y = 0; y < height; y++) {
            around(y, around);
            int row = y * width;
            for (int x = 0; x < width; x++) {
                double c = (double) mean[row + x] - around[x];
                if (c > best) {
                    best = c;
                    peak = row + x;
                }
            }
        }
        return peak;
    }

    /** Fills in the surroundings of a row as {@link #around(int, int)} does, most of it without a look at the edges. */
    private void around(int y, float[] around) {
        boolean inside = y >= RING_PX && y < height - RING_PX && width > 2 * RING_PX;
        int from = inside ? RING_PX : width;
        int to = inside ? width - RING_PX : width;
        for (int x = 0; x < from; x++) {
            around[x] = around(x, y);
        }
        int row = y * width;
        int up = RING_PX * width;
        int diagonal = DIAGONAL_PX * width + DIAGONAL_PX;
        int other = DIAGONAL_PX * width - DIAGONAL_PX;
        for (int x = from; x < to; x++) {
            int i = row + x;
            float across = mean[i + RING_PX] + mean[i - RING_PX];
            float along = mean[i + up] + mean[i - up];
            float rising = mean[i + diagonal] + mean[i - diagonal];
            float falling = mean[i - other] + mean[i + other];
            around[x] = 0.5f * Math.max(Math.max(across, along), Math.max(rising, falling));
        }
        for (int x = to; x < width; x++) {
            around[x] = around(x, y);
        }
    }

    private double contrast(int x, int y) {
        return (double) mean[y * width + x] - around(x, y);
    }

    /** The largest average of opposite points, pixels beyond the edge repeated from it. */
    private float around(int x, int y) {
        return Math.max(
                Math.max(pair(x, y, RING_PX, 0), pair(x, y, 0, RING_PX)),
                Math.max(pair(x, y, DIAGONAL_PX, DIAGONAL_PX), pair(x, y, DIAGONAL_PX, -DIAGONAL_PX)));
    }

    private float pair(int x, int y, int dx, int dy) {
        float ahead = mean[clamp(y + dy, height) * width + clamp(x + dx, width)];
        float behind = mean[clamp(y - dy, height) * width + clamp(x - dx, width)];
        return 0.5f * (ahead + behind);
    }

    /** Centre of the contrast above half its height; the mean of a saturated core is flat on top. */
    private PixelPosition centroid(int px, int py) {
        double half = 0.5 * contrast(px, py);
        double sum = 0;
        double sumX = 0;
        double sumY = 0;
        for (int y = Math.max(0, py - RING_PX); y < Math.min(height, py + RING_PX + 1); y++) {
            for (int x = Math.max(0, px - RING_PX); x < Math.min(width, px + RING_PX + 1); x++) {
                double c = contrast(x, y) - half;
                if (c > 0) {
                    sum += c;
                    sumX += c * x;
                    sumY += c * y;
                }
            }
        }
        return new PixelPosition(sumX / sum, sumY / sum);
    }

    private static int clamp(int i, int size) {
        return Math.max(0, Math.min(size - 1, i));
    }
}
