package io.spectractor.core.forward.stamps;

import io.spectractor.core.fit.RowSum;
import io.spectractor.core.forward.equations.ParameterSums;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Adds up, column of pixels after column, the sums that couple parameters with each other, with the amplitudes and with
 * the residuals. Parameters without an effect on a column (knots and stars far away, order 2 where it has no light) cost
 * nothing there.
 */
public final class ColumnSums {
    private final int rows;
    private final int width;
    private final ParameterSums sums;
    /** By parameter and row: derivatives of the column at hand, which the caller fills in. */
    public final double[][] jacobian;

    private final int[] active;
    private final double[][] weighted;
    private final double[][] byRow;
    private final double[][] weightedByRow;
    private final double[] part;
    private final double[][] cross1;
    private final double[][] cross2;

    /**
     * @param parameters how many there are
     * @param rows pixels per column
     * @param columns of the window
     * @param half half width of a stamp
     */
    public ColumnSums(int parameters, int rows, int columns, int half) {
        this.rows = rows;
        this.width = 2 * half + 1;
        this.sums = new ParameterSums(parameters, columns);
        this.jacobian = new double[parameters][rows];
        this.active = new int[parameters];
        this.weighted = new double[parameters][rows];
        this.byRow = new double[rows][parameters];
        this.weightedByRow = new double[rows][parameters];
        this.part = new double[parameters];
        this.cross1 = new double[parameters][columns + 2 * half];
        this.cross2 = new double[parameters][columns + 2 * half];
    }

    /**
     * Adds the pixels of a column.
     *
     * @param weight per row
     * @param weightedResidual data minus model times weight, per row; 0 where the weight is
     * @param order1 stamps by source column and row
     * @param order2 the same for the second order; null where it has no light
     */
    public void add(
            int column, double[] weight, double[] weightedResidual, double[][] order1, double @Nullable [][] order2) {
        int count = findActive();
        for (int a = 0; a < count; a++) {
            double[] slope = jacobian[active[a]];
            double[] product = weighted[a];
            double gradient = 0;
            for (int k = 0; k < rows; k++) {
                product[k] = weight[k] * slope[k];
                byRow[k][a] = slope[k];
                weightedByRow[k][a] = product[k];
                gradient += slope[k] * weightedResidual[k];
            }
            sums.gradient[active[a]] += gradient;
        }
        for (int a = 0; a < count; a++) {
            Arrays.fill(part, a, count, 0);
            RowSum.add(part, byRow, 0, rows, weighted[a], 0, a, count);
            for (int b = a; b < count; b++) {
                // active ones are in rising order: this is the upper triangle
                sums.matrix[active[a] * sums.count + active[b]] += part[b];
            }
        }
        addCross(column, count, order1, cross1);
        if (order2 != null) {
            addCross(column, count, order2, cross2);
        }
    }

    private int findActive() {
        int count = 0;
        for (int q = 0; q < jacobian.length; q++) {
            boolean any = false;
            for (int k = 0; k < rows && !any; k++) {
                any = jacobian[q][k] != 0;
            }
            if (any) {
                active[count++] = q;
            }
        }
        return count;
    }

    private void addCross(int column, int count, double[][] stamps, double[][] cross) {
        for (int i = 0; i < width; i++) {
            Arrays.fill(part, 0, count, 0);
            RowSum.add(part, weightedByRow, 0, rows, stamps[i], 0, 0, count);
            for (int a = 0; a < count; a++) {
                cross[active[a]][column + i] += part[a];
            }
        }
    }

    /** The sums, with the light of both orders as maps of the amplitudes. */
    public ParameterSums finish(LightMap one, LightMap two) {
        for (int q = 0; q < sums.count; q++) {
            for (int r = 0; r < q; r++) {
                sums.matrix[q * sums.count + r] = sums.matrix[r * sums.count + q];
            }
        }
        for (int q = 0; q < jacobian.length; q++) {
            one.addTransposed(cross1[q], sums.cross[q]);
            two.addTransposed(cross2[q], sums.cross[q]);
        }
        return sums;
    }
}
