package io.spectractor.core.spectrogram;

import io.spectractor.core.atmosphere.AtmosphereFitResult;
import io.spectractor.core.atmosphere.FitParameter;
import io.spectractor.core.calibration.FluxCalibration;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.extraction.ProfileWindow;
import io.spectractor.core.forward.equations.ForwardParameters;
import io.spectractor.core.forward.equations.SpectrumPrior;
import io.spectractor.core.product.PixelMap;
import io.spectractor.core.product.SpectrumProduct;
import io.spectractor.core.psf.ChromaticColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Turns a finished search into its result. */
final class SpectrogramResult {
    private final SpectrogramSearch search;
    private final Set<FitParameter> free;
    private final SpectrumProduct product;
    private final ExtractionConfig config;
    private final double[] covariance;
    private final AtmosphereEquations equations;
    private final AtmosphereEquations.Point point;
    private final ProfileWindow window;

    SpectrogramResult(
            SpectrogramSearch search, Set<FitParameter> free, SpectrumProduct product, ExtractionConfig config) {
        this.search = search;
        this.free = free;
        this.product = product;
        this.config = config;
        this.covariance = search.covariance();
        this.equations = search.equations();
        this.point = search.point();
        this.window = equations.setup().window;
    }

    SpectrogramFitResult assemble() {
        int pixels = 0;
        for (double w : equations.weight()) {
            pixels += w > 0 ? 1 : 0;
        }
        return new SpectrogramFitResult(
                fit(pixels),
                map(i -> window.signal[i] - foreground()[i]),
                map(i -> window.signal[i] - foreground()[i] - point.residual()[i]),
                map(i -> equations.weight()[i] > 0
                        ? Math.sqrt(equations.weight()[i]) * point.residual()[i]
                        : Double.NaN),
                pixels,
                search.noiseScale(),
                point.x()[equations.setup().layout.order2],
                search.stars(),
                search.steps());
    }

    private double @org.jspecify.annotations.Nullable [] foreground;

    private double[] foreground() {
        double[] known = foreground;
        if (known == null) {
            known = equations.model().foreground(equations.core(point.x()));
            foreground = known;
        }
        return known;
    }

    private PixelMap map(java.util.function.IntToDoubleFunction value) {
        int n = window.columns;
        float[] values = new float[n * window.rows];
        for (int c = 0; c < n; c++) {
            for (int k = 0; k < window.rows; k++) {
                values[k * n + c] = (float) value.applyAsDouble(c * window.rows + k);
            }
        }
        return new PixelMap(n, window.rows, values);
    }

    private AtmosphereFitResult fit(int pixels) {
        boolean[] usable = search.usable();
        boolean[] outliers = search.outliers();
        boolean[] used = new boolean[usable.length];
        int freeColumns = 0;
        for (int c = 0; c < used.length; c++) {
            used[c] = usable[c] && !outliers[c];
            freeColumns += used[c] ? 0 : 1;
        }
        double[] factor = FluxCalibration.of(
                        config.site().collectingAreaCm2(), config.ccd().gain())
                .fluxPerRate(product.spectrum().lambdaNm());
        View view = view(factor);
        ModelErrorCovariance.Errors errors = search.errors();
        return new AtmosphereFitResult(
                values(),
                fitCovariance(),
                chi2(errors),
                pixels - search.freeParameters() - freeColumns,
                search.modelError(),
                search.noiseScale()
                        * chi2(new ModelErrorCovariance.Errors(
                                errors.light(), 0, errors.smoothPx(), errors.free(), errors.modes())),
                search.settled(),
                product.spectrum().lambdaNm(),
                view.data,
                view.model,
                view.error,
                used,
                outliers);
    }

    private double chi2(ModelErrorCovariance.Errors errors) {
        return point.chi2() - SpectrumPrior.dot(point.score(), errors.at(point).absorb(point.score()));
    }

    private double sigmaPx() {
        ChromaticColumns shapes = equations.model().values();
        double[] fwhm = new double[window.columns];
        for (int c = 0; c < fwhm.length; c++) {
            fwhm[c] = equations.setup().psf.fwhm(ForwardParameters.shape(shapes, c));
        }
        return StoredSpectrogram.sigmaPx(fwhm, point.amplitudes());
    }

    /** The resolution: the profile's width with what lines have more or less. */
    private double resolution() {
        double sigma = sigmaPx();
        double blur = point.x()[equations.index(FitParameter.RESOLUTION)];
        return Math.sqrt(Math.max(0.01, sigma * sigma + blur));
    }

    private List<AtmosphereFitResult.Value> values() {
        List<AtmosphereFitResult.Value> values = new ArrayList<>();
        double[] c = fitCovariance();
        int all = FitParameter.values().length;
        for (FitParameter p : FitParameter.values()) {
            boolean isFree = free.contains(p);
            double value = p == FitParameter.RESOLUTION ? resolution() : point.x()[equations.index(p)];
            values.add(new AtmosphereFitResult.Value(
                    p, value, Math.sqrt(Math.max(0, c[p.index() * (all + 1)])), isFree, isFree && search.atBound(p)));
        }
        return List.copyOf(values);
    }

    private double[] fitCovariance() {
        FitParameter[] all = FitParameter.values();
        int m = equations.size();
        double[] out = new double[all.length * all.length];
        for (FitParameter p : all) {
            for (FitParameter q : all) {
                out[p.index() * all.length + q.index()] =
                        covariance[equations.index(p) * m + equations.index(q)] * perVariance(p) * perVariance(q);
            }
        }
        return out;
    }

    /** Derivative of the resolution by the variance that is fitted. */
    private double perVariance(FitParameter p) {
        return p == FitParameter.RESOLUTION ? 0.5 / resolution() : 1;
    }

    /** The spectrum as the columns show it, in the flux units of the product. */
    private record View(double[] data, double[] model, double[] error) {}

    /** Model smeared by the resolution; data are that plus the mean misfit of the pixels over the profile, in all orders. */
    private View view(double[] factor) {
        int n = window.columns;
        double[] data = new double[n];
        double[] model = smeared(point.amplitudes(), resolution());
        double[] error = new double[n];
        for (int c = 0; c < n; c++) {
            double norm = 0;
            double spread = 0;
            for (int i = 0; i < n; i++) {
                double v = point.normal()[c * n + i];
                norm += v;
                double extra = search.modelError() * v * point.amplitudes()[i];
                spread += extra * extra;
            }
            double scale = norm > 0 ? factor[c] / norm : Double.NaN;
            model[c] *= factor[c];
            data[c] = model[c] + point.score()[c] * scale;
            error[c] = Math.sqrt(Math.max(0, point.normal()[c * n + c]) + spread) * scale;
        }
        return new View(data, model, error);
    }

    private static double[] smeared(double[] values, double sigma) {
        double[] out = new double[values.length];
        int reach = (int) Math.ceil(5 * sigma);
        for (int c = 0; c < out.length; c++) {
            double sum = 0;
            double norm = 0;
            for (int i = Math.max(0, c - reach); i <= Math.min(out.length - 1, c + reach); i++) {
                double w = Math.exp(-0.5 * (i - c) * (i - c) / (sigma * sigma));
                sum += w * values[i];
                norm += w;
            }
            out[c] = sum / norm;
        }
        return out;
    }
}
