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
    private static final int COLUMNS = 640;
    private static final double FIRST_NM = 351;
    private static final double RANGE_NM = 723.2;

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
        return of(atmosphere, star, truth, noise, modelError, random, COLUMNS);
    }

    /** The same with other, wider or narrower columns. */
    static FittedProduct of(
            AtmosphereModel atmosphere,
            SourceSpectrum star,
            double[] truth,
            double noise,
            double modelError,
            Random random,
            int columns) {
        double[] lambda = new double[columns];
        for (int i = 0; i < columns; i++) {
            lambda[i] = FIRST_NM + RANGE_NM / columns * i;
        }
        double[] flux = new double[columns];
        double[] error = new double[columns];
        SpectrumProduct empty = product(lambda, flux, error);
        new SpectrumModel(atmosphere, star, empty).flux(truth, flux);
        for (int i = 0; i < columns; i++) {
            error[i] = Math.max(noise, 1e-3) * flux[i];
            flux[i] += flux[i] * (noise * random.nextGaussian() + modelError * random.nextGaussian());
        }
        return new FittedProduct(product(lambda, flux, error));
    }

    double[] flux() {
        return product.spectrum().flux();
    }

    private static SpectrumProduct product(double[] lambda, double[] flux, double[] error) {
        int n = lambda.length;
        double[] covariance = new double[n * n];
        double[] width = new double[n];
        Arrays.fill(width, 4.5);
        for (int i = 0; i < n; i++) {
            covariance[i * n + i] = error[i] * error[i];
        }
        double[] zero = new double[n];
        PixelMap none = new PixelMap(0, 0, new float[0]);
        return new SpectrumProduct(
                new SpectrumTable(lambda, flux, error, new int[n], zero, zero, zero, new int[n], zero),
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
