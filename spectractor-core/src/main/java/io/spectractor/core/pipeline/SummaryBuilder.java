package io.spectractor.core.pipeline;

import io.spectractor.core.calibration.WavelengthSolution;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.config.SpectrumConfig;
import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.fit.RobustStatistics;
import io.spectractor.core.observation.Equinox;
import io.spectractor.core.observation.Exposure;
import io.spectractor.core.observation.ExposureTimes;
import io.spectractor.core.observation.ObservationMetadata;
import io.spectractor.core.product.AstrometrySummary;
import io.spectractor.core.product.ForwardModelSummary;
import io.spectractor.core.product.ObservationSummary;
import io.spectractor.core.product.ProductSummary;
import io.spectractor.core.product.QualitySummary;
import io.spectractor.core.product.ReferenceSummary;
import io.spectractor.core.product.SignificantDigits;
import io.spectractor.core.product.SpectrumTable;
import io.spectractor.core.reference.ReferenceChoice;
import io.spectractor.core.target.LocatedTarget;
import io.spectractor.core.target.RotationEstimate;
import io.spectractor.core.target.Target;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** The numbers that describe a spectrum, with the digits that mean something. */
final class SummaryBuilder {
    private final Exposure exposure;
    private final ExtractionConfig config;
    private final ExposureOptics optics;

    /**
     * @param config configuration, unbinned
     */
    SummaryBuilder(Exposure exposure, ExtractionConfig config, ExposureOptics optics) {
        this.exposure = exposure;
        this.config = config;
        this.optics = optics;
    }

    ProductSummary summary(
            LocatedTarget located,
            RotationEstimate rotation,
            MeasuredOrders orders,
            SpectrumTable spectrum,
            AstrometrySummary sky) {
        WavelengthSolution solution = orders.solution();
        ObservationMetadata m = exposure.metadata();
        Target target = optics.target();
        TraceGeometry geometry = solution.geometry();
        return new ProductSummary(
                target == null ? exposure.target() : target.name(),
                optics.disperser().label(),
                m.filter(),
                target == null ? 0 : target.redshift(),
                optics.times().begin(),
                m.exposureSeconds(),
                m.airmass(),
                m.temperatureCelsius(),
                m.pressureHPa(),
                m.humidityPercent(),
                pointing()[1],
                SignificantDigits.decimals(m.hourAngleDeg(), 6),
                SignificantDigits.decimals(optics.parallacticAngleDeg(), 4),
                config.site().cameraRotationDeg(),
                config.ccd().rebin(),
                SignificantDigits.decimals(located.position().x(), 4),
                SignificantDigits.decimals(located.position().y(), 4),
                SignificantDigits.decimals(geometry.angleDeg(), 5),
                rotation.measured() ? SignificantDigits.decimals(rotation.angleDeg(), 5) : Double.NaN,
                SignificantDigits.decimals(optics.disperserAngleDeg(located.position()), 5),
                SignificantDigits.decimals(optics.groovesPerMm(located.position()), 4),
                SignificantDigits.byError(geometry.distanceMm(), solution.distanceErrMm()),
                SignificantDigits.ofError(solution.distanceErrMm()),
                SignificantDigits.byError(geometry.shiftPx(), solution.shiftErrPx()),
                SignificantDigits.ofError(solution.shiftErrPx()),
                SignificantDigits.decimals(optics.with(orders.reference()).lambdaRefNm(), 2),
                SignificantDigits.significant(orders.columns().reducedChi2(), 4),
                SignificantDigits.significant(orders.columns().meanFwhmPx(), 5),
                SignificantDigits.significant(exposure.image().saturationRate(), 6),
                1,
                config.psf().degree(),
                solution.features().size(),
                rounded(orders.numbers()).with(reference(orders.reference())),
                observation(),
                quality(orders, spectrum),
                astrometry(sky));
    }

    private static AstrometrySummary astrometry(AstrometrySummary sky) {
        return new AstrometrySummary(
                sky.skySource(),
                SignificantDigits.decimals(sky.skyTargetX(), 4),
                SignificantDigits.decimals(sky.skyTargetY(), 4),
                SignificantDigits.significant(sky.skyErrorPx(), 3),
                sky.skyMatches(),
                SignificantDigits.significant(sky.skyRmsPx(), 3),
                sky.starTable(),
                sky.starsInModel());
    }

