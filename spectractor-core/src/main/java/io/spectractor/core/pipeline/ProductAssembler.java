package io.spectractor.core.pipeline;

import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.calibration.FluxCalibration;
import io.spectractor.core.calibration.LineTable;
import io.spectractor.core.calibration.WavelengthSolution;
import io.spectractor.core.config.ConfigText;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.extraction.ColumnSpectrum;
import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.fit.Deadline;
import io.spectractor.core.observation.Exposure;
import io.spectractor.core.outcome.Caveat;
import io.spectractor.core.pipeline.ExtractionStages.Strip;
import io.spectractor.core.product.AstrometrySummary;
import io.spectractor.core.product.CodeVersion;
import io.spectractor.core.product.LineMeasurement;
import io.spectractor.core.product.OrderTwoSpectrum;
import io.spectractor.core.product.Provenance;
import io.spectractor.core.product.PsfTable;
import io.spectractor.core.product.SpectrumProduct;
import io.spectractor.core.product.SpectrumTable;
import io.spectractor.core.target.LocatedTarget;
import io.spectractor.core.target.RotationEstimate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Puts the results of the stages together into a product: flux units, line table, maps, numbers, provenance. */
final class ProductAssembler {
    private final Exposure exposure;
    private final ExtractionConfig config;
    private final ExtractionConfig run;
    private final ExtractionConfig binned;
    private final ExposureOptics optics;
    private final CalibrationStore calibration;
    private final Deadline deadline;

    /**
     * @param exposure the exposure
     * @param own its configuration, unbinned
     * @param config the configuration of the run, which provenance records
     * @param optics what calibration and header say
     * @param calibration calibration data
     * @param deadline time limit
     */
    ProductAssembler(
            Exposure exposure,
            ExtractionConfig own,
            ExtractionConfig config,
            ExposureOptics optics,
            CalibrationStore calibration,
            Deadline deadline) {
        this.exposure = exposure;
        this.config = own;
        this.run = config;
        this.binned = own.binned();
        this.optics = optics;
        this.calibration = calibration;
        this.deadline = deadline;
    }

    SpectrumProduct assemble(
            LocatedTarget located,
            RotationEstimate rotation,
            Strip strip,
            ColumnSpectrum extracted,
            MeasuredOrders orders,
            Set<Caveat> caveats,
            AstrometrySummary sky,
            String inputSha256) {
        ColumnSpectrum columns = orders.columns();
        WavelengthSolution solution = orders.solution();
        int n = columns.size();
        double[] lambda = solution.lambdaNm(columns.firstColumn(), n);
        double[] factor = FluxCalibration.of(
                        config.site().collectingAreaCm2(), config.ccd().gain())
                .fluxPerRate(lambda);
        SpectrumTable spectrum = spectrum(orders, lambda, factor);
        double[] covariance = orders.covariance().clone();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                boolean empty = spectrum.isEmpty(i) || spectrum.isEmpty(j);
                covariance[i * n + j] *= empty ? Double.NaN : factor[i] * factor[j];
            }
        }
        List<LineMeasurement> lines = lines(extracted, orders, spectrum);
        return new SpectrumProduct(
                spectrum.withoutData(),
                covariance,
                orderTwo(orders, factor),
                located.stamp(),
                new SpectrogramMapper(strip.image(), binned.background()).map(strip, columns),
                psfTable(columns, solution.geometry(), spectrum),
                lines,
                new SummaryBuilder(exposure, config, optics).summary(located, rotation, orders, spectrum, sky),
                new TreeSet<>(caveats),
                exposure.metadata().cards(),
                provenance(inputSha256));
    }

    private List<LineMeasurement> lines(ColumnSpectrum extracted, MeasuredOrders orders, SpectrumTable spectrum) {
        if (orders.emission() != null) {
            return new EmissionTable(orders, spectrum).rows(orders.emission());
        }
        TraceGeometry geometry = orders.solution().geometry();
        LineTable.Blurred blurred = new LineTable.Blurred(
                extracted,
                optics.orderTwo(EnumSet.noneOf(Caveat.class)).firstOrder(extracted, geometry),
                optics.reference()
                        .columns(
                                geometry,
                                extracted.firstColumn(),
                                extracted.size(),
                                extracted.meanFwhmPx(),
                                TypicalAtmosphere.waterMm(orders.numbers())));
        return new LineTable(binned.lines(), deadline)
                .measure(
                        blurred,
                        orders.solution(),
                        optics.lines(),
                        optics::onTheScale,
                        spectrum,
                        orders.columns().fwhm());
    }

    private SpectrumTable spectrum(MeasuredOrders orders, double[] lambda, double[] factor) {
        ColumnSpectrum columns = orders.columns();
        int n = columns.size();
        double[] flux = new double[n];
        double[] fluxErr = new double[n];
        double[] rateErr = new double[n];
        int[] column = new int[n];
        for (int i = 0; i < n; i++) {
            column[i] = columns.firstColumn() + i;
            rateErr[i] = Math.sqrt(orders.covariance()[i * n + i]);
            flux[i] = orders.rate()[i] * factor[i];
            fluxErr[i] = rateErr[i] * factor[i];
        }
        return new SpectrumTable(
                lambda,
                flux,
                fluxErr,
                columns.flags(),
                orders.rate(),
                rateErr,
                orders.solution().lambdaErrNm(columns.firstColumn(), n),
                column,
                columns.traceY(),
                new TopOfAtmosphereCorrection(optics, orders).apply(lambda, flux, fluxErr));
    }

    /** The second order in the flux units of the first, so that it can be compared with it column by column. */
    private static @Nullable OrderTwoSpectrum orderTwo(MeasuredOrders orders, double[] factor) {
        int n = factor.length;
        double[] flux = new double[n];
        double[] error = new double[n];
        boolean any = false;
        for (int i = 0; i < n; i++) {
            flux[i] = orders.order2Rate()[i] * factor[i];
            error[i] = orders.order2RateErr()[i] * factor[i];
            any |= error[i] > 0;
        }
        return any ? new OrderTwoSpectrum(orders.order2LambdaNm(), flux, error) : null;
    }

    private static PsfTable psfTable(ColumnSpectrum columns, TraceGeometry geometry, SpectrumTable spectrum) {
        int n = columns.size();
        double[] dx = new double[n];
        double[] dy = new double[n];
        double[] dyAxis = new double[n];
        double[] error = new double[n];
        double slope = Math.tan(Math.toRadians(geometry.angleDeg()));
        for (int i = 0; i < n; i++) {
            dx[i] = columns.firstColumn() + i - geometry.order0().x();
            dy[i] = columns.traceY()[i] - geometry.order0().y();
            dyAxis[i] = slope * dx[i];
            error[i] = columns.error(i);
        }
        return new PsfTable(
                spectrum.lambdaNm(),
                dx,
                dy,
                dyAxis,
                spectrum.blank(columns.stripSum()),
                spectrum.blank(columns.rate()),
                spectrum.blank(error),
                columns.fwhm(),
                columns.shapeNames(),
                columns.shape());
    }

    private Provenance provenance(String inputSha256) {
        return new Provenance(
                CodeVersion.version(),
                ConfigText.sha256(run),
                calibration.version(),
                calibration.sha256(),
                exposure.name(),
                inputSha256,
                ConfigText.of(run));
    }
}
