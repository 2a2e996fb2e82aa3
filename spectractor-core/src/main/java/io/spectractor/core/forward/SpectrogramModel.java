package io.spectractor.core.forward;

import io.spectractor.core.background.SkyModel;
import io.spectractor.core.extraction.ProfileWindow;
import io.spectractor.core.fit.EnvelopeMatrix;
import io.spectractor.core.fit.RowSum;
import io.spectractor.core.forward.equations.ForwardParameters;
import io.spectractor.core.forward.equations.ParameterSums;
import io.spectractor.core.forward.equations.SpectrumPrior;
import io.spectractor.core.forward.neighbours.FieldStars;
import io.spectractor.core.forward.neighbours.KnownSourceLight;
import io.spectractor.core.forward.neighbours.NeighbourSearch;
import io.spectractor.core.forward.neighbours.NeighbourSpectrum;
import io.spectractor.core.forward.neighbours.NeighbourSpectrumSearch;
import io.spectractor.core.forward.stamps.ColumnStamp;
import io.spectractor.core.forward.stamps.GramBands;
import io.spectractor.core.forward.stamps.LightMap;
import io.spectractor.core.forward.stamps.OrderStamps;
import io.spectractor.core.forward.stamps.ProfileCorrection;
import io.spectractor.core.forward.stamps.ProfileTable;
import io.spectractor.core.forward.stamps.StampRemainder;
import io.spectractor.core.psf.ChromaticColumns;
import io.spectractor.core.psf.PointSpreadFunction;
import java.util.Arrays;
import java.util.Optional;

/**
 * The spectrogram of orders 1 and 2 as a linear function of the first order's amplitudes, M a, for given parameters; and
 * the sums over pixels that a fit needs. Fits of the same window take turns in the use of its large work arrays.
 */
public final class SpectrogramModel {
    final ProfileWindow window;
    final PointSpreadFunction psf;
    final ForwardParameters layout;
    final KnownSourceLight known;
    final NeighbourSpectrum neighbour;
    final FieldStars stars;
    private final boolean pixelIntegrated;
    private final ProfileCorrection correction;
    private final StampWorkspace work;
    private final ProfileTable table;
    final OrderStamps first;
    final OrderStamps second;
    private final GramBands gram;
    /** By coefficient and pixel. */
    final double[][] skyBasis;

    private final double[] traceY;
    final LightMap one;
    LightMap light;
    ChromaticColumns values;
    /** By what fraction the stamps of order 2 are wider. */
    double wider;
    /** Light of the third order per pixel, ADU/s: so faint that it follows from the amplitudes of the fit before. */
    final double[] third;
    /** Its change per fraction that it is wider. */
    final double[] thirdWider;
    /** What the stamps of orders 1 and 2 get wrong because they end, ADU/s per pixel. */
    private final double[] remainder;

    private double[] rows1 = {};
    private double[] rows2 = {};

    /**
     * @param one first order
     * @param light second order at the start
     * @param work arrays made for this window
     */
    public SpectrogramModel(ForwardSetup setup, LightMap one, LightMap light, StampWorkspace work) {
        this.one = one;
        this.window = setup.window;
        this.psf = setup.psf;
        this.layout = setup.layout;
        this.known = setup.known;
        this.neighbour = setup.neighbour;
        this.stars = setup.stars;
        this.pixelIntegrated = setup.psfConfig.pixelIntegrated();
        this.correction = setup.correction;
        this.third = new double[window.signal.length];
        this.thirdWider = new double[window.signal.length];
        this.remainder = new double[window.signal.length];
        this.work = work;
        this.table = work.table;
        this.first = work.first;
        this.second = work.second;
        this.gram = work.gram;
        this.traceY = setup.input.startY();
        this.skyBasis = skyBasis(setup.input.sky());
        this.light = light;
        this.values = layout.over(setup.start);
    }

    private double[][] skyBasis(SkyModel sky) {
        double[][] basis = new double[layout.skySize][window.signal.length];
        double[] one = new double[layout.skySize];
        for (int p = 0; p < window.signal.length; p++) {
            int c = p / window.rows;
            sky.fillBasis(window.firstColumn + c, window.firstRow[c] + p % window.rows, one);
            for (int k = 0; k < one.length; k++) {
                basis[k][p] = one[k];
            }
        }
        return basis;
    }

