package io.spectractor.core.emission;

import io.spectractor.core.extraction.ColumnSpectrum;
import io.spectractor.core.extraction.ProfileWindow;
import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.psf.PointSpreadFunction;
import io.spectractor.core.psf.PsfProfile;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;

/**
 * The pixels of a spectrogram of lines: each line an image of the source in orders 1 and 2, a continuum below, and a
 * correction of the sky.
 *
 * <p>Parameters: distance (mm), shift (px), three of the factor on the profile's widths and three of the trace's
 * correction (px), both quadratic in the column, the factor on the second order, the variance along the dispersion that lines
 * have of their own (px², in order 1), and a change of each shape parameter that is no width.
 */
final class PixelScene implements LineScene {
    static final int WIDTH = 2;
    static final int TRACE = 5;
    static final int ORDER2 = 8;
    static final int LINE = 9;
    static final int SHAPE = 10;
    /** Reach of a line, in FWHM. */
    static final double REACH = 7;

    private static final int SKY = 2;
    /** Variance that one convolution with three columns adds at most, px². */
    private static final double STEP_VARIANCE = 0.45;

    private static final int MOST_CONVOLUTIONS = 50;

    final ColumnSpectrum spectrum;
    final ProfileWindow window;
    final TraceGeometry nominal;
    final PointSpreadFunction psf;
    final Continuum continuum;
    final DoubleUnaryOperator ratio;
    final Doublets doublets;
    private final double[] weight;
    private final double[] means;
    private final double[] sigmas;
    private final double looseness;
    private final double[] correction;

    PixelScene(
            ColumnSpectrum spectrum,
            ProfileWindow window,
            TraceGeometry nominal,
            PointSpreadFunction psf,
            Continuum continuum,
            DoubleUnaryOperator ratio,
            Doublets doublets,
            double[] weight,
            double[] means,
            double[] sigmas) {
        this.spectrum = spectrum;
        this.window = window;
        this.nominal = nominal;
        this.psf = psf;
        this.continuum = continuum;
        this.ratio = ratio;
        this.doublets = doublets;
        this.weight = weight;
        this.means = means.clone();
        this.sigmas = sigmas.clone();
        double top = 0;
        for (double v : spectrum.rate()) {
            top = Math.max(top, v);
        }
        this.looseness = 1e3 * Math.max(top, 1e-6);
        double[] rows = nominal.rows(spectrum.firstColumn(), spectrum.size(), 1);
        this.correction = new double[rows.length];
        for (int c = 0; c < rows.length; c++) {
            correction[c] = spectrum.traceY()[c] - rows[c];
        }
    }

    /** Number of parameters for a profile. */
    static int parameters(PointSpreadFunction psf) {
        int free = 0;
        for (int k = 0; k < psf.shapeCount(); k++) {
            free += psf.isWidth(k) ? 0 : 1;
        }
        return SHAPE + free;
    }

    @Override
    public double[] data() {
        return window.signal;
    }

    @Override
    public double[] weight() {
        return weight;
    }

    @Override
    public double[][] slopes(double[] p, double[] lambdas, double[] strengths) {
        return new PixelSlopes(this, p, lambdas, strengths).byParameter();
    }

    @Override
    public double[] means() {
        return means;
    }

    @Override
    public double[] sigmas() {
        return sigmas;
    }

    @Override
    public double[] penalty() {
        return continuum.penalty();
    }

    @Override
    public double looseness() {
        return looseness;
    }

    /** Shape in a column. */
    double[] shape(double[] p, int column) {
        double t = position(column);
        double wider = p[WIDTH] + t * p[WIDTH + 1] + t * t * p[WIDTH + 2];
        double[] out = new double[psf.shapeCount()];
        int other = SHAPE;
        for (int k = 0; k < out.length; k++) {
            double start = spectrum.shape().get(k)[column];
            out[k] = psf.isWidth(k) ? start * Math.max(wider, 0.2) : start + p[other++];
            double[] low = psf.lowerBounds();
            double[] high = psf.upperBounds(window.rows);
            out[k] = Math.min(Math.max(out[k], low[k]), high[k]);
        }
        return out;
    }

    /** Row of the trace of order 1 in a column, px. */
    double traceY(double[] p, double column) {
        int c = inside((int) Math.floor(column));
        int next = inside(c + 1);
        double u = Math.min(Math.max(column - c, 0), 1);
        double y = (1 - u) * spectrum.traceY()[c] + u * spectrum.traceY()[next];
        double t = position(column);
        return y + p[TRACE] + t * p[TRACE + 1] + t * t * p[TRACE + 2];
    }

    /** Place of a column between the ends of the window, -1 to 1. */
    double position(double column) {
        return 2 * column / (window.columns - 1.0) - 1;
    }

    int inside(int column) {
        return Math.min(Math.max(column, 0), window.columns - 1);
    }

