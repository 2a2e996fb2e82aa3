package io.spectractor.catalogue;

import io.spectractor.core.outcome.StageTimings;
import io.spectractor.core.product.AstrometrySummary;
import io.spectractor.core.product.ObservationSummary;
import io.spectractor.core.product.ProductSummary;
import io.spectractor.core.product.ProductWriter;
import io.spectractor.core.product.Provenance;
import io.spectractor.core.product.SpectrumProduct;
import io.spectractor.core.product.SpectrumTable;
import io.spectractor.core.product.TopOfAtmosphereSpectrum;
import io.spectractor.testkit.SmallProduct;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Made-up products of 200 columns, flat in flux, that differ in what a test asks for. */
final class Products {
    private static final int COLUMNS = 200;

    private Products() {}

    /**
     * Writes one.
     *
     * @param image stem of the image
     * @param ra NaN if nobody knows
     * @param written seconds after some instant
     */
    static Path write(
            Path folder,
            String image,
            @Nullable String target,
            double ra,
            double dec,
            double mjd,
            double flux,
            int written)
            throws IOException {
        SpectrumProduct small = SmallProduct.of(image + ".fits", 7, new TreeSet<>());
        double[] lambda = new double[COLUMNS];
        Arrays.setAll(lambda, i -> 320 + 4 * i);
        int[] whole = new int[COLUMNS];
        Arrays.setAll(whole, i -> 10 + i);
        double[] err = filled(0.01 * flux);
        double[] covariance = new double[COLUMNS * COLUMNS];
        for (int i = 0; i < COLUMNS; i++) {
            covariance[i * (COLUMNS + 1)] = err[i] * err[i];
        }
        SpectrumTable spectrum = new SpectrumTable(
                lambda,
                filled(flux),
                err,
                new int[COLUMNS],
                filled(1),
                filled(1),
                filled(0.1),
                whole,
                filled(0),
                new TopOfAtmosphereSpectrum(filled(2 * flux), filled(0.02 * flux), filled(0.5), filled(0.005), "test"));
        ObservationSummary observation = new ObservationSummary(
                ra, dec, 2000, Double.isNaN(ra) ? null : "catalogue", ra, "cfccd", null, null, null, null, mjd, mjd);
        SpectrumProduct product = new SpectrumProduct(
                spectrum,
                covariance,
                null,
                small.order0(),
                small.spectrogram(),
                small.psf(),
                small.lines(),
                summary(small.summary(), target, observation),
                small.caveats(),
                small.inputCards(),
                new Provenance(
                        "test", "config", "v", "calibration", image + ".fits", "input " + image, new TreeMap<>()));
        Clock clock = Clock.fixed(Instant.ofEpochSecond(1_700_000_000L + written), ZoneOffset.UTC);
        return Files.write(
                folder.resolve(image + "_spectrum.fits"),
                new ProductWriter(clock).toBytes(product, StageTimings.none()));
    }

    private static double[] filled(double value) {
        double[] values = new double[COLUMNS];
        Arrays.fill(values, value);
        return values;
    }

    private static ProductSummary summary(ProductSummary s, @Nullable String target, ObservationSummary observation) {
        return new ProductSummary(
                target,
                "HoloAmAg",
                s.filter(),
                s.redshift(),
                s.dateObs(),
                s.exposureSeconds(),
                s.airmass(),
                s.temperatureCelsius(),
                s.pressureHPa(),
                s.humidityPercent(),
                s.declinationDeg(),
                s.hourAngleDeg(),
                s.parallacticAngleDeg(),
                s.cameraRotationDeg(),
                s.rebin(),
                s.targetX(),
                s.targetY(),
                s.rotationAngleDeg(),
                s.hessianAngleDeg(),
                s.disperserAngleDeg(),
                s.groovesPerMm(),
                s.distanceMm(),
                s.distanceErrMm(),
                s.shiftPx(),
                s.shiftErrPx(),
                s.lambdaRefNm(),
                s.reducedChi2(),
                s.meanFwhmPx(),
                s.saturationRate(),
                s.order(),
                s.psfDegree(),
                s.linesUsed(),
                s.model(),
                observation,
                s.quality(),
                AstrometrySummary.none());
    }
}
