package io.spectractor.core.emission;

import io.spectractor.core.fit.RobustStatistics;
import java.util.stream.IntStream;

/**
 * What lies below lines: the light of a star without features times a cubic spline that bends little, and more or less water.
 * Immutable.
 */
final class Continuum {
    private static final double COLUMNS_PER_KNOT = 48;
    private static final int FEWEST = 4;
    /** 1σ of the second differences of neighbouring coefficients, in their size. */
    private static final double BEND = 0.3;
    /** The same where lines may be broad: what lies below them then is the foot of others. */
    private static final double BEND_BROAD = 3;
    /** 1σ of the water, in the typical amount. */
    private static final double WATER = 1;
    /** Columns with less light, in the brightest, say nothing of the level. */
    private static final double FAINT = 0.1;
    /** The level is at least this share of the brightest column. */
    private static final double LOWEST = 0.01;

    private final double[][] shapes;
    private final double[] penalty;

    /**
     * @param even what a source of even light would give per column
     * @param rate the spectrum, lines included
     * @param broad whether lines may be wider than the image
     */
    Continuum(EvenLight even, double[] rate, boolean broad) {
        double[] bare = even.rate();
        int n = bare.length;
        double top = 1e-300;
        for (double v : bare) {
            top = Math.max(top, v);
        }
        int spans = Math.max(FEWEST, (int) Math.round(n / COLUMNS_PER_KNOT));
        int splines = spans + 3;
        shapes = new double[splines + 1][n];
        for (int i = 0; i < n; i++) {
            double u = i * (double) spans / n;
            int k = Math.min((int) u, spans - 1);
            double t = u - k;
            double light = bare[i] / top;
            shapes[k][i] = light * (1 - t) * (1 - t) * (1 - t) / 6;
            shapes[k + 1][i] = light * (3 * t * t * t - 6 * t * t + 4) / 6;
            shapes[k + 2][i] = light * (-3 * t * t * t + 3 * t * t + 3 * t + 1) / 6;
            shapes[k + 3][i] = light * t * t * t / 6;
            shapes[splines][i] = even.water()[i] / top;
        }
        double level = level(bare, top, rate);
        double bend = (broad ? BEND_BROAD : BEND) * level;
        penalty = new double[shapes.length * shapes.length];
        double[] second = {1, -2, 1};
        for (int k = 0; k + 2 < splines; k++) {
            for (int a = 0; a < 3; a++) {
                for (int b = 0; b < 3; b++) {
                    penalty[(k + a) * shapes.length + k + b] += second[a] * second[b] / (bend * bend);
                }
            }
        }
        penalty[shapes.length * shapes.length - 1] = 1 / (WATER * WATER * level * level);
    }

    /** About the strength of the parts: lines are narrow, so that the median over columns is little higher. */
    private static double level(double[] bare, double top, double[] rate) {
        double[] over = IntStream.range(0, rate.length)
                .filter(i -> bare[i] > FAINT * top)
                .mapToDouble(i -> rate[i] * top / bare[i])
                .toArray();
        double brightest = 1e-300;
        for (double v : rate) {
            brightest = Math.max(brightest, v);
        }
        return Math.max(over.length == 0 ? 0 : RobustStatistics.median(over), LOWEST * brightest);
    }

    int size() {
        return shapes.length;
    }

    /** Light per column of one of its parts at unit strength. */
    double[] part(int k) {
        return shapes[k];
    }

    /** Inverse covariance of the prior of the parts' strengths, whose mean is a straight line; by rows. */
    double[] penalty() {
        return penalty;
    }
}
