package io.spectractor.core.night;

import io.spectractor.core.atmosphere.AtmosphereModel;
import io.spectractor.core.atmosphere.AtmosphereParameters;
import io.spectractor.core.atmosphere.SlantAir;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the columns of one spectrum should show, with derivatives: photons of the star behind instrument and air, smeared by
 * the line profile, counted per column, in the flux units of the spectrum. The wavelength shift moves data and model.
 *
 * <p>Immutable, safe for threads.
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
    private static final double[][] NO_SLOPES = {};
    /** Derivatives that most spectra don't have. */
    private static final Derivative[] RARE = {Derivative.ANGSTROM, Derivative.ORDER2};

    private static final int SUMS = 7;

    private final SlantAir air;
    private final double[] nodes;
    private final NightSpectrum spectrum;
    private final ThroughputBasis basis;
    private final ThroughputBasis starBasis;
    private final TableOzone tableOzone;
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
            TableOzone tableOzone,
            boolean angstromFree) {
        this.air = atmosphere.slant(spectrum.airmass(), spectrum.pressureHPa());
        this.nodes = atmosphere.nodesNm();
        this.spectrum = spectrum;
        this.basis = basis;
        this.starBasis = starBasis;
        this.tableOzone = tableOzone;
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
     * @param tableOzoneDu ozone that the tabulated throughput lacks, DU
     * @param extinctionSlope of losses that grow with airmass, per airmass and unit of ln wavelength
     */
    record State(
            AtmosphereParameters air,
            double shiftNm,
            double resolutionPx,
            double order2,
            double[] coefficients,
            int offset,
            int starOffset,
            double tableOzoneDu,
            double extinctionSlope) {}

    /**
     * The flux for a grey factor of 1 and, where asked for, its derivatives.
     *
     * @param flux filled, one value per column
     * @param derivatives filled, [{@link Derivative}][column], or empty
     */
    void evaluate(State s, double[] flux, double[][] derivatives) {
        boolean slopes = derivatives.length > 0;
        double[] table = new double[nodes.length];
        double[][] airSlopes = slopes ? new double[SlantAir.WATER + 1][nodes.length] : NO_SLOPES;
        boolean exponent = slopes && angstromFree;
        double[] @Nullable [] wanted = airSlopes.clone();
        if (slopes && !exponent) {
            wanted[SlantAir.ANGSTROM] = null;
        }
        air.at(s.air(), table, wanted);
        FineLight first = first(s, s.shiftNm());
        double[] photons = first.through(table);
        double[] @Nullable [] rows = new double[derivatives.length][];
        for (int q = 0; q < airSlopes.length; q++) {
            rows[q] = q == SlantAir.ANGSTROM && !exponent ? null : first.through(airSlopes[q]);
        }
        if (spectrum.order2() != null && (slopes || s.order2() != 0)) {
            FineLight light = second(s, s.shiftNm(), spectrum.order2());
            double[] second = light.through(table);
            add(photons, s.order2(), second);
            for (int q = 0; q < airSlopes.length && s.order2() != 0; q++) {
                if (rows[q] != null) {
                    add(rows[q], s.order2(), light.through(airSlopes[q]));
                }
            }
            if (slopes) {
                rows[Derivative.ORDER2.index()] = second;
            }
        }
        if (slopes) {
            rows[Derivative.SHIFT.index()] = shiftSlope(s, table, photons);
        }
        smear(s, photons, rows, flux, derivatives);
    }

    private static void add(double[] to, double factor, double[] what) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * what[i];
        }
    }

    /** Photons per fine point without air, and where the points lie between the nodes of the air. */
    private final class FineLight {
        private final double[] light = new double[fine.length];
        private final int[] node = new int[fine.length];
        private final double[] part = new double[fine.length];
        private int cursor;

        /** Sets a point; its light is what there is at a wavelength, with the width of the point still to come. */
        void set(int i, double lambda, double photons) {
            int a = Math.max(0, i - 1);
            int b = Math.min(fine.length - 1, i + 1);
            int last = nodes.length - 1;
            if (photons == 0 || !(lambda >= nodes[0] && lambda <= nodes[last])) {
                return;
            }
            light[i] = photons * (fine[b] - fine[a]) / (b - a);
            while (cursor > 0 && nodes[cursor] > lambda) {
                cursor--;
            }
            while (cursor < last - 1 && nodes[cursor + 1] < lambda) {
                cursor++;
            }
            node[i] = cursor;
            part[i] = (lambda - nodes[cursor]) / (nodes[cursor + 1] - nodes[cursor]);
        }

        /** The light times a curve at the nodes, linear in between. */
        double[] through(double[] curve) {
            double[] out = new double[light.length];
            for (int i = 0; i < out.length; i++) {
                int k = node[i];
                out[i] = light[i] * (curve[k] + part[i] * (curve[k + 1] - curve[k]));
            }
            return out;
        }
    }

    private FineLight first(State s, double shift) {
        FineLight out = new FineLight();
        double[] w = new double[4];
        for (int i = 0; i < fine.length; i++) {
            double lambda = fine[i] + shift;
            out.set(i, lambda, spectrum.light().at(lambda) * factor(s, lambda, w) * lambda);
        }
        return out;
    }

    private FineLight second(State s, double shift, NightSpectrum.OrderRatio ratio) {
        FineLight out = new FineLight();
        double[] w = new double[4];
        for (int i = 0; i < fine.length; i++) {
            double half = 0.5 * (fine[i] + shift);
            double light = spectrum.light().at(half);
            if (light > 0) {
                out.set(i, half, light * factor(s, half, w) * ratio.at(half) * half * 0.5);
            }
        }
        return out;
    }

    private double factor(State s, double lambda, double[] w) {
        return factor(basis, s.coefficients(), s.offset(), lambda, w)
                * factor(starBasis, s.coefficients(), s.starOffset(), lambda, w)
                * tableOzone.factor(s.tableOzoneDu(), lambda)
                * AirmassLosses.factor(s.extinctionSlope() * spectrum.airmass(), lambda);
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

    private double[] shiftSlope(State s, double[] table, double[] photons) {
        double shift = s.shiftNm() + SHIFT_STEP_NM;
        double[] out = first(s, shift).through(table);
        if (spectrum.order2() != null && s.order2() != 0) {
            add(out, s.order2(), second(s, shift, spectrum.order2()).through(table));
        }
        for (int i = 0; i < out.length; i++) {
            out[i] = (out[i] - photons[i]) / SHIFT_STEP_NM;
        }
        return out;
    }

    private void smear(State s, double[] photons, double[] @Nullable [] rows, double[] flux, double[][] derivatives) {
        double[] lambda = spectrum.lambdaNm();
        int n = lambda.length;
        double base = s.resolutionPx() * OVERSAMPLING;
        double[] weights = new double[fine.length];
        double[] sums = new double[SUMS];
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
            if (derivatives.length == 0) {
                flux[c] = unit * dot(weights, photons, from, to);
                continue;
            }
            sums(weights, photons, rows, from, to, centre, 1 / sigma, sums);
            flux[c] = unit * sums[0];
            derivatives[Derivative.OZONE.index()][c] = unit * sums[1];
            derivatives[Derivative.AEROSOLS.index()][c] = unit * sums[2];
            derivatives[Derivative.WATER.index()][c] = unit * sums[3];
            derivatives[Derivative.SHIFT.index()][c] = unit * sums[4] - flux[c] / (lambda[c] + s.shiftNm());
            // the weights' derivative with ln sigma is weight times ((x/sigma)² less its mean)
            derivatives[Derivative.LOG_RESOLUTION.index()][c] = unit * sums[5] - flux[c] * sums[6] / norm;
            for (Derivative d : RARE) {
                double[] row = rows[d.index()];
                derivatives[d.index()][c] = row == null ? 0 : unit * dot(weights, row, from, to);
            }
        }
    }

    /** Weighted sums of the rows that every spectrum has, side by side; of photons (x/sigma)², and of (x/sigma)² alone. */
    private static void sums(
            double[] weights,
            double[] photons,
            double[] @Nullable [] rows,
            int from,
            int to,
            double centre,
            double inverse,
            double[] out) {
        double[] ozone = Objects.requireNonNull(rows[Derivative.OZONE.index()]);
        double[] aerosols = Objects.requireNonNull(rows[Derivative.AEROSOLS.index()]);
        double[] water = Objects.requireNonNull(rows[Derivative.WATER.index()]);
        double[] shift = Objects.requireNonNull(rows[Derivative.SHIFT.index()]);
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        for (int i = from; i <= to; i++) {
            double w = weights[i];
            double x = (i - centre) * inverse;
            double square = w * x * x;
            s0 += w * photons[i];
            s1 += w * ozone[i];
            s2 += w * aerosols[i];
            s3 += w * water[i];
            s4 += w * shift[i];
            s5 += square * photons[i];
            s6 += square;
        }
        out[0] = s0;
        out[1] = s1;
        out[2] = s2;
        out[3] = s3;
        out[4] = s4;
        out[5] = s5;
        out[6] = s6;
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
        double s2 = 0;
        double s3 = 0;
        int i = from;
        for (; i + 3 <= to; i += 4) {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
        }
        for (; i <= to; i++) {
            s0 += a[i] * b[i];
        }
        return s0 + s1 + (s2 + s3);
    }
}
