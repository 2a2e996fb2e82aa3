package io.spectractor.core.forward;

import io.spectractor.core.background.SkyModel;
import io.spectractor.core.extraction.ProfileWindow;
import io.spectractor.core.psf.ChromaticColumns;
import io.spectractor.core.psf.PointSpreadFunction;
import java.util.Arrays;
import java.util.Optional;

/**
 * The spectrogram of orders 1 and 2 as a linear function of the first order's amplitudes, M a, for given parameters; and
 * the sums over pixels that a fit needs. Owns large work arrays: one instance per fit.
 */
final class SpectrogramModel {
    /** How far a trace may lie from the middle of the window, px. */
    private static final int ROW_MARGIN = 8;
    /** How far the onset of order 2 may move in a fit, px. */
    private static final int ONSET_MARGIN = 12;

    private final ProfileWindow window;
    private final PointSpreadFunction psf;
    private final ForwardParameters layout;
    private final NeighbourSpectrum neighbour;
    private final FieldStars stars;
    private final boolean pixelIntegrated;
    private final ProfileTable table;
    private final OrderStamps first;
    private final OrderStamps second;
    private final GramBands gram;
    private final double[] skyBasis;
    private final double[] traceY;
    private final LightMap one;
    private LightMap light;
    private ChromaticColumns values;
    /** Light of the third order per pixel, ADU/s: so faint that it follows from the amplitudes of the fit before. */
    private final double[] third;

    /**
     * @param one first order
     * @param light second order at the start
     */
    SpectrogramModel(ForwardSetup setup, LightMap one, LightMap light) {
        this.one = one;
        this.window = setup.window;
        this.psf = setup.psf;
        this.layout = setup.layout;
        this.neighbour = setup.neighbour;
        this.stars = setup.stars;
        this.pixelIntegrated = setup.psfConfig.pixelIntegrated();
        this.third = new double[window.signal.length];
        this.first = new OrderStamps(window, 0, setup.half, psf.shapeCount());
        this.second =
                new OrderStamps(window, light.firstLit() - setup.half - ONSET_MARGIN, setup.half, psf.shapeCount());
        this.table = new ProfileTable(
                window.columns, setup.half, window.rows / 2 + ROW_MARGIN, psf.shapeCount(), pixelIntegrated);
        this.gram = new GramBands(window.columns, setup.half);
        this.traceY = setup.input.startY();
        this.skyBasis = skyBasis(setup.input.sky());
        this.light = light;
        this.values = layout.over(setup.start);
    }

    private double[] skyBasis(SkyModel sky) {
        double[] basis = new double[window.signal.length * layout.skySize];
        double[] one = new double[layout.skySize];
        for (int p = 0; p < window.signal.length; p++) {
            int c = p / window.rows;
            sky.fillBasis(window.firstColumn + c, window.firstRow[c] + p % window.rows, one);
            System.arraycopy(one, 0, basis, p * one.length, one.length);
        }
        return basis;
    }

    /**
     * Evaluates all stamps.
     *
     * @param parameters see {@link ForwardParameters}
     * @param rows1 trace of order 1 without its correction, px, in all columns from half a stamp before the first on
     * @param rows2 trace of order 2
     * @param newLight order 2 as a map of order 1
     */
    void evaluate(double[] parameters, double[] rows1, double[] rows2, LightMap newLight) {
        light = newLight;
        values = layout.over(parameters);
        table.fill(values, psf);
        neighbour.evaluate(parameters, layout.neighbour, values, psf, pixelIntegrated);
        stars.evaluate(parameters, layout.stars, values, psf, pixelIntegrated);
        for (int c = one.from(); c < one.to(); c++) {
            if (one.source(c) >= 0) {
                first.put(c, rows1[c - one.from()] + correction(c), table, one.source(c));
            }
        }
        second.clear();
        for (int c = light.from(); c < light.to(); c++) {
            if (light.source(c) >= 0) {
                second.put(c, rows2[c - light.from()] + correction(c), table, light.source(c));
            }
        }
    }

