package io.spectractor.core.forward;

import java.util.Arrays;

/**
 * The products of stamps with stamps, weighted by the pixels: bands, because stamps further apart than a stamp's width
 * share no pixel. Columns are padded by half a stamp at both ends.
 */
final class GramBands {
    private final int n;
    private final int half;
    private final int width;
    private final double[] first;
    private final double[] cross;
    private final double[] second;
    private final double[] u;
    private final double[] v;

    GramBands(int n, int half) {
        this.n = n;
        this.half = half;
        this.width = 2 * half + 1;
        int padded = n + 2 * half;
        this.first = new double[padded * width];
        this.second = new double[padded * width];
        this.cross = new double[padded * (2 * width - 1)];
        this.u = new double[width];
        this.v = new double[width];
    }

    void clear() {
        Arrays.fill(first, 0);
        Arrays.fill(cross, 0);
        Arrays.fill(second, 0);
    }

    /** Adds a pixel of column x, whose stamps begin at the given places. */
    void add(int x, double weight, float[] order1, int at, float[] order2, int at2, boolean overlap) {
        for (int i = 0; i < width; i++) {
            u[i] = order1[at + i];
        }
        addBand(first, u, x, weight);
        if (!overlap) {
            return;
        }
        for (int i = 0; i < width; i++) {
            v[i] = order2[at2 + i];
        }
        addBand(second, v, x, weight);
        int span = 2 * width - 1;
        for (int i = 0; i < width; i++) {
            double w = weight * u[i];
            int row = (x + i) * span + 2 * half - i;
            for (int j = 0; j < width; j++) {
                cross[row + j] += w * v[j];
            }
        }
    }

    private void addBand(double[] band, double[] s, int x, double weight) {
        for (int i = 0; i < width; i++) {
            double w = weight * s[i];
            int row = (x + i) * width - i;
            for (int j = i; j < width; j++) {
                band[row + j] += w * s[j];
            }
        }
    }

    /** The n x n matrix of the amplitudes: the bands seen through the maps that make columns' light of amplitudes. */
    double[] fold(LightMap one, LightMap two) {
        double[] a = new double[n * n];
        foldBand(a, first, one);
        if (two.firstLit() < two.to()) {
            foldBand(a, second, two);
            for (int i = one.from(); i < one.to(); i++) {
                int to = Math.min(two.to() - 1, i + 2 * half);
                for (int j = Math.max(two.from(), i - 2 * half); j <= to; j++) {
                    foldPair(a, one, i, two, j, cross[(i + half) * (2 * width - 1) + j - i + 2 * half]);
                }
            }
        }
        return a;
    }

    private void foldBand(double[] a, double[] band, LightMap light) {
        for (int i = light.from(); i < light.to(); i++) {
            for (int j = i; j < Math.min(light.to(), i + width); j++) {
                // A column with itself stands once in the sum, a pair of columns twice.
                foldPair(a, light, i, light, j, band[(i + half) * width + j - i] * (i == j ? 0.5 : 1));
            }
        }
    }

    private void foldPair(double[] a, LightMap p, int i, LightMap q, int j, double value) {
        int s = p.source(i);
        int t = q.source(j);
        if (s < 0 || t < 0 || value == 0) {
            return;
        }
        addBoth(a, s, t, value * p.left(i) * q.left(j));
        if (p.right(i) != 0) {
            addBoth(a, s + 1, t, value * p.right(i) * q.left(j));
        }
        if (q.right(j) != 0) {
            addBoth(a, s, t + 1, value * p.left(i) * q.right(j));
            if (p.right(i) != 0) {
                addBoth(a, s + 1, t + 1, value * p.right(i) * q.right(j));
            }
        }
    }

    private void addBoth(double[] a, int i, int j, double value) {
        a[i * n + j] += value;
        a[j * n + i] += value;
    }
}
