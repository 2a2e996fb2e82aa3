package io.spectractor.core.atmosphere;

import io.spectractor.core.product.AstrometrySummary;
import io.spectractor.core.product.ForwardModelSummary;
import io.spectractor.core.product.ObservationSummary;
import io.spectractor.core.product.OrderZeroStamp;
import io.spectractor.core.product.PixelMap;
import io.spectractor.core.product.ProductSummary;
import io.spectractor.core.product.Provenance;
import io.spectractor.core.product.PsfTable;
import io.spectractor.core.product.QualitySummary;
import io.spectractor.core.product.SpectrogramMaps;
import io.spectractor.core.product.SpectrumProduct;
import io.spectractor.core.product.SpectrumTable;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/** A product of which only what a fit of the atmosphere reads makes sense. */
record FittedProduct(SpectrumProduct product) {
    private static final int N = 640;

    /**
     * A spectrum with known parameters.
     *
     * @param noise relative noise that the covariance knows
     * @param modelError relative noise that it doesn't know
     */
    static FittedProduct of(
            AtmosphereModel atmosphere,
            SourceSpectrum star,
            double[] truth,
            double noise,
            double modelError,
            Random random) {
        double[] lambda = new double[N];
        for (int i = 0; i < N; i++) {
            lambda[i] = 351 + 1.13 * i;
        }
        double[] flux = new double[N];
        double[] error = new double[N];
        SpectrumProduct empty = product(lambda, flux, error);
        new SpectrumModel(atmosphere, star, empty).flux(truth, flux);
        for (int i = 0; i < N; i++) {
            error[i] = Math.max(noise, 1e-3) * flux[i];
            flux[i] += flux[i] * (noise * random.nextGaussian() + modelError * random.nextGaussian());
        }
        return new FittedProduct(product(lambda, flux, error));
    }

    double[] flux() {
        return product.spectrum().flux();
    }

    private static SpectrumProduct product(double[] lambda, double[] flux, double[] error) {
        double[] covariance = new double[N * N];
        double[] width = new double[N];
        Arrays.fill(width, 4.5);
        for (int i = 0; i < N; i++) {
            covariance[i * N + i] = error[i] * error[i];
        }
        double[] zero = new double[N];
        PixelMap none = new PixelMap(0, 0, new float[0]);
        return new SpectrumProduct(
                new SpectrumTable(lambda, flux, error, new int[N], zero, zero, zero, new int[N], zero),
                covariance,
                null,
                new OrderZeroStamp(none, 0, 0),
                new SpectrogramMaps(0, 0, 0, none, none, none, none, none, none, none),
                new PsfTable(lambda, zero, zero, zero, zero, zero, zero, width, List.of(), List.of()),
                List.of(),
                summary(),
                new TreeSet<>(),
                List.of(),
                new Provenance("test", "", "", "", "made up", "", new TreeMap<>()));
    }

    private static ProductSummary summary() {
        double nan = Double.NaN;
        return new ProductSummary(
                "star",
                "grating",
                null,
                0,
                "2017-05-31T02:53:52",
                120,
                1.25,
                10,
                780,
                30,
                0,
                0,
                0,
                180,
                1,
                700,
                650,
                -1.5,
                nan,
                -1.5,
                350,
                55.45,
                0.05,
                0,
                0.1,
                550,
                1,
                4.5,
                500,
                1,
                2,
                8,
                ForwardModelSummary.none(),
                ObservationSummary.none(),
                QualitySummary.none(),
                AstrometrySummary.none());
    }
}