    /**
     * Computes the third order's light anew, with the stamps last evaluated.
     *
     * @param amplitudes first order, ADU/s
     * @param map order 3 as a map of order 1
     * @param rows trace of order 3 without its correction, px, in all columns of the map
     */
    void renewThirdOrder(double[] amplitudes, LightMap map, double[] rows) {
        Arrays.fill(third, 0);
        OrderStamps stamps = new OrderStamps(window, map.firstLit() - first.half, first.half, psf.shapeCount());
        for (int c = map.from(); c < map.to(); c++) {
            if (map.source(c) >= 0) {
                stamps.put(c, rows[c - map.from()] + correction(c), table, map.source(c));
            }
        }
        double[] rate = map.apply(amplitudes);
        for (int c = stamps.firstColumn; c < window.columns; c++) {
            for (int p = c * window.rows; p < (c + 1) * window.rows; p++) {
                third[p] = dot(stamps.value, stamps.at(p), rate, c);
            }
        }
    }

    /** Correction of the trace: that of the last column inside, beyond the ends. */
    private double correction(int column) {
        return values.shape(Math.min(window.columns - 1, Math.max(0, column)))[0];
    }

    /** Whether the second order puts light into a column. */
    private boolean overlaps(int column) {
        return column >= second.firstColumn && light.firstLit() - first.half <= column;
    }

    /** M^T W M, n x n. */
    double[] normalMatrix(double[] weight) {
        gram.clear();
        for (int c = 0; c < window.columns; c++) {
            boolean overlap = overlaps(c);
            for (int p = c * window.rows; p < (c + 1) * window.rows; p++) {
                if (weight[p] > 0) {
                    gram.add(c, weight[p], first.value, first.at(p), second.value, overlap ? second.at(p) : 0, overlap);
                }
            }
        }
        return gram.fold(one, light);
    }

    /** M^T v. */
    double[] project(double[] v) {
        int n = window.columns;
        int half = first.half;
        double[] sum1 = new double[n + 2 * half];
        double[] sum2 = new double[n + 2 * half];
        for (int c = 0; c < n; c++) {
            boolean overlap = overlaps(c);
            for (int p = c * window.rows; p < (c + 1) * window.rows; p++) {
                if (v[p] != 0) {
                    axpy(v[p], first.value, first.at(p), sum1, c);
                    if (overlap) {
                        axpy(v[p], second.value, second.at(p), sum2, c);
                    }
                }
            }
        }
        return folded(sum1, sum2);
    }

    private double[] folded(double[] sum1, double[] sum2) {
        double[] out = new double[window.columns];
        one.addTransposed(sum1, out);
        light.addTransposed(sum2, out);
        return out;
    }

    private void axpy(double factor, float[] stamps, int at, double[] sum, int to) {
        for (int i = 0; i < first.width; i++) {
            sum[to + i] += factor * stamps[at + i];
        }
    }

    private double dot(float[] stamps, int at, double[] padded, int from) {
        double sum = 0;
        for (int i = 0; i < first.width; i++) {
            sum += stamps[at + i] * padded[from + i];
        }
        return sum;
    }

    /** Light of order 2 per column inside. */
    double[] secondOrder(double[] amplitudes) {
        return Arrays.copyOfRange(light.apply(amplitudes), -light.from(), window.columns - light.from());
    }

    /** M a, ADU/s per pixel of the window. */
    double[] model(double[] amplitudes) {
        double[] a = one.apply(amplitudes);
        double[] b = light.apply(amplitudes);
        double[] out = new double[window.signal.length];
        for (int c = 0; c < window.columns; c++) {
            boolean overlap = overlaps(c);
            for (int p = c * window.rows; p < (c + 1) * window.rows; p++) {
                out[p] = dot(first.value, first.at(p), a, c) + (overlap ? dot(second.value, second.at(p), b, c) : 0);
            }
        }
        return out;
    }

    /** The correction to the sky, the third order, a neighbour's spectrum and the stars under the spectrum, ADU/s per pixel of the window. */
    double[] foreground(double[] parameters) {
        double[] out = new double[window.signal.length];
        for (int p = 0; p < out.length; p++) {
            out[p] = parameters[layout.order3] * third[p];
            for (int k = 0; k < layout.skySize; k++) {
                out[p] += parameters[layout.sky + k] * skyBasis[p * layout.skySize + k];
            }
        }
        neighbour.add(parameters, layout.neighbour, out);
        stars.add(parameters, layout.stars, out);
        return out;
    }