    /**
     * Evaluates all stamps, unless they are those of these parameters already.
     *
     * @param parameters see {@link ForwardParameters}
     * @param rows1 trace of order 1 without its correction, px, in all columns from half a stamp before the first on
     * @param rows2 trace of order 2
     * @param newLight order 2 as a map of order 1
     */
    public void evaluate(double[] parameters, double[] rows1, double[] rows2, LightMap newLight) {
        light = newLight;
        this.rows1 = rows1;
        this.rows2 = rows2;
        if (work.claim(this, parameters)) {
            return;
        }
        values = layout.over(parameters);
        table.fill(values, psf, correction, 1, 0, window.columns - 1);
        wider = parameters[layout.width2];
        ProfileTable ofSecond = wider == 0 ? table : work.table2;
        if (wider != 0) {
            ofSecond.fill(values, psf, correction, 1 + wider, light.firstSource(), light.lastSource());
        }
        known.evaluate(parameters, layout.known, values, psf, pixelIntegrated);
        neighbour.evaluate(parameters, layout.neighbour, values, psf, pixelIntegrated);
        stars.evaluate(parameters, layout.stars, values, psf, pixelIntegrated);
        for (int c = one.from(); c < one.to(); c++) {
            if (one.source(c) >= 0) {
                first.put(c, rows1[c - one.from()] + correction(c), table, one.source(c));
            }
        }
        for (int c = light.from(); c < light.to(); c++) {
            if (light.source(c) >= 0) {
                second.put(c, rows2[c - light.from()] + correction(c), ofSecond, light.source(c));
            } else {
                second.clear(c);
            }
        }
    }

    /**
     * Computes anew what is so faint that it follows from amplitudes: the third order's light, and what the stamps get wrong
     * because they end; with the stamps last evaluated.
     *
     * @param amplitudes first order, ADU/s
     * @param map order 3 as a map of order 1
     * @param rows trace of order 3 without its correction, px, in all columns of the map
     */
    public void renewFaintLight(double[] amplitudes, LightMap map, double[] rows) {
        Arrays.fill(remainder, 0);
        StampRemainder ends = new StampRemainder(window, first.half, values, psf, pixelIntegrated);
        ends.add(one, one.apply(amplitudes), corrected(rows1, one.from()), remainder);
        ends.add(light, light.apply(amplitudes), corrected(rows2, light.from()), remainder);
        Arrays.fill(third, 0);
        Arrays.fill(thirdWider, 0);
        double[] rate = map.apply(amplitudes);
        double[][] byWidth = widths(map, rate);
        ColumnStamp stamp = new ColumnStamp(window, table, first.half, psf.shapeCount());
        for (int c = map.from(); c < map.to(); c++) {
            if (map.source(c) >= 0) {
                int at = c - map.from();
                stamp.evaluate(c, rows[at] + correction(c), map.source(c));
                stamp.add(0, rate[at], third);
                for (int k = 0; k < psf.shapeCount(); k++) {
                    if (psf.isWidth(k)) {
                        stamp.add(2 + k, byWidth[k][at], thirdWider);
                    }
                }
            }
        }
    }

    /** Rows of a trace with its correction, px. */
    private double[] corrected(double[] rows, int from) {
        double[] out = rows.clone();
        for (int i = 0; i < out.length; i++) {
            out[i] += correction(from + i);
        }
        return out;
    }

    /** Light times shape parameter, by shape parameter and column of a map. */
    double[][] widths(LightMap map, double[] rate) {
        double[][] out = new double[psf.shapeCount()][rate.length];
        for (int c = map.from(); c < map.to(); c++) {
            for (int k = 0; k < out.length && map.source(c) >= 0; k++) {
                out[k][c - map.from()] = rate[c - map.from()] * values.shape(map.source(c))[1 + k];
            }
        }
        return out;
    }

    /** Correction of the trace: that of the last column inside, beyond the ends. */
    private double correction(int column) {
        return values.shape(Math.min(window.columns - 1, Math.max(0, column)))[0];
    }

    /** Whether the second order puts light into a column. */
    boolean overlaps(int column) {
        return column >= second.firstColumn && light.firstLit() - first.half <= column;
    }

    /** M^T W M, n x n. */
    public double[] normalMatrix(double[] weight) {
        addProducts(weight);
        return gram.fold(one, light);
    }

    private void addProducts(double[] weight) {
        gram.clear();
        double[] column = new double[window.rows];
        for (int c = 0; c < window.columns; c++) {
            System.arraycopy(weight, c * window.rows, column, 0, window.rows);
            gram.add(c, column, first.value(c), overlaps(c) ? second.value(c) : null);
        }
    }

    /** The same, stored so that it can be solved with a prior of the amplitudes added. */
    EnvelopeMatrix equations(double[] weight) {
        addProducts(weight);
        return gram.fold(one, light, SpectrumPrior.REACH);
    }

