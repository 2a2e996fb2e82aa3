package io.spectractor.catalogue.spectra;

import io.spectractor.batch.Hashes;
import io.spectractor.batch.Json;
import io.spectractor.batch.store.ProductRecord;
import io.spectractor.catalogue.spectra.SpectrumRow.SpectrumLists;
import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.optics.TabulatedCurve;
import io.spectractor.core.optics.Throughput;
import io.spectractor.core.product.ObservationSummary;
import io.spectractor.core.product.ProductReader;
import io.spectractor.core.product.ProductSummary;
import io.spectractor.core.product.Provenance;
import io.spectractor.core.product.ScienceDigest;
import io.spectractor.core.product.SpectrumProduct;
import io.spectractor.core.product.SpectrumTable;
import io.spectractor.core.product.TopOfAtmosphereSpectrum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Products as rows. */
final class ProductSpectra {
    private final CalibrationStore store;
    private final StarNames stars;
    private final BandPhotometry photometry;

    ProductSpectra(CalibrationStore store, StarNames stars, BandPhotometry photometry) {
        this.store = store;
        this.stars = stars;
        this.photometry = photometry;
    }

    /**
     * A product as a row.
     *
     * @throws IOException if it is damaged, or lacks what a row needs; the message names the file
     */
    SpectrumRow read(Path file, byte[] bytes) throws IOException {
        ProductReader reader = new ProductReader();
        SpectrumProduct product = reader.read(bytes, file.toString());
        ProductSummary summary = product.summary();
        SpectrumRow.Cells cells = new SpectrumRow.Cells();
        String target = summary.target();
        place(file, cells, target, summary.observation());
        cells.put(SpectraColumn.EXPOSURE, stem(product.provenance().inputName()))
                .put(SpectraColumn.MJD, time(file, summary))
                .put(SpectraColumn.EXPOSURE_TIME, summary.exposureSeconds())
                .put(SpectraColumn.AIRMASS, summary.airmass())
                .put(SpectraColumn.INSTRUMENT, summary.observation().instrument())
                .put(SpectraColumn.DISPERSER, summary.disperser())
                .put(SpectraColumn.FILTER, summary.filter())
                .put(SpectraColumn.SPECTRAL_ORDER, summary.order())
                .put(SpectraColumn.TEMPERATURE, summary.temperatureCelsius())
                .put(SpectraColumn.PRESSURE, summary.pressureHPa())
                .put(SpectraColumn.HUMIDITY, summary.humidityPercent())
                .put(SpectraColumn.PARALLACTIC_ANGLE, summary.parallacticAngleDeg())
                .put(SpectraColumn.SNR, summary.quality().medianSnr())
                .put(SpectraColumn.RESOLUTION, summary.quality().resolutionNm())
                .put(SpectraColumn.REDUCED_CHI2, summary.reducedChi2())
                .put(SpectraColumn.PWV, summary.model().waterMm())
                .put(SpectraColumn.PWV_ERR, summary.model().waterErrMm())
                .put(SpectraColumn.AIR_OR_VACUUM, summary.quality().medium())
                .put(
                        SpectraColumn.CAVEATS,
                        product.caveats().stream()
                                .map(caveat -> caveat.name().toLowerCase(java.util.Locale.ROOT))
                                .collect(Collectors.joining(" ")));
        origin(file, bytes, reader, product.provenance(), cells);
        SpectrumTable spectrum = product.spectrum();
        double[] instrument = instrument(product, spectrum.lambdaNm());
        TopOfAtmosphereSpectrum above = spectrum.topOfAtmosphere();
        SpectrumLists lists = new SpectrumLists(
                spectrum.lambdaNm(), spectrum.flux(), spectrum.fluxErr(), above.flux(), above.fluxErr(), instrument);
        double[] transmission = above.transmission().clone();
        for (int i = 0; i < transmission.length; i++) {
            if (!Double.isFinite(above.flux()[i])) {
                transmission[i] = Double.NaN;
            }
        }
        Photometry light = photometry.of(new BandPhotometry.Columns(
                spectrum.lambdaNm(),
                spectrum.flux(),
                product.covariance(),
                transmission,
                above.transmissionErr(),
                instrument));
        return new SpectrumRow(cells.map(), lists, light);
    }

