package io.spectractor.core.emission;

/** What lies below lines: the light of a star without features times a cubic spline. Immutable. */
final class Continuum {
    private static final double COLUMNS_PER_KNOT = 48;
    private static final int FEWEST = 4;

    private final double[][] shapes;

    /** @param bare what a source of even light would give per column, in any unit */
    Continuum(double[] bare) {
        int n = bare.length;
        double top = 1e-300;
        for (double v : bare) {
            top = Math.max(top, v);
        }
        int spans = Math.max(FEWEST, (int) Math.round(n / COLUMNS_PER_KNOT));
        shapes = new double[spans + 3][n];
        for (int i = 0; i < n; i++) {
            double u = i * (double) spans / n;
            int k = Math.min((int) u, spans - 1);
            double t = u - k;
            double light = bare[i] / top;
            shapes[k][i] = light * (1 - t) * (1 - t) * (1 - t) / 6;
            shapes[k + 1][i] = light * (3 * t * t * t - 6 * t * t + 4) / 6;
            shapes[k + 2][i] = light * (-3 * t * t * t + 3 * t * t + 3 * t + 1) / 6;
            shapes[k + 3][i] = light * t * t * t / 6;
        }
    }

    int size() {
        return shapes.length;
    }

    /** Light per column of one of its parts at unit strength. */
    double[] part(int k) {
        return shapes[k];
    }
}
