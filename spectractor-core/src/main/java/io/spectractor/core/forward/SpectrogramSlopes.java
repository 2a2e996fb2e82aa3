package io.spectractor.core.forward;

import io.spectractor.core.extraction.ProfileWindow;
import io.spectractor.core.fit.RowSum;
import io.spectractor.core.forward.equations.ForwardParameters;
import io.spectractor.core.forward.equations.ParameterSums;
import io.spectractor.core.forward.neighbours.FieldStars;
import io.spectractor.core.forward.stamps.ColumnSums;
import io.spectractor.core.forward.stamps.LightMap;
import io.spectractor.core.forward.stamps.OrderStamps;
import java.util.Arrays;

/** How a spectrogram's pixels change with its parameters, at the stamps last evaluated and at given amplitudes. */
final class SpectrogramSlopes {
    private final SpectrogramModel model;
    private final ProfileWindow window;
    private final ForwardParameters layout;
    private final OrderStamps first;
    private final OrderStamps second;
    private final LightMap one;
    private final LightMap light;
    private final double[] parameters;
    /** By parameter and column from half a stamp before the window on: factors on order 1's slopes. */
    private final double[][] coefficient1;
    /** The same on order 2's slopes, and on its value for parameters that change its light. */
    private final double[][] coefficient2;
    /** Order 2's light times a shape parameter, by shape parameter and column. */
    private final double[][] byWidth;

    /**
     * @param amplitudes order 1, ADU/s
     * @param parameters those that the stamps were evaluated for
     * @param lightSlopes derivatives of order 2's light per column by distance and by shift
     */
    SpectrogramSlopes(SpectrogramModel model, double[] amplitudes, double[] parameters, double[][] lightSlopes) {
        this.model = model;
        this.window = model.window;
        this.layout = model.layout;
        this.first = model.first;
        this.second = model.second;
        this.one = model.one;
        this.light = model.light;
        this.parameters = parameters;
        this.coefficient1 = new double[layout.order2][window.columns + 2 * first.half];
        this.coefficient2 = new double[layout.count][window.columns + 2 * first.half];
        double[] b = light.apply(amplitudes);
        fillCoefficients(amplitudes, b);
        for (int i = 0; i < b.length; i++) {
            coefficient2[layout.order2][i] = b[i] / parameters[layout.order2];
        }
        coefficient2[layout.distance] = lightSlopes[0];
        coefficient2[layout.distance + 1] = lightSlopes[1];
        this.byWidth = model.widths(light, b);
    }

    /** The sums that couple parameters with each other, with the amplitudes and with the residuals. */
    ParameterSums sums(double[] weight, double[] residual) {
        ColumnSums sums = new ColumnSums(layout.count, window.rows, window.columns, first.half);
        double[] columnWeight = new double[window.rows];
        double[] weightedResidual = new double[window.rows];
        for (int c = 0; c < window.columns; c++) {
            for (int k = 0; k < window.rows; k++) {
                int p = c * window.rows + k;
                columnWeight[k] = weight[p];
                weightedResidual[k] = weight[p] > 0 ? weight[p] * residual[p] : 0;
            }
            fillJacobian(c, sums.jacobian);
            fillHigherOrders(c, sums.jacobian);
            sums.add(c, columnWeight, weightedResidual, first.value(c), model.overlaps(c) ? second.value(c) : null);
        }
        return sums.finish(one, light);
    }

    /** J^T v: stamps are projected once for all parameters that share their slopes. */
    double[] gradient(double[] v) {
        double[] out = new double[layout.count];
        for (int m = 0; m <= model.psf.shapeCount(); m++) {
            double[] projected1 = new double[one.to() - one.from()];
            double[] projected2 = new double[projected1.length];
            for (int c = 0; c < window.columns; c++) {
                model.project(first.slope(m, c), v, c, projected1);
                if (model.overlaps(c)) {
                    model.project(second.slope(m, c), v, c, projected2);
                }
            }
            for (int q = 0; q < layout.order2; q++) {
                if (layout.slopeOf(q) == m) {
                    out[q] = RowSum.dot(coefficient1[q], projected1, 0, 0, projected1.length)
                            + RowSum.dot(coefficient2[q], projected2, 0, 0, projected2.length);
                }
            }
            if (m > 0 && model.psf.isWidth(m - 1)) {
                out[layout.width2] += RowSum.dot(byWidth[m - 1], projected2, 0, 0, projected2.length);
            }
        }
        double[] shares = new double[one.to() - one.from()];
        for (int c = 0; c < window.columns; c++) {
            if (model.overlaps(c)) {
                model.project(second.value(c), v, c, shares);
            }
        }
        for (int q : new int[] {layout.order2, layout.distance, layout.distance + 1}) {
            out[q] = RowSum.dot(coefficient2[q], shares, 0, 0, shares.length);
        }
        double third = RowSum.dot(model.third, v, 0, 0, v.length);
        double change = RowSum.dot(model.thirdWider, v, 0, 0, v.length);
        out[layout.order3] = third + parameters[layout.width3] * change;
        out[layout.width3] = parameters[layout.order3] * change;
        for (int k = 0; k < layout.skySize; k++) {
            out[layout.sky + k] = RowSum.dot(model.skyBasis[k], v, 0, 0, v.length);
        }
        addBeside(v, out);
        return out;
    }