    private void place(Path file, SpectrumRow.Cells cells, @Nullable String target, ObservationSummary where)
            throws IOException {
        StarNames.Position position = target == null ? null : stars.given(target);
        if (position == null && Double.isFinite(where.targetRaDeg()) && Double.isFinite(where.targetDecDeg())) {
            String origin = where.targetOrigin();
            position = new StarNames.Position(
                    where.targetRaDeg(), where.targetDecDeg(), where.targetEpoch(), origin == null ? "header" : origin);
        }
        if (position == null && target != null) {
            position = stars.find(target);
        }
        SpectrumFiles.place(file.toString(), cells, position, target);
        if (target != null) {
            cells.put(SpectraColumn.TARGET, stars.one(target)).put(SpectraColumn.TARGET_AS_GIVEN, target);
        }
    }

    private static double time(Path file, ProductSummary summary) throws IOException {
        ObservationSummary when = summary.observation();
        double mjd = Double.isFinite(when.mjdMiddle()) ? when.mjdMiddle() : when.mjdBegin();
        if (!Double.isFinite(mjd)) {
            throw new IOException(
                    file + ": it has no time (MJD-AVG); extract the image again, with a date in its header");
        }
        return mjd;
    }

    private static void origin(
            Path file, byte[] bytes, ProductReader reader, Provenance provenance, SpectrumRow.Cells cells)
            throws IOException {
        cells.put(SpectraColumn.FILE, String.valueOf(file.getFileName()))
                .put(SpectraColumn.RUN, run(file, bytes))
                .put(SpectraColumn.CODE_VERSION, provenance.codeVersion())
                .put(SpectraColumn.CONFIG_SHA256, provenance.configSha256())
                .put(SpectraColumn.CALIBRATION_SHA256, provenance.calibrationSha256())
                .put(SpectraColumn.INPUT_SHA256, provenance.inputSha256())
                .put(SpectraColumn.SCIENCE_SHA256, ScienceDigest.of(bytes, file.toString()))
                .put(SpectraColumn.WRITTEN, reader.written(bytes, file.toString()));
    }

    /** The run that a product's record names, if the record is there and of just this product. */
    private static @Nullable String run(Path file, byte[] bytes) throws IOException {
        Path record = file.resolveSibling("_runs").resolve("_products").resolve(file.getFileName() + ".json");
        if (!Files.isRegularFile(record)) {
            return null;
        }
        try {
            ProductRecord kept = Json.read(Files.readString(record), ProductRecord.class);
            return Hashes.sha256(bytes).equals(kept.result().productSha256()) ? kept.runId() : null;
        } catch (com.fasterxml.jackson.core.JacksonException e) {
            return null;
        }
    }

    /** Share of the light that telescope, filter and disperser leave, by the curves that the product names; NaN if unknown. */
    private double[] instrument(SpectrumProduct product, double[] lambda) {
        double[] share = new double[lambda.length];
        Arrays.fill(share, Double.NaN);
        String site = product.provenance().config().getOrDefault("site.throughput", "");
        TabulatedCurve telescope = store.throughput(site).orElse(null);
        TabulatedCurve disperser = store.disperser(product.summary().disperser())
                .map(d -> d.transmission())
                .orElse(null);
        String filter = product.summary().filter();
        TabulatedCurve filterCurve =
                filter == null ? null : store.filter(filter).orElse(null);
        if (telescope != null && disperser != null) {
            Throughput all = Throughput.of(telescope, filterCurve).through(disperser);
            Arrays.setAll(share, i -> all.at(lambda[i]));
        }
        return share;
    }

    /** Name of an image without its endings. */
    static String stem(String name) {
        return name.replaceFirst("(?i)\\.(fits?|fts)(\\.(gz|fz|bz2))?$", "");
    }
}
