package io.spectractor.core.forward.stamps;

import io.spectractor.core.fit.EnvelopeMatrix;
import io.spectractor.core.fit.RowSum;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The products of stamps with stamps, weighted by the pixels: bands, because stamps further apart than a stamp's width
 * share no pixel. Columns are padded by half a stamp at both ends.
 */
public final class GramBands {
    private final int n;
    private final int half;
    private final int width;
    private final double[] first;
    private final double[] cross;
    private final double[] second;
    /** Products within a column of pixels. */
    private final double[][] block;

    private final double[][] byRow1;
    private final double[][] byRow2;
    private final double[] weighted;
    private final double[] folded;

    /**
     * @param n columns
     * @param rows pixels per column
     */
    public GramBands(int n, int half, int rows) {
        this.n = n;
        this.half = half;
        this.width = 2 * half + 1;
        int padded = n + 2 * half;
        this.first = new double[padded * width];
        this.second = new double[padded * width];
        this.cross = new double[padded * (2 * width - 1)];
        this.block = new double[width][width];
        this.byRow1 = new double[rows][width];
        this.byRow2 = new double[rows][width];
        this.weighted = new double[rows];
        this.folded = new double[n * n];
    }

    public void clear() {
        Arrays.fill(first, 0);
        Arrays.fill(cross, 0);
        Arrays.fill(second, 0);
    }

    /**
     * Adds the pixels of column x.
     *
     * @param weight per row
     * @param order1 stamps by source column and row
     * @param order2 the same for the second order; null where it has no light
     */
    public void add(int x, double[] weight, double[][] order1, double @Nullable [][] order2) {
        transpose(order1, byRow1);
        addBand(first, x, weight, order1, byRow1);
        if (order2 == null) {
            return;
        }
        transpose(order2, byRow2);
        addBand(second, x, weight, order2, byRow2);
        int span = 2 * width - 1;
        for (int i = 0; i < width; i++) {
            multiply(weight, order1[i], byRow2, i, 0);
            int row = (x + i) * span + 2 * half - i;
            for (int j = 0; j < width; j++) {
                cross[row + j] += block[i][j];
            }
        }
    }

    private void addBand(double[] band, int x, double[] weight, double[][] stamps, double[][] byRow) {
        for (int i = 0; i < width; i++) {
            multiply(weight, stamps[i], byRow, i, i);
            int row = (x + i) * width - i;
            for (int j = i; j < width; j++) {
                band[row + j] += block[i][j];
            }
        }
    }

    /** Row i of the block, from a column on. */
    private void multiply(double[] weight, double[] stamp, double[][] byRow, int i, int from) {
        for (int k = 0; k < weighted.length; k++) {
            weighted[k] = weight[k] * stamp[k];
        }
        Arrays.fill(block[i], from, width, 0);
        RowSum.add(block[i], byRow, 0, weighted.length, weighted, 0, from, width);
    }

    private static void transpose(double[][] stamps, double[][] byRow) {
        for (int i = 0; i < stamps.length; i++) {
            double[] s = stamps[i];
            for (int k = 0; k < byRow.length; k++) {
                byRow[k][i] = s[k];
            }
        }
    }

    /** The n x n matrix of the amplitudes: the bands seen through the maps that make columns' light of amplitudes. */
    public double[] fold(LightMap one, LightMap two) {
        return fold(one, two, new double[n * n]);
    }

    /** The same as a matrix that only stores what isn't 0, and neighbours no further apart than reach. */
    public EnvelopeMatrix fold(LightMap one, LightMap two, int reach) {
        Arrays.fill(folded, 0);
        return EnvelopeMatrix.of(fold(one, two, folded), two.eliminationOrder(), reach);
    }

    private double[] fold(LightMap one, LightMap two, double[] a) {
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