    /** The part of known stars, of a neighbour's spectrum and of stars that were found. */
    private void addBeside(double[] v, double[] out) {
        int from = Math.min(layout.known, Math.min(layout.neighbour, layout.stars));
        int to = Math.max(
                layout.known + model.known.size(),
                Math.max(
                        layout.neighbour + model.neighbour.size(),
                        layout.stars + FieldStars.PARAMETERS * model.stars.count()));
        if (to == from) {
            return;
        }
        double[][] jacobian = new double[layout.count][window.rows];
        for (int c = 0; c < window.columns; c++) {
            model.known.fill(c, jacobian, layout.known);
            model.neighbour.fill(c, jacobian, layout.neighbour);
            model.stars.fill(c, jacobian, layout.stars);
            for (int q = from; q < to; q++) {
                out[q] += RowSum.dot(jacobian[q], v, c * window.rows, 0, window.rows);
            }
        }
    }

    /** Derivatives of a column's pixels by all parameters. */
    private void fillJacobian(int c, double[][] jacobian) {
        boolean overlap = model.overlaps(c);
        int width = first.width;
        for (int q = 0; q < layout.order2; q++) {
            Arrays.fill(jacobian[q], 0);
            int m = layout.slopeOf(q);
            RowSum.add(jacobian[q], first.slope(m, c), 0, width, coefficient1[q], c, 0, window.rows);
            if (overlap) {
                RowSum.add(jacobian[q], second.slope(m, c), 0, width, coefficient2[q], c, 0, window.rows);
            }
        }
        for (int q : new int[] {layout.order2, layout.distance, layout.distance + 1}) {
            Arrays.fill(jacobian[q], 0);
            if (overlap) {
                RowSum.add(jacobian[q], second.value(c), 0, width, coefficient2[q], c, 0, window.rows);
            }
        }
        int from = c * window.rows;
        for (int k = 0; k < layout.skySize; k++) {
            System.arraycopy(model.skyBasis[k], from, jacobian[layout.sky + k], 0, window.rows);
        }
        model.known.fill(c, jacobian, layout.known);
        model.neighbour.fill(c, jacobian, layout.neighbour);
        model.stars.fill(c, jacobian, layout.stars);
    }

    /** Derivatives by the third order's light and by the widths of the higher orders. */
    private void fillHigherOrders(int c, double[][] jacobian) {
        int from = c * window.rows;
        for (int k = 0; k < window.rows; k++) {
            double change = model.thirdWider[from + k];
            jacobian[layout.order3][k] = model.third[from + k] + parameters[layout.width3] * change;
            jacobian[layout.width3][k] = parameters[layout.order3] * change;
        }
        Arrays.fill(jacobian[layout.width2], 0);
        for (int k = 0; k < byWidth.length && model.overlaps(c); k++) {
            if (model.psf.isWidth(k)) {
                RowSum.add(
                        jacobian[layout.width2], second.slope(1 + k, c), 0, first.width, byWidth[k], c, 0, window.rows);
            }
        }
    }

    private void fillCoefficients(double[] a, double[] b) {
        double[] amplitude = new double[layout.shapeCount() + 1];
        double[] trace = new double[layout.order2];
        double[] shape = new double[layout.order2];
        double[] light1 = one.apply(a);
        for (int c = one.from(); c < one.to(); c++) {
            int at = c - one.from();
            if (one.source(c) >= 0) {
                Arrays.fill(amplitude, light1[at]);
                model.values.chain(one.source(c), amplitude, 0, shape, 0);
                for (int q = 0; q < layout.order2; q++) {
                    coefficient1[q][at] = shape[q];
                }
            }
            if (light.source(c) >= 0) {
                Arrays.fill(amplitude, b[at]);
                model.values.chain(Math.min(window.columns - 1, Math.max(0, c)), amplitude, 0, trace, 0);
                for (int k = 0; k < model.psf.shapeCount(); k++) {
                    amplitude[1 + k] *= model.psf.isWidth(k) ? 1 + model.wider : 1;
                }
                model.values.chain(light.source(c), amplitude, 0, shape, 0);
                for (int q = 0; q < layout.order2; q++) {
                    coefficient2[q][at] = q < layout.traceCount() ? trace[q] : shape[q];
                }
            }
        }
    }
}
