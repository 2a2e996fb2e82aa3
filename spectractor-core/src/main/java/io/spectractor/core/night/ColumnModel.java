package io.spectractor.core.night;

import io.spectractor.core.atmosphere.AtmosphereModel;
import io.spectractor.core.atmosphere.AtmosphereParameters;
import io.spectractor.core.atmosphere.AtmosphereRanges;
import io.spectractor.core.atmosphere.ParameterRange;

/**
 * What the columns of one spectrum should show, with derivatives: photons of the star behind instrument and air, smeared by
 * the line profile, counted per column, in the flux units of the spectrum. The wavelength shift moves data and model.
 *
 * <p>Holds work space: one thread at a time.
 */
final class ColumnModel {
    /** Derivatives in the order of these names. */
    enum Derivative {
        OZONE(0),
        AEROSOLS(1),
        ANGSTROM(2),
        WATER(3),
        SHIFT(4),
        LOG_RESOLUTION(5),
        ORDER2(6);

        private final int index;

        Derivative(int index) {
            this.index = index;
        }

        int index() {
            return index;
        }
    }

    static final double MAX_RESOLUTION_PX = 6;

    private static final int OVERSAMPLING = 4;
    private static final double REACH = 4.5;
    private static final double SHIFT_STEP_NM = 5e-3;
    private static final double[] AIR_STEPS = {0.5, 1e-4, 1e-3, 5e-3};

    private final AtmosphereModel atmosphere;
    private final AtmosphereRanges ranges;
    private final double[] nodes;
    private final NightSpectrum spectrum;
    private final ThroughputBasis basis;
    private final ThroughputBasis starBasis;
    private final boolean angstromFree;
    private final int margin;
    private final double[] fine;

    /**
     * A model.
     *
     * @param angstromFree whether the slope of the Ångström exponent is wanted; it is 0 otherwise
     */
    ColumnModel(
            AtmosphereModel atmosphere,
            NightSpectrum spectrum,
            ThroughputBasis basis,
            ThroughputBasis starBasis,
            boolean angstromFree) {
        this.atmosphere = atmosphere;
        this.ranges = atmosphere.ranges();
        this.nodes = atmosphere.nodesNm();
        this.spectrum = spectrum;
        this.basis = basis;
        this.starBasis = starBasis;
        this.angstromFree = angstromFree;
        this.margin = (int) Math.ceil(REACH * MAX_RESOLUTION_PX) + 2;
        this.fine = fineWavelengths();
    }

    private double[] fineWavelengths() {
        double[] lambda = spectrum.lambdaNm();
        int n = lambda.length;
        double[] at = new double[(n + 2 * margin) * OVERSAMPLING];
        for (int i = 0; i < at.length; i++) {
            double x = (i + 0.5) / OVERSAMPLING - 0.5 - margin;
            int k = (int) Math.min(Math.max(Math.floor(x), 0), n - 2);
            at[i] = lambda[k] + (x - k) * (lambda[k + 1] - lambda[k]);
        }
        return at;
    }

    /**
     * What a spectrum depends on.
     *
     * @param air state of the air above the telescope
     * @param shiftNm true minus given wavelength
     * @param resolutionPx sigma in columns
     * @param order2 factor on the tabulated ratio of order 2 over 1
     * @param coefficients of the throughput's factor
     * @param offset where they begin
     * @param starOffset where those of the star's error begin
     */
    record State(
            AtmosphereParameters air,
            double shiftNm,
            double resolutionPx,
            double order2,
            double[] coefficients,
            int offset,
            int starOffset) {}

