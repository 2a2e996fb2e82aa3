package io.spectractor.core.night;

import io.spectractor.core.atmosphere.AtmosphereModel;
import io.spectractor.core.fit.FitException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One spectrum in the fit: its columns, which of them count, and its share of the normal equations. One thread at a time. */
final class SpectrumWork {
    private static final int BASES_WITHOUT_THROUGHPUT = NightLayout.BASE_COEFFICIENTS;

    private static final double FIRST_ERROR = 0.02;

    private final NightSpectrum spectrum;
    private final ColumnModel model;
    private final ModelNoise noise;
    private int[] columns;
    private double[] expected;
    private @Nullable BandCholesky factor;

    SpectrumWork(AtmosphereModel atmosphere, NightSpectrum spectrum, NightLayout layout) {
        this.spectrum = spectrum;
        this.model = new ColumnModel(
                atmosphere,
                spectrum,
                layout.basis(),
                layout.starBasis(),
                layout.losses().curve(),
                layout.settings().angstromFree());
        this.noise = new ModelNoise();
        this.columns = columns(spectrum.usable());
        this.expected = new double[spectrum.size()];
        if (spectrum.covariance().halfWidth() == 0) {
            // errors without covariance are often those of photons alone: start without trust in the model
            noise.set(FIRST_ERROR, 0, 1);
        }
    }

    private SpectrumWork(SpectrumWork other) {
        this.spectrum = other.spectrum;
        this.model = other.model;
        this.noise = other.noise;
        this.columns = other.columns;
        this.expected = other.expected;
        this.factor = other.factor;
    }

    /** One at the same point, with the same columns and noise, that may go elsewhere. */
    SpectrumWork copy() {
        return new SpectrumWork(this);
    }

    static int[] columns(boolean[] used) {
        int[] at = new int[used.length];
        int count = 0;
        for (int i = 0; i < used.length; i++) {
            if (used[i]) {
                at[count++] = i;
            }
        }
        return Arrays.copyOf(at, count);
    }

    NightSpectrum spectrum() {
        return spectrum;
    }

    int[] columns() {
        return columns.clone();
    }

    ModelNoise noise() {
        return noise;
    }

    /** The model at the last point, grey factor included. */
    double[] expected() {
        return expected.clone();
    }

    /** Sets which columns count from now on. */
    void use(boolean[] used) {
        columns = columns(used);
        factor = null;
    }

    /** Has the noise factored again, with the model as it is now. */
    void refactor() {
        factor = null;
    }

    /** Sum of the data over the sum of the model: where the grey factor starts. */
    double ratio(NightLayout layout, double[] all, double[] own, AtmosphereLimits limits) {
        double[] flux = new double[spectrum.size()];
        model.evaluate(layout.state(spectrum, all, own, limits), flux, new double[0][]);
        double data = 0;
        double there = 0;
        for (int i : columns) {
            data += spectrum.flux()[i];
            there += flux[i];
        }
        return data / there;
    }

    /** The residuals, data minus model, at the last point. */
    double residual(int column) {
        return spectrum.flux()[column] - expected[column];
    }

    /** Variance of a column: of the data and of the model. */
    double variance(int i) {
        return noise.covariance(spectrum, expected, i, i);
    }

    /** Covariance of two columns: of the data and of the model. */
    double covariance(int i, int j) {
        return noise.covariance(spectrum, expected, i, j);
    }

    /** chi2 of the residuals at the last point, for any noise. */
    double chi2(ModelNoise other) {
        BandCholesky l = other.factor(spectrum, expected, columns);
        double[] r = residuals();
        l.whiten(r);
        return square(r);
    }

    private double[] residuals() {
        double[] r = new double[columns.length];
        for (int c = 0; c < r.length; c++) {
            r[c] = residual(columns[c]);
        }
        return r;
    }

    private static double square(double[] v) {
        double sum = 0;
        for (double x : v) {
            sum += x * x;
        }
        return sum;
    }

