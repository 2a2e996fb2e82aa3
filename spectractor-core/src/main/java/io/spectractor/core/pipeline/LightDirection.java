package io.spectractor.core.pipeline;

import io.spectractor.core.fit.RobustStatistics;
import io.spectractor.core.observation.CcdImage;
import io.spectractor.core.observation.PixelPosition;
import java.util.Arrays;

/** Where the light beside order 0 runs, when it is not where the disperser sends it. */
enum LightDirection {
    RIGHT(1, 0, ""),
    LEFT(-1, 0, "to the left: is the frame mirrored, or turned by 180 degrees?"),
    UP(0, 1, "upwards: is the frame transposed, or turned by 90 degrees?"),
    DOWN(0, -1, "downwards: is the frame transposed, or turned by 90 degrees?");

    private static final int MAX_TILT_STEPS = 10;
    private static final double TILT_STEP = 0.01;
    private static final int HALF_WIDTH_PX = 6;
    private static final int SIDE_PX = 25;
    private static final int MIN_SAMPLES = 100;
    /** Far above what stars beside the line make. */
    private static final double CLEAR_SIGMA = 15;

    private final int dx;
    private final int dy;
    private final String question;

    LightDirection(int dx, int dy, String question) {
        this.dx = dx;
        this.dy = dy;
        this.question = question;
    }

    /** What to ask the user. */
    String question() {
        return question;
    }

    /**
     * The direction with a long band of light that starts at order 0.
     *
     * @param near distance from order 0 where the band begins, px
     * @param far where it ends, px
     * @return RIGHT, which is where it should be, if no other direction shows a clearer one
     */
    static LightDirection of(CcdImage image, PixelPosition order0, double near, double far) {
        LightDirection best = RIGHT;
        double most = CLEAR_SIGMA;
        for (LightDirection direction : values()) {
            for (int tilt = -MAX_TILT_STEPS; tilt <= MAX_TILT_STEPS; tilt++) {
                double significance = direction.significance(image, order0, near, far, tilt * TILT_STEP);
                if (significance > most) {
                    most = significance;
                    best = direction;
                }
            }
        }
        return best;
    }

    /** Median contrast of a band to both of its sides, over what its scatter leaves of it. */
    private double significance(CcdImage image, PixelPosition order0, double near, double far, double tilt) {
        double[] contrast = new double[(int) Math.max(0, far - near) + 1];
        int n = 0;
        for (double along = near; along <= far && n < contrast.length; along++) {
            double x = order0.x() + dx * along - dy * tilt * along;
            double y = order0.y() + dy * along + dx * tilt * along;
            double light = mean(image, x, y, 0);
            double one = mean(image, x, y, SIDE_PX);
            double other = mean(image, x, y, -SIDE_PX);
            if (Double.isFinite(light + one + other)) {
                contrast[n++] = light - Math.max(one, other);
            }
        }
        if (n < MIN_SAMPLES) {
            return 0;
        }
        double[] used = Arrays.copyOf(contrast, n);
        double[] steps = new double[n - 1];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = used[i + 1] - used[i];
        }
        double noise = RobustStatistics.madSigma(steps) / Math.sqrt(2.0 * n);
        return noise > 0 ? RobustStatistics.median(used) / noise : 0;
    }

    /** Mean rate across the band, {@code side} px beside it; NaN without good pixels. */
    private double mean(CcdImage image, double xCentre, double yCentre, int side) {
        double sum = 0;
        int n = 0;
        for (int k = -HALF_WIDTH_PX; k <= HALF_WIDTH_PX; k++) {
            int x = (int) Math.round(xCentre + Math.abs(dy) * (side + k));
            int y = (int) Math.round(yCentre + Math.abs(dx) * (side + k));
            if (x >= 0 && y >= 0 && x < image.width() && y < image.height() && image.isGood(x, y)) {
                sum += image.rate(x, y);
                n++;
            }
        }
        return n == 0 ? Double.NaN : sum / n;
    }
}