    /**
     * The flux for a grey factor of 1 and, where asked for, its derivatives.
     *
     * @param flux filled, one value per column
     * @param derivatives filled, [{@link By}][column], or empty
     */
    void evaluate(State s, double[] flux, double[][] derivatives) {
        boolean slopes = derivatives.length > 0;
        int used = slopes ? Derivative.values().length : 0;
        double[] table = atmosphere.atNodes(s.air());
        double[][] photons = new double[1 + used][];
        double[] at = shifted(s.shiftNm());
        photons[0] = photons(s, at, table);
        double[] second = null;
        if (spectrum.order2() != null && (slopes || s.order2() != 0)) {
            second = secondOrder(s, at, table);
            for (int i = 0; i < at.length; i++) {
                photons[0][i] += s.order2() * second[i];
            }
        }
        if (slopes) {
            for (int q = 0; q < AIR_STEPS.length; q++) {
                boolean held = q == Derivative.ANGSTROM.index() && !angstromFree;
                photons[1 + q] = held ? new double[0] : airSlope(s, at, table, q, photons[0]);
            }
            photons[1 + Derivative.SHIFT.index()] = shiftSlope(s, table, photons[0]);
            photons[1 + Derivative.ORDER2.index()] = second == null ? new double[0] : second;
            photons[1 + Derivative.LOG_RESOLUTION.index()] = new double[0];
        }
        smear(s, photons, flux, derivatives);
    }

    private double[] shifted(double shift) {
        double[] at = fine.clone();
        for (int i = 0; i < at.length; i++) {
            at[i] += shift;
        }
        return at;
    }

    private double[] photons(State s, double[] at, double[] table) {
        double[] photons = new double[at.length];
        Cursor cursor = new Cursor(nodes, table);
        double[] w = new double[4];
        for (int i = 0; i < at.length; i++) {
            int a = Math.max(0, i - 1);
            int b = Math.min(at.length - 1, i + 1);
            photons[i] = spectrum.light().at(at[i])
                    * cursor.at(at[i])
                    * factor(s, at[i], w)
                    * at[i]
                    * (fine[b] - fine[a])
                    / (b - a);
        }
        return photons;
    }

    private double[] secondOrder(State s, double[] at, double[] table) {
        NightSpectrum.OrderRatio ratio = spectrum.order2();
        double[] photons = new double[at.length];
        if (ratio == null) {
            return photons;
        }
        Cursor cursor = new Cursor(nodes, table);
        double[] w = new double[4];
        for (int i = 0; i < at.length; i++) {
            double half = 0.5 * at[i];
            double light = spectrum.light().at(half);
            if (light > 0) {
                int a = Math.max(0, i - 1);
                int b = Math.min(at.length - 1, i + 1);
                photons[i] = light
                        * cursor.at(half)
                        * factor(s, half, w)
                        * ratio.at(half)
                        * half
                        * 0.5
                        * (fine[b] - fine[a])
                        / (b - a);
            }
        }
        return photons;
    }

    private double factor(State s, double lambda, double[] w) {
        return factor(basis, s.coefficients(), s.offset(), lambda, w)
                * factor(starBasis, s.coefficients(), s.starOffset(), lambda, w);
    }

    private static double factor(ThroughputBasis b, double[] coefficients, int offset, double lambda, double[] w) {
        if (b.size() == 0) {
            return 1;
        }
        int first = offset + b.values(lambda, w);
        double sum = 1;
        for (int k = 0; k < b.span(); k++) {
            sum += coefficients[first + k] * w[k];
        }
        return sum;
    }

    private double[] airSlope(State s, double[] at, double[] table, int quantity, double[] photons) {
        AtmosphereParameters p = s.air();
        double[] values = {p.ozoneDu(), p.aerosolDepth(), p.angstromExponent(), p.waterMm()};
        ParameterRange[] limits = {ranges.ozone(), ranges.aerosols(), ranges.angstrom(), ranges.water()};
        double step = AIR_STEPS[quantity];
        if (values[quantity] + step > limits[quantity].max()) {
            step = -step;
        }
        values[quantity] += step;
        double[] beside = atmosphere.atNodes(
                new AtmosphereParameters(p.airmass(), p.pressureHPa(), values[0], values[3], values[1], values[2]));
        double[] slope = new double[beside.length];
        for (int i = 0; i < slope.length; i++) {
            slope[i] = (beside[i] - table[i]) / step;
        }
        Cursor here = new Cursor(nodes, table);
        Cursor change = new Cursor(nodes, slope);
        double[] out = new double[at.length];
        for (int i = 0; i < at.length; i++) {
            double t = here.at(at[i]);
            out[i] = t > 0 ? photons[i] * change.at(at[i]) / t : 0;
        }
        return out;
    }