    private static ForwardModelSummary rounded(ForwardModelSummary m) {
        return new ForwardModelSummary(
                SignificantDigits.byError(m.order2Factor(), m.order2FactorErr()),
                SignificantDigits.ofError(m.order2FactorErr()),
                SignificantDigits.byError(m.order3Factor(), m.order3FactorErr()),
                SignificantDigits.ofError(m.order3FactorErr()),
                SignificantDigits.byError(m.waterMm(), m.waterErrMm()),
                SignificantDigits.ofError(m.waterErrMm()),
                SignificantDigits.significant(m.regularisation(), 4),
                SignificantDigits.significant(m.freedom(), 5));
    }

    /** What the header says of a reference. */
    private ReferenceSummary reference(ReferenceChoice choice) {
        Target target = optics.target();
        boolean known = choice.origin() == ReferenceChoice.Origin.KNOWN;
        String name = known && target != null ? target.name() : choice.label();
        return new ReferenceSummary(
                choice.origin().name().toLowerCase(Locale.ROOT),
                name == null || name.isEmpty() ? null : name,
                SignificantDigits.significant(choice.misfit(), 3),
                choice.place() == null
                        ? Double.NaN
                        : SignificantDigits.byError(choice.redshift(), choice.redshiftErr()),
                choice.place() == null ? Double.NaN : SignificantDigits.ofError(choice.redshiftErr()),
                choice.place() == null ? Double.NaN : SignificantDigits.significant(choice.probability(), 4));
    }

    /** The target from the catalogue or the resolver; without one, what the telescope pointed at. */
    private ObservationSummary observation() {
        ObservationMetadata m = exposure.metadata();
        ExposureTimes times = optics.times();
        Target target = optics.target();
        double[] pointing = pointing();
        boolean known = target != null;
        return new ObservationSummary(
                known ? SignificantDigits.decimals(target.rightAscensionDeg(), 7) : pointing[0],
                known ? SignificantDigits.decimals(target.declinationDeg(), 7) : pointing[1],
                known ? 2000 : 2000 + SignificantDigits.decimals((times.beginMjd() - 51_544.5) / 365.25, 3),
                known ? target.positionOrigin().name().toLowerCase(Locale.ROOT) : "header",
                pointing[0],
                m.card("INSTRUME").orElse(config.site().name()),
                m.card("OBSERVER").orElse("unknown"),
                times.begin(),
                times.middle().isEmpty() ? null : times.middle(),
                times.end().isEmpty() ? null : times.end(),
                times.beginMjd(),
                times.middleMjd());
    }

    /** Where the telescope pointed, at J2000. */
    private double[] pointing() {
        ObservationMetadata m = exposure.metadata();
        double year = Optional.of("EQUINOX")
                .flatMap(m::card)
                .or(() -> m.card("EPOCH"))
                .map(SummaryBuilder::year)
                .orElse(2000.0);
        double[] at = year == 2000
                ? new double[] {m.rightAscensionDeg(), m.declinationDeg()}
                : Equinox.j2000(m.rightAscensionDeg(), m.declinationDeg(), year);
        return Arrays.stream(at).map(v -> SignificantDigits.decimals(v, 6)).toArray();
    }

    /** A year that an equinox can have; 2000 for anything else. */
    private static double year(String text) {
        try {
            double year = Double.parseDouble(text.replaceFirst("^[JB]", ""));
            return year >= 1800 && year <= 2200 ? year : 2000;
        } catch (NumberFormatException e) {
            return 2000;
        }
    }

    private QualitySummary quality(MeasuredOrders orders, SpectrumTable s) {
        double[] snr = IntStream.range(0, s.size())
                .filter(i -> s.mask()[i] == 0 && Double.isFinite(s.flux()[i]))
                .mapToDouble(i -> s.flux()[i] / s.fluxErr()[i])
                .toArray();
        int middle = s.size() / 2;
        double bin = Math.abs(s.lambdaNm()[middle] - s.lambdaNm()[middle - 1]);
        return new QualitySummary(
                snr.length == 0 ? Double.NaN : SignificantDigits.significant(RobustStatistics.median(snr), 3),
                SignificantDigits.significant(bin * orders.columns().fwhm()[middle], 3),
                SignificantDigits.significant(bin, 4),
                optics.inVacuum() ? "vacuum" : "air",
                method(orders));
    }

    /** The extraction that the spectrum is of, which need not be the configured one. */
    private String method(MeasuredOrders orders) {
        SpectrumConfig.Method asked = config.extraction().method();
        boolean summed = asked == SpectrumConfig.Method.APERTURE;
        return switch (orders.way()) {
            case COLUMNS ->
                (summed ? asked : SpectrumConfig.Method.PSF1D).name().toLowerCase(Locale.ROOT);
            case SPECTROGRAM -> asked.name().toLowerCase(Locale.ROOT);
            case LINES -> "lines";
        };
    }
}