    /** M^T v. */
    public double[] project(double[] v) {
        double[] sum1 = new double[window.columns + 2 * first.half];
        double[] sum2 = new double[sum1.length];
        for (int c = 0; c < window.columns; c++) {
            project(first.value(c), v, c, sum1);
            if (overlaps(c)) {
                project(second.value(c), v, c, sum2);
            }
        }
        return folded(sum1, sum2);
    }

    /** Adds the scalar products of a column's pixels with stamps to those of the columns whose stamps they are. */
    void project(double[][] stamps, double[] v, int column, double[] sum) {
        RowSum.addDots(sum, column, stamps, v, column * window.rows, window.rows);
    }

    private double[] folded(double[] sum1, double[] sum2) {
        double[] out = new double[window.columns];
        one.addTransposed(sum1, out);
        light.addTransposed(sum2, out);
        return out;
    }

    /** Light of order 2 per column inside. */
    double[] secondOrder(double[] amplitudes) {
        return Arrays.copyOfRange(light.apply(amplitudes), -light.from(), window.columns - light.from());
    }

    /** M a, ADU/s per pixel of the window. */
    public double[] model(double[] amplitudes) {
        double[] a = one.apply(amplitudes);
        double[] b = light.apply(amplitudes);
        double[] out = new double[window.signal.length];
        double[] column = new double[window.rows];
        for (int c = 0; c < window.columns; c++) {
            Arrays.fill(column, 0);
            RowSum.add(column, first.value(c), 0, first.width, a, c, 0, window.rows);
            if (overlaps(c)) {
                RowSum.add(column, second.value(c), 0, first.width, b, c, 0, window.rows);
            }
            System.arraycopy(column, 0, out, c * window.rows, window.rows);
        }
        return out;
    }

    /** What the stamps get wrong because they end, the correction to the sky, the third order, a neighbour's spectrum and the stars under the spectrum, ADU/s per pixel of the window. */
    public double[] foreground(double[] parameters) {
        double[] out = new double[window.signal.length];
        RowSum.add(out, remainder, 1, 0, out.length);
        RowSum.add(out, third, parameters[layout.order3], 0, out.length);
        RowSum.add(out, thirdWider, parameters[layout.order3] * parameters[layout.width3], 0, out.length);
        RowSum.add(out, skyBasis, 0, layout.skySize, parameters, layout.sky, 0, out.length);
        known.add(parameters, layout.known, out);
        neighbour.add(parameters, layout.neighbour, out);
        stars.add(parameters, layout.stars, out);
        return out;
    }

    /**
     * The sums that couple parameters with each other, with the amplitudes and with the residuals.
     *
     * @param amplitudes order 1, ADU/s
     * @param parameters those that the stamps were evaluated for
     * @param lightSlopes derivatives of order 2's light per column by distance and by shift
     * @param weight per pixel
     * @param residual data minus model per pixel
     */
    public ParameterSums sums(
            double[] amplitudes, double[] parameters, double[][] lightSlopes, double[] weight, double[] residual) {
        return new SpectrogramSlopes(this, amplitudes, parameters, lightSlopes).sums(weight, residual);
    }

    /**
     * Only J^T v, the gradient among those sums, for a tenth of their operations.
     *
     * @param v weight times residual per pixel
     */
    double[] gradient(double[] amplitudes, double[] parameters, double[][] lightSlopes, double[] v) {
        return new SpectrogramSlopes(this, amplitudes, parameters, lightSlopes).gradient(v);
    }

    /** The arrays, for another model of the same window, which invalidates this one's stamps until they are asked for. */
    public StampWorkspace work() {
        return work;
    }

    /** Trace correction and shape that the stamps were evaluated with. */
    public ChromaticColumns values() {
        return values;
    }

    /** Shares that a column has of the first order's light, by source column and row. */
    double[][] firstOrder(int column) {
        return first.value(column);
    }

    /** What residuals of single places show. */
    public NeighbourSearch.Result neighbours(double[] residual, double[] weight) {
        return new NeighbourSearch(window, table, first.half).find(residual, weight);
    }

    /** The same, see {@link NeighbourSearch#find(double[], double[], NeighbourSearch.Share, double)}. */
    NeighbourSearch.Result neighbours(double[] residual, double[] weight, NeighbourSearch.Share share) {
        return new NeighbourSearch(window, table, first.half)
                .find(residual, weight, share, NeighbourSearch.MIN_SNR_KNOWN);
    }

    /** The spectrum of another star that the residuals show. */
    public Optional<NeighbourSpectrumSearch.Found> neighbourSpectrum(double[] residual, double[] weight) {
        return new NeighbourSpectrumSearch(window, traceY, values, psf).find(residual, weight);
    }
}