    @Override
    public double[][] components(double[] p, double[] lambdas) {
        TraceGeometry geometry = nominal.with(p[0], p[1]);
        int n = window.signal.length;
        double[][] out = new double[lambdas.length + continuum.size() + SKY][n];
        for (int k = 0; k < lambdas.length; k++) {
            add(out[k], geometry, p, lambdas[k], 1);
            OptionalDouble partner = doublets.missingPartner(lambdas[k], lambdas);
            if (partner.isPresent()) {
                double photons = doublets.share(lambdas[k]) * partner.getAsDouble() / lambdas[k];
                add(out[k], geometry, p, partner.getAsDouble(), photons);
            }
        }
        for (int c = 0; c < window.columns; c++) {
            PsfProfile profile = psf.at(shape(p, c));
            double y = traceY(p, c);
            for (int r = 0; r < window.rows; r++) {
                double value = profile.pixelTransverse(window.firstRow[c] + r - y);
                int at = c * window.rows + r;
                for (int k = 0; k < continuum.size(); k++) {
                    double part = continuum.part(k)[c];
                    if (part != 0) {
                        out[lambdas.length + k][at] = part * value;
                    }
                }
                out[lambdas.length + continuum.size()][at] = 1;
                out[lambdas.length + continuum.size() + 1][at] = 2.0 * r / (window.rows - 1) - 1;
            }
        }
        return out;
    }

    /** A line in orders 1 and 2. */
    private void add(double[] row, TraceGeometry geometry, double[] p, double lambda, double light) {
        double x1 = geometry.columnOf(lambda, 1) - window.firstColumn;
        double x2 = geometry.columnOf(lambda, 2) - window.firstColumn;
        double variance = Math.max(p[LINE], 0);
        add(row, p, x1, x1, traceY(p, x1), variance, light);
        double y2 = secondRow(geometry, p, lambda, x2);
        add(row, p, x1, x2, y2, 4 * variance, light * p[ORDER2] * ratio.applyAsDouble(lambda));
    }

    /** Row of a line in order 2, px. */
    double secondRow(TraceGeometry geometry, double[] p, double lambda, double x2) {
        return geometry.rowOf(lambda, 2) + correction[inside((int) Math.rint(x2))] + p[TRACE];
    }

    /** An image of the source at a place, with the shape of a column. */
    private void add(double[] row, double[] p, double of, double x, double y, double variance, double light) {
        if (Double.isNaN(x) || light == 0) {
            return;
        }
        double[] shape = shape(p, inside((int) Math.rint(of)));
        PsfProfile profile = psf.at(shape);
        int times = convolutions(variance);
        double reach = REACH * profile.fwhm();
        // what the convolution needs beyond what is kept
        int first = (int) Math.max(0, Math.ceil(x - reach)) - times;
        int last = (int) Math.min(window.columns - 1, Math.floor(x + reach)) + times;
        if (last - first < 2 * times) {
            return;
        }
        double[] share = spread(variance, times);
        for (int c = first; c <= last; c++) {
            int top = window.firstRow[inside(c)];
            for (int r = 0; r < window.rows; r++) {
                double value = light * profile.pixelValue(c - x, top + r - y);
                for (int k = -times; k <= times; k++) {
                    int to = c + k;
                    if (to >= 0 && to < window.columns) {
                        int shifted = r + top - window.firstRow[to];
                        if (shifted >= 0 && shifted < window.rows) {
                            row[to * window.rows + shifted] += share[k + times] * value;
                        }
                    }
                }
            }
        }
    }

    /** How often columns are convolved with their neighbours for a variance, px². */
    private static int convolutions(double variance) {
        return (int) Math.min(Math.ceil(variance / STEP_VARIANCE), MOST_CONVOLUTIONS);
    }

    /** An image of all pixels, wider along the dispersion by a variance, px². */
    double[] widened(double[] image, double variance) {
        int times = convolutions(variance);
        double[] share = spread(variance, times);
        double[] out = new double[image.length];
        for (int c = 0; c < window.columns; c++) {
            for (int k = Math.max(-times, -c); k <= Math.min(times, window.columns - 1 - c); k++) {
                int down = window.firstRow[c] - window.firstRow[c + k];
                for (int r = Math.max(0, -down); r < Math.min(window.rows, window.rows - down); r++) {
                    out[(c + k) * window.rows + r + down] += share[k + times] * image[c * window.rows + r];
                }
            }
        }
        return out;
    }

    /** Weights of columns that are the repeated convolution with (a, 1 - 2a, a). */
    private static double[] spread(double variance, int times) {
        double a = times == 0 ? 0 : variance / (2 * times);
        double[] out = new double[2 * times + 1];
        out[times] = 1;
        for (int n = 0; n < times; n++) {
            double[] next = new double[out.length];
            for (int k = 0; k < out.length; k++) {
                double left = k > 0 ? out[k - 1] : 0;
                double right = k + 1 < out.length ? out[k + 1] : 0;
                next[k] = (1 - 2 * a) * out[k] + a * (left + right);
            }
            out = next;
        }
        return out;
    }
}