    /** chi2 at any point, for the noise of the last one; changes nothing. */
    double chi2At(NightLayout layout, double[] all, double[] own, AtmosphereLimits limits) {
        double[] flux = new double[spectrum.size()];
        model.evaluate(layout.state(spectrum, all, own, limits), flux, new double[0][]);
        double grey = Math.exp(own[NightLayout.GREY]);
        double[] r = new double[columns.length];
        for (int c = 0; c < r.length; c++) {
            r[c] = spectrum.flux()[columns[c]] - grey * flux[columns[c]];
        }
        BandCholesky known = factor;
        (known == null ? noise.factor(spectrum, expected, columns) : known).whiten(r);
        return square(r);
    }

    /** Moves to a point and sums there. */
    SpectrumSums evaluate(NightLayout layout, double[] all, double[] own, AtmosphereLimits limits) {
        Point point = point(layout, all, own, limits);
        expected = point.expected();
        BandCholesky now = factor;
        if (now == null) {
            now = noise.factor(spectrum, expected, columns);
            factor = now;
        }
        return sums(layout, point, now);
    }

    /** The sums at any point, for the noise of the last one; changes nothing. */
    SpectrumSums sumsAt(NightLayout layout, double[] all, double[] own, AtmosphereLimits limits) {
        BandCholesky known = factor;
        return sums(
                layout,
                point(layout, all, own, limits),
                known == null ? noise.factor(spectrum, expected, columns) : known);
    }

    /** The model at a point: the flux, its slopes for a grey factor of 1, and that factor. */
    private record Point(ColumnModel.State state, double[] expected, double[][] slopes, double grey) {}

    private Point point(NightLayout layout, double[] all, double[] own, AtmosphereLimits limits) {
        int n = spectrum.size();
        ColumnModel.State state = layout.state(spectrum, all, own, limits);
        double[] flux = new double[n];
        double[][] slopes = new double[ColumnModel.Derivative.values().length][n];
        model.evaluate(state, flux, slopes);
        double grey = Math.exp(own[NightLayout.GREY]);
        for (int i = 0; i < n; i++) {
            flux[i] *= grey;
        }
        return new Point(state, flux, slopes, grey);
    }

    private SpectrumSums sums(NightLayout layout, Point point, BandCholesky known) {
        double[] r = new double[columns.length];
        for (int c = 0; c < r.length; c++) {
            r[c] = spectrum.flux()[columns[c]] - point.expected()[columns[c]];
        }
        SpectrumSums sums = WhitenedSums.of(known, r, bases(layout, point));
        if (!Double.isFinite(sums.chi2())) {
            throw new FitException(FitException.Reason.START_NOT_FINITE, spectrum.name() + ": its flux is not finite");
        }
        return sums;
    }

    private double[][] bases(NightLayout layout, Point point) {
        int m = columns.length;
        ColumnModel.State state = point.state();
        double[][] bases = new double[layout.bases()][m];
        int[] order = {
            ColumnModel.Derivative.OZONE.index(),
            ColumnModel.Derivative.AEROSOLS.index(),
            ColumnModel.Derivative.WATER.index(),
            ColumnModel.Derivative.ANGSTROM.index(),
            ColumnModel.Derivative.SHIFT.index(),
            ColumnModel.Derivative.LOG_RESOLUTION.index(),
            ColumnModel.Derivative.ORDER2.index()
        };
        double[] w = new double[4];
        ThroughputBasis basis = layout.basis();
        for (int c = 0; c < m; c++) {
            int i = columns[c];
            double flux = point.expected()[i];
            bases[NightLayout.BASE_GREY][c] = flux;
            for (int q = 0; q < order.length; q++) {
                bases[1 + q][c] = point.grey() * point.slopes()[order[q]][i];
            }
            double lambda = spectrum.lambdaNm()[i] + state.shiftNm();
            int first = basis.values(lambda, w);
            double factorHere = basis.factor(state.coefficients(), state.offset(), lambda);
            for (int k = 0; k < basis.span(); k++) {
                bases[BASES_WITHOUT_THROUGHPUT + first + k][c] = w[k] * flux / factorHere;
            }
            ThroughputBasis star = layout.starBasis();
            int firstOfStar = star.values(lambda, w);
            for (int k = 0; k < star.span(); k++) {
                bases[BASES_WITHOUT_THROUGHPUT + basis.size() + firstOfStar + k][c] = w[k] * flux;
            }
            layout.losses().derivatives(bases, c, spectrum, lambda, flux);
        }
        return bases;
    }
}
