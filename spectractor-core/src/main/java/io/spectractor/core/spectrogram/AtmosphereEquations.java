package io.spectractor.core.spectrogram;

import io.spectractor.core.atmosphere.AtmosphereParameters;
import io.spectractor.core.atmosphere.AtmosphereRanges;
import io.spectractor.core.atmosphere.FitParameter;
import io.spectractor.core.calibration.OrderOverlap;
import io.spectractor.core.extraction.ProfileWindow;
import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.forward.ForwardSetup;
import io.spectractor.core.forward.OrderMaps;
import io.spectractor.core.forward.SpectrogramModel;
import io.spectractor.core.forward.StampWorkspace;
import io.spectractor.core.forward.equations.ForwardParameters;
import io.spectractor.core.forward.equations.ParameterSums;
import io.spectractor.core.forward.equations.SpectrumPrior;
import io.spectractor.core.forward.equations.Template;
import io.spectractor.core.forward.stamps.LightMap;
import io.spectractor.core.forward.stamps.StampRows;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * χ² of a spectrogram whose columns hold the light that a star behind an atmosphere gives them, with its gradient and
 * curvature.
 *
 * <p>Parameters x: those of {@link ForwardParameters}, but with {@code shift} and {@code stretch} in nm in the place of
 * distance and shift (the template's water is held), then grey factor, aerosols, Ångström exponent, ozone, water, and the variance by which lines are
 * wider along the dispersion than the profile across it, px². With T = ∂a/∂x the Jacobian of the pixels is J + M T, so
 * that its products follow from the sums J^T W J, J^T W M and N = M^T W M, without another loop over pixels.
 */
final class AtmosphereEquations {
    /** Parameters behind those of the spectrogram. */
    static final int EXTRA = 6;

    private static final int WATER = 4;
    private static final int BLUR = 5;
    /** Steps of the derivatives of the extra parameters; the grey factor's is relative. */
    private static final double[] STEPS = {1e-3, 1e-4, 1e-3, 0.3, 3e-3, 1e-2};

    private static final double WAVELENGTH_STEP_NM = 5e-3;

    private final ForwardSetup setup;
    private final ForwardParameters layout;
    private final ProfileWindow window;
    private final PredictedAmplitudes predicted;
    private final WavelengthScale scale;
    private final AtmosphereParameters typical;
    private final SpectrogramModel model;
    private final double[] weight;
    /** Factors on the second order's light per column. */
    private final double[] detail;

    private final OrderMaps orders;
    /** Where the pixels were last looked at, unless the light that is kept between fits has changed since. */
    private @Nullable Point last;

    private AtmosphereEquations(
            ForwardSetup setup,
            SpectrogramModel model,
            PredictedAmplitudes predicted,
            AtmosphereParameters typical,
            double[] weight) {
        this.setup = setup;
        this.layout = setup.layout;
        this.window = setup.window;
        this.model = model;
        this.predicted = predicted;
        this.scale = new WavelengthScale(setup.geometry);
        this.typical = typical;
        this.weight = weight;
        this.orders = new OrderMaps(setup, true);
        this.detail = detail(setup.input.overlap(), setup.start);
    }

    /**
     * Of a setup.
     *
     * @param typical about the state of the air; what the columns beyond the ends have in proportion to the last ones
     * @param weight of the pixels
     */
    static AtmosphereEquations of(
            ForwardSetup setup, PredictedAmplitudes predicted, AtmosphereParameters typical, double[] weight) {
        return of(
                setup,
                predicted,
                typical,
                weight,
                new StampWorkspace(setup, new OrderMaps(setup, true).startLight(), StampRows.own()));
    }

    private static AtmosphereEquations of(
            ForwardSetup setup,
            PredictedAmplitudes predicted,
            AtmosphereParameters typical,
            double[] weight,
            StampWorkspace work) {
        int pad = setup.half;
        LightMap one = LightMap.ofFirst(
                setup.window.columns, pad, predicted.padded(pad).at(setup.geometry, typical, 1, 0));
        SpectrogramModel model = new SpectrogramModel(setup, one, new OrderMaps(setup, true).startLight(), work);
        return new AtmosphereEquations(setup, model, predicted, typical, weight);
    }

    /** The same with other weights; takes over the work arrays. */
    AtmosphereEquations with(double[] newWeight) {
        return new AtmosphereEquations(setup, model, predicted, typical, newWeight);
    }

    /** The same with another setup of the same window; takes over the work arrays. */
    AtmosphereEquations with(ForwardSetup other) {
        return of(other, predicted, typical, weight, model.work());
    }

    ForwardSetup setup() {
        return setup;
    }

    SpectrogramModel model() {
        return model;
    }

    double[] weight() {
        return weight;
    }

    int size() {
        return layout.count + EXTRA;
    }

    /** Index of a parameter of the atmosphere in x; that of the resolution is the variance's. */
    int index(FitParameter parameter) {
        return switch (parameter) {
            case SHIFT -> layout.distance;
            case STRETCH -> layout.distance + 1;
            case GREY -> layout.count;
            case AEROSOLS -> layout.count + 1;
            case ANGSTROM -> layout.count + 2;
            case OZONE -> layout.count + 3;
            case WATER -> layout.count + WATER;
            case RESOLUTION -> layout.count + BLUR;
        };
    }

    /** Whether the setup holds a parameter. */
    boolean holds(int q) {
        // the water of a template has nothing to say here
        return q == layout.distance + 2 || (q < layout.count && setup.priors.holds(q));
    }

    /** x for a setup that has more stars: what it has besides begins at the setup's start. */
    double[] inSetup(ForwardSetup other, double[] x) {
        double[] out = Arrays.copyOf(other.start, other.layout.count + EXTRA);
        System.arraycopy(x, layout.distance, out, other.layout.distance, Template.SIZE + EXTRA);
        return out;
    }

    /** The spectrogram's own parameters, with distance and shift. */
    double[] core(double[] x) {
        double[] p = Arrays.copyOf(x, layout.count);
        p[layout.distance] = scale.distanceMm(x[layout.distance], x[layout.distance + 1]);
        p[layout.distance + 1] = scale.shiftPx(x[layout.distance], x[layout.distance + 1]);
        return p;
    }

    /** What columns of the first order are too coarse for, see {@link OrderOverlap#detail}. */
    private double[] detail(OrderOverlap order, double[] p) {
        TraceGeometry geometry = orders.geometry(p);
        return OrderOverlap.detail(
                orders.predict(order, p),
                predicted.at(geometry, typical, 1, 0),
                predicted.padded(setup.half).at(geometry, typical, 1, 0, order.order()));
    }

    /** Computes the faintest light anew from that of the first order. */
    void renewFaintLight(double[] x) {
        double[] p = core(x);
        OrderOverlap third = setup.input.thirdOrder();
        model.evaluate(p, orders.rows(p, 1), orders.rows(p, 2), orders.light(p, detail));
        last = null;
        model.renewFaintLight(amplitudes(x), orders.light(third, p, detail(third, p)), orders.rows(p, third.order()));
    }

    /** First-order light per column, ADU/s. */
    double[] amplitudes(double[] x) {
        double[] p = core(x);
        int at = layout.count;
        AtmosphereParameters state = new AtmosphereParameters(
                typical.airmass(), typical.pressureHPa(), x[at + 3], x[at + 4], x[at + 1], x[at + 2]);
        return predicted.at(orders.geometry(p), state, x[at], x[at + BLUR]);
    }

    /** Wavelengths of the columns, nm. */
    double[] wavelengths(double[] x) {
        double[] p = core(x);
        return orders.geometry(p).wavelengths(window.firstColumn, 1, window.columns, 1);
    }

    /**
     * The pixels at some parameters.
     *
     * @param residual data minus model, ADU/s
     * @param normal N = M^T W M
     * @param score M^T W r
     * @param chi2 r^T W r
     * @param order of elimination for matrices like N
     */
    record Point(
            double[] x,
            double[] amplitudes,
            double[] residual,
            double[] normal,
            double[] score,
            double chi2,
            int[] order) {}

    /** The pixels at some parameters; the model's stamps are those of these parameters from then on. */
    Point at(double[] x) {
        double[] p = core(x);
        LightMap light = orders.light(p, detail);
        model.evaluate(p, orders.rows(p, 1), orders.rows(p, 2), light);
        if (last != null && Arrays.equals(last.x, x)) {
            return last;
        }
        double[] amplitudes = amplitudes(x);
        double[] residual = model.model(amplitudes);
        double[] foreground = model.foreground(p);
        double[] weighted = new double[residual.length];
        double chi2 = 0;
        for (int i = 0; i < residual.length; i++) {
            residual[i] = window.signal[i] - foreground[i] - residual[i];
            weighted[i] = weight[i] == 0 ? 0 : weight[i] * residual[i];
            chi2 += weighted[i] * residual[i];
        }
        last = new Point(
                x.clone(),
                amplitudes,
                residual,
                model.normalMatrix(weight),
                model.project(weighted),
                chi2,
                light.eliminationOrder());
        return last;
    }

    /** χ² with the columns' slack and the priors. */
    double cost(Point point, ModelErrorCovariance slack) {
        return point.chi2
                - SpectrumPrior.dot(point.score, slack.absorb(point.score))
                + setup.priors.penalty(core(point.x));
    }

    /** Curvature and downhill gradient of half the cost. */
    record Normal(double[] matrix, double[] gradient) {}

    /** At the point that was evaluated last. */
    Normal normal(Point point, ModelErrorCovariance slack) {
        return normal(point, slack, STEPS[WATER]);
    }

    /** The same with the derivative by the water over a step, mm. */
    Normal normal(Point point, ModelErrorCovariance slack, double waterStep) {
        double[] p = core(point.x);
        ParameterSums sums = model.sums(
                point.amplitudes, p, orders.lightSlopes(p, detail, point.amplitudes), weight, point.residual);
        setup.priors.addTo(p, sums.matrix, sums.gradient);
        toNanometres(sums);
        int m = size();
        int n = window.columns;
        double[][] slope = slopes(point, waterStep);
        double[][] curved = new double[m][];
        double[][] cross = new double[m][n];
        double[][] taken = new double[m][];
        for (int q = 0; q < m; q++) {
            if (q < layout.count) {
                cross[q] = sums.cross[q].clone();
            }
            curved[q] = slope[q].length == 0 ? new double[0] : times(point.normal, slope[q]);
            for (int i = 0; i < curved[q].length; i++) {
                cross[q][i] += curved[q][i];
            }
            taken[q] = slack.absorb(cross[q]);
        }
        double[] matrix = new double[m * m];
        double[] gradient = new double[m];
        for (int q = 0; q < m; q++) {
            gradient[q] = (q < layout.count ? sums.gradient[q] : 0)
                    + product(slope[q], point.score)
                    - SpectrumPrior.dot(taken[q], point.score);
            for (int r = 0; r < m; r++) {
                boolean both = q < layout.count && r < layout.count;
                double value = both ? sums.matrix[q * layout.count + r] : 0;
                if (r < layout.count) {
                    value += product(slope[q], sums.cross[r]);
                }
                // cross already holds N T, so that T^T N T is not counted twice
                value += product(slope[r], cross[q]);
                matrix[q * m + r] = value - SpectrumPrior.dot(taken[q], cross[r]);
            }
        }
        return new Normal(matrix, gradient);
    }

    private static double product(double[] slope, double[] v) {
        return slope.length == 0 ? 0 : SpectrumPrior.dot(slope, v);
    }

    private static double[] times(double[] matrix, double[] v) {
        double[] out = new double[v.length];
        for (int i = 0; i < out.length; i++) {
            double sum = 0;
            for (int j = 0; j < v.length; j++) {
                sum += matrix[i * v.length + j] * v[j];
            }
            out[i] = sum;
        }
        return out;
    }

    /** T: how the amplitudes change with each parameter; empty where they don't. */
    private double[][] slopes(Point point, double waterStep) {
        double[][] slope = new double[size()][0];
        for (int q = layout.distance; q < size(); q++) {
            if (q == layout.distance + 2) {
                continue;
            }
            double step = q < layout.count ? WAVELENGTH_STEP_NM : STEPS[q - layout.count];
            step = q == layout.count + WATER ? waterStep : step;
            if (q == layout.count) {
                step *= point.x[q];
            } else if (point.x[q] + step > largest(q)) {
                step = -step;
            }
            double[] up = amplitudes(moved(point.x, q, step));
            // a state of the air may lie at the edge of what is known of it
            boolean twoSided = q < layout.count || q == layout.count + BLUR;
            double[] down = twoSided ? amplitudes(moved(point.x, q, -step)) : point.amplitudes;
            for (int i = 0; i < up.length; i++) {
                up[i] = (up[i] - down[i]) / (twoSided ? 2 * step : step);
            }
            slope[q] = up;
        }
        return slope;
    }

    /** Largest value that the model of the atmosphere covers. */
    private double largest(int q) {
        AtmosphereRanges ranges = predicted.ranges();
        return switch (q - layout.count) {
            case 1 -> ranges.aerosols().max();
            case 2 -> ranges.angstrom().max();
            case 3 -> ranges.ozone().max();
            case 4 -> ranges.water().max();
            default -> Double.POSITIVE_INFINITY;
        };
    }

    private static double[] moved(double[] x, int q, double step) {
        double[] out = x.clone();
        out[q] += step;
        return out;
    }

    /** Turns the sums for distance and shift into those for the corrections in nm. */
    private void toNanometres(ParameterSums sums) {
        double[] b = scale.perNm();
        int d = layout.distance;
        int m = layout.count;
        for (int r = 0; r < m; r++) {
            combine(sums.matrix, d * m + r, (d + 1) * m + r, b);
        }
        for (int r = 0; r < m; r++) {
            combine(sums.matrix, r * m + d, r * m + d + 1, b);
        }
        combine(sums.gradient, d, d + 1, b);
        for (int i = 0; i < window.columns; i++) {
            double first = sums.cross[d][i];
            double second = sums.cross[d + 1][i];
            sums.cross[d][i] = first * b[0] + second * b[2];
            sums.cross[d + 1][i] = first * b[1] + second * b[3];
        }
    }

    private static void combine(double[] values, int i, int j, double[] b) {
        double first = values[i];
        double second = values[j];
        values[i] = first * b[0] + second * b[2];
        values[j] = first * b[1] + second * b[3];
    }
}