    private double[] shiftSlope(State s, double[] table, double[] photons) {
        double[] at = shifted(s.shiftNm() + SHIFT_STEP_NM);
        double[] out = photons(s, at, table);
        if (spectrum.order2() != null && s.order2() != 0) {
            double[] second = secondOrder(s, at, table);
            for (int i = 0; i < out.length; i++) {
                out[i] += s.order2() * second[i];
            }
        }
        for (int i = 0; i < out.length; i++) {
            out[i] = (out[i] - photons[i]) / SHIFT_STEP_NM;
        }
        return out;
    }

    private void smear(State s, double[][] photons, double[] flux, double[][] derivatives) {
        double[] lambda = spectrum.lambdaNm();
        int n = lambda.length;
        double base = s.resolutionPx() * OVERSAMPLING;
        double[] weights = new double[fine.length];
        for (int c = 0; c < n; c++) {
            double sigma = Math.min(base * spectrum.relativeWidth()[c], MAX_RESOLUTION_PX * OVERSAMPLING);
            double centre = (c + margin + 0.5) * OVERSAMPLING - 0.5;
            int from = (int) Math.max(0, Math.ceil(centre - REACH * sigma - 1));
            int to = (int) Math.min(fine.length - 1, Math.floor(centre + REACH * sigma + 1));
            double norm = gaussian(weights, from, to, centre, sigma);
            int a = Math.max(0, c - 1);
            int b = Math.min(n - 1, c + 1);
            double perColumn = (lambda[b] - lambda[a]) / (b - a);
            double unit = OVERSAMPLING / ((lambda[c] + s.shiftNm()) * perColumn * norm);
            flux[c] = unit * dot(weights, photons[0], from, to);
            for (int q = 0; q < derivatives.length; q++) {
                double[] row = photons[1 + q];
                derivatives[q][c] = row.length == 0 ? 0 : unit * dot(weights, row, from, to);
            }
            if (derivatives.length > 0) {
                derivatives[Derivative.SHIFT.index()][c] -= flux[c] / (lambda[c] + s.shiftNm());
                derivatives[Derivative.LOG_RESOLUTION.index()][c] =
                        widthSlope(weights, photons[0], from, to, centre, sigma, unit, norm, flux[c]);
            }
        }
    }

    /** d flux / d ln sigma: the weights' derivative is weight times ((x/sigma)² less its mean). */
    private static double widthSlope(
            double[] weights,
            double[] row,
            int from,
            int to,
            double centre,
            double sigma,
            double unit,
            double norm,
            double flux) {
        double sum = 0;
        double mean = 0;
        double inverse = 1 / sigma;
        for (int i = from; i <= to; i++) {
            double u = (i - centre) * inverse;
            double w = weights[i] * u * u;
            sum += w * row[i];
            mean += w;
        }
        return unit * sum - flux * mean / norm;
    }

    /** Fills the weights by the recurrence of equidistant points; returns their sum. */
    private static double gaussian(double[] weights, int from, int to, double centre, double sigma) {
        double h = 1 / sigma;
        double x = (from - centre) * h;
        double value = Math.exp(-0.5 * x * x);
        double ratio = Math.exp(-x * h - 0.5 * h * h);
        double step = Math.exp(-h * h);
        double sum = 0;
        for (int i = from; i <= to; i++) {
            weights[i] = value;
            sum += value;
            value *= ratio;
            ratio *= step;
        }
        return sum;
    }

    private static double dot(double[] a, double[] b, int from, int to) {
        double s0 = 0;
        double s1 = 0;
        int i = from;
        for (; i < to; i += 2) {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
        }
        if (i == to) {
            s0 += a[i] * b[i];
        }
        return s0 + s1;
    }

    /** Linear interpolation at wavelengths that mostly increase; 0 outside. */
    private static final class Cursor {
        private final double[] nodes;
        private final double[] values;
        private int k;

        Cursor(double[] nodes, double[] values) {
            this.nodes = nodes;
            this.values = values;
        }

        double at(double lambda) {
            int last = nodes.length - 1;
            if (!(lambda >= nodes[0] && lambda <= nodes[last])) {
                return 0;
            }
            while (k > 0 && nodes[k] > lambda) {
                k--;
            }
            while (k < last - 1 && nodes[k + 1] < lambda) {
                k++;
            }
            double t = (lambda - nodes[k]) / (nodes[k + 1] - nodes[k]);
            return values[k] + t * (values[k + 1] - values[k]);
        }
    }
}