    /**
     * The sums that couple parameters with each other, with the amplitudes and with the residuals.
     *
     * @param amplitudes order 1, ADU/s
     * @param order2Scale the factor on order 2 that the light map includes
     * @param lightSlopes derivatives of order 2's light per column by distance and by shift
     * @param weight per pixel
     * @param residual data minus model per pixel
     */
    ParameterSums sums(
            double[] amplitudes, double order2Scale, double[][] lightSlopes, double[] weight, double[] residual) {
        ParameterSums sums = new ParameterSums(layout.count, window.columns);
        double[][] coefficient1 = new double[layout.order2][window.columns + 2 * first.half];
        double[][] coefficient2 = new double[layout.order2][window.columns + 2 * first.half];
        double[] b = light.apply(amplitudes);
        fillCoefficients(amplitudes, b, coefficient1, coefficient2);
        double[] scaled = b.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] /= order2Scale;
        }
        int[] slopeOf = new int[layout.order2];
        for (int q = 0; q < slopeOf.length; q++) {
            slopeOf[q] = layout.slopeOf(q);
        }
        double[] byDistance = lightSlopes[0];
        double[] byShift = lightSlopes[1];
        double[][] cross1 = new double[layout.count][window.columns + 2 * first.half];
        double[][] cross2 = new double[layout.count][window.columns + 2 * first.half];
        double[] row = new double[layout.count];
        for (int c = 0; c < window.columns; c++) {
            boolean overlap = overlaps(c);
            for (int p = c * window.rows; p < (c + 1) * window.rows; p++) {
                if (!(weight[p] > 0)) {
                    continue;
                }
                int at = first.at(p);
                int at2 = overlap ? second.at(p) : 0;
                for (int q = 0; q < layout.order2; q++) {
                    double slope = dot(first.slope[slopeOf[q]], at, coefficient1[q], c);
                    row[q] = overlap ? slope + dot(second.slope[slopeOf[q]], at2, coefficient2[q], c) : slope;
                }
                row[layout.order2] = overlap ? dot(second.value, at2, scaled, c) : 0;
                row[layout.order3] = third[p];
                System.arraycopy(skyBasis, p * layout.skySize, row, layout.sky, layout.skySize);
                neighbour.fill(p, row, layout.neighbour);
                stars.fill(p, row, layout.stars);
                row[layout.distance] = overlap ? dot(second.value, at2, byDistance, c) : 0;
                row[layout.distance + 1] = overlap ? dot(second.value, at2, byShift, c) : 0;
                sums.add(row, weight[p], residual[p]);
                for (int q = 0; q < row.length; q++) {
                    axpy(weight[p] * row[q], first.value, at, cross1[q], c);
                    if (overlap) {
                        axpy(weight[p] * row[q], second.value, at2, cross2[q], c);
                    }
                }
            }
        }
        for (int q = 0; q < row.length; q++) {
            sums.cross[q] = folded(cross1[q], cross2[q]);
        }
        return sums;
    }

    private void fillCoefficients(double[] a, double[] b, double[][] coefficient1, double[][] coefficient2) {
        double[] amplitude = new double[layout.shapeCount() + 1];
        double[] trace = new double[layout.order2];
        double[] shape = new double[layout.order2];
        double[] light1 = one.apply(a);
        for (int c = one.from(); c < one.to(); c++) {
            int at = c - one.from();
            if (one.source(c) >= 0) {
                Arrays.fill(amplitude, light1[at]);
                values.chain(one.source(c), amplitude, 0, shape, 0);
                for (int q = 0; q < layout.order2; q++) {
                    coefficient1[q][at] = shape[q];
                }
            }
            if (light.source(c) >= 0) {
                Arrays.fill(amplitude, b[at]);
                values.chain(Math.min(window.columns - 1, Math.max(0, c)), amplitude, 0, trace, 0);
                values.chain(light.source(c), amplitude, 0, shape, 0);
                for (int q = 0; q < layout.order2; q++) {
                    coefficient2[q][at] = q < layout.traceCount() ? trace[q] : shape[q];
                }
            }
        }
    }

    /** Trace correction and shape that the stamps were evaluated with. */
    ChromaticColumns values() {
        return values;
    }

    /** What residuals of single places show. */
    NeighbourSearch.Result neighbours(double[] residual, double[] weight) {
        return new NeighbourSearch(window, table, first.half).find(residual, weight);
    }

    /** The spectrum of another star that the residuals show. */
    Optional<NeighbourSpectrumSearch.Found> neighbourSpectrum(double[] residual, double[] weight) {
        return new NeighbourSpectrumSearch(window, traceY, values, psf).find(residual, weight);
    }
}
