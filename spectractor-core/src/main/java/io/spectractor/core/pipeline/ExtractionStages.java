package io.spectractor.core.pipeline;

import io.spectractor.core.background.BackgroundEstimator;
import io.spectractor.core.background.SkyModel;
import io.spectractor.core.calibration.OrderOverlap;
import io.spectractor.core.calibration.WavelengthSolution;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.config.RotationConfig;
import io.spectractor.core.config.SpectrumConfig;
import io.spectractor.core.emission.Emission;
import io.spectractor.core.emission.EmissionModel;
import io.spectractor.core.extraction.AngleRefinement;
import io.spectractor.core.extraction.ColumnSpectrum;
import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.extraction.TransverseExtraction;
import io.spectractor.core.fit.Deadline;
import io.spectractor.core.fit.RobustStatistics;
import io.spectractor.core.forward.ForwardInput;
import io.spectractor.core.forward.ForwardModel;
import io.spectractor.core.forward.ForwardSolution;
import io.spectractor.core.observation.CcdImage;
import io.spectractor.core.observation.Exposure;
import io.spectractor.core.observation.ExposureRequest;
import io.spectractor.core.outcome.Caveat;
import io.spectractor.core.outcome.ExtractionException;
import io.spectractor.core.outcome.FailureKind;
import io.spectractor.core.product.AstrometrySummary;
import io.spectractor.core.reference.ReferenceChoice;
import io.spectractor.core.reference.TemplateLibrary;
import io.spectractor.core.target.LineImages;
import io.spectractor.core.target.LocatedTarget;
import io.spectractor.core.target.RotationEstimate;
import io.spectractor.core.target.RotationEstimator;
import io.spectractor.core.target.Target;
import io.spectractor.core.trail.TrailFinder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The stages of one extraction, each a function of the values before it; {@link StagedExtraction} opens them to all. */
public final class ExtractionStages {
    private static final int MIN_COLUMNS = 50;
    /** Signal-to-noise ratio of the whole spectrum below which there is none. */
    private static final double MIN_TOTAL_SNR = 5;
    /** Share of the spectrum that may lie beside the strip before it is extracted anew. */
    private static final double MISSED = 0.05;

    /** Share of columns without data that is worth a word. */
    private static final double MOST_EMPTY = 0.02;
    /** Reduced chi2 above which errors that follow from the profile are those of another star's. */
    private static final double POOR_CHI2 = 5;

    /** Median signal-to-noise ratio per column below which a user is warned. */
    private static final double LOW_SNR = 1.5;

    private final Exposure exposure;
    private final ExposureRequest request;
    private final ExtractionConfig config;
    private final ExposureOptics optics;
    private final TemplateLibrary library;
    private final Deadline deadline;
    private final Set<Caveat> caveats;
    private final FieldStage field;
    private final CompanionSpectrum companion;

    /**
     * @param exposure the exposure
     * @param request what was known beforehand
     * @param config configuration in the pixels of the exposure's image
     * @param optics what calibration and header say
     * @param library what a star without a known spectrum may be
     * @param deadline time limit
     * @param astrometry finds the sky on the image
     * @param caveats receives what a user should know
     */
    ExtractionStages(
            Exposure exposure,
            ExposureRequest request,
            ExtractionConfig config,
            ExposureOptics optics,
            TemplateLibrary library,
            Deadline deadline,
            AstrometryStage astrometry,
            Set<Caveat> caveats) {
        this.field = new FieldStage(astrometry, config, optics, caveats);
        this.companion = new CompanionSpectrum(config, deadline);
        this.exposure = exposure;
        this.request = request;
        this.config = config;
        this.optics = optics;
        this.library = library;
        this.deadline = deadline;
        this.caveats = caveats;
    }

    /**
     * The part of the frame with the spectrum.
     *
     * @param firstColumn its first column, px of the image
     * @param traceY row of the trace, one per column, px
     * @param sky the sky below
     * @param image the exposure, trails that cross the spectrum masked
     * @param companionRows rows from the trace to that of another star whose spectrum lies beside it; NaN without
     */
    public record Strip(int firstColumn, double[] traceY, SkyModel sky, CcdImage image, double companionRows) {
        /** Whether there is another star's spectrum. */
        boolean hasCompanion() {
            return !Double.isNaN(companionRows);
        }
    }

    /**
     * The spectrum before its wavelengths are known.
     *
     * @param spectrum count rates, ADU/s per column
     * @param geometry the geometry with its refined angle
     */
    public record Extracted(ColumnSpectrum spectrum, TraceGeometry geometry) {}

    /**
     * The spectrum's wavelengths.
     *
     * @param solution the wavelength solution
     * @param orderTwo the second order at these wavelengths
     * @param reference what the spectrum was held against
     * @param emission its lines, if it is a spectrum of lines in emission
     */
    public record Solved(
            WavelengthSolution solution,
            OrderOverlap orderTwo,
            ReferenceChoice reference,
            @Nullable Emission emission) {}

    LocatedTarget locate() {
        LocatedTarget located = field.locate(new OrderZeroStage(exposure, request, config, deadline));
        caveats.addAll(located.caveats());
        companion.locatedAt(located);
        if (!optics.mapCovers(located.position())) {
            caveats.add(Caveat.OUTSIDE_DISPERSER_MAP);
        }
        return located;
    }

    /** World coordinates, as far as {@link #locate} found and the model used them. */
    AstrometrySummary astrometry() {
        return field.summary();
    }

    RotationEstimate rotate(LocatedTarget located) {
        double mapAngle = optics.disperserAngleDeg(located.position());
        int halfHeight = config.background().distancePx();
        RotationEstimate estimate = new RotationEstimator()
                .estimate(exposure.image(), located.position(), mapAngle, config.rotation(), halfHeight);
        if (isLamp() && config.rotation().method() == RotationConfig.Method.HESSIAN) {
            estimate = LineImages.better(estimate, exposure.image(), located.position(), config.rotation());
        }
        caveats.addAll(estimate.caveats());
        return estimate;
    }

    Strip background(TraceGeometry geometry) {
        double first = Math.floor(geometry.columnOf(optics.minLambdaNm(), 1));
        double last = Math.ceil(geometry.columnOf(optics.maxLambdaNm(), 1));
        ColumnRange range = ColumnRange.of(exposure.image(), geometry, first, last);
        if (range.isShort()) {
            caveats.add(Caveat.SPECTRUM_TRUNCATED);
        }
        range.requireAtLeast(MIN_COLUMNS);
        int from = range.from();
        int to = range.to();
        BackgroundEstimator estimator = new BackgroundEstimator(config.background());
        double[] predicted = geometry.rows(from, to - from + 1, 1);
        CcdImage image = withoutTrails(from, predicted);
        SkyModel sky = estimator.estimate(image, from, predicted, caveats);
        if (config.rotation().method() == RotationConfig.Method.NONE) {
            return new Strip(from, predicted, sky, image, Double.NaN);
        }
        TransverseExtraction.Ridge ridge =
                new TransverseExtraction(config.extraction(), config.psf()).findRidge(image, sky, from, predicted);
        Target star = optics.target();
        boolean alone = field.isKnown() || (star != null && star.kind() != Target.Kind.STAR);
        TransverseExtraction.Ridge seen = alone
                ? new TransverseExtraction.Ridge(ridge.traceY(), Double.NaN)
                : companion.look(ridge, from, predicted, geometry.angleDeg(), exposure.guess(), caveats);
        return new Strip(from, seen.traceY(), sky, image, seen.otherRows());
    }

    private CcdImage withoutTrails(int from, double[] predicted) {
        CcdImage seen = exposure.image();
        CcdImage masked = TrailFinder.masked(
                seen,
                from,
                predicted,
                config.extraction().halfHeightPx(),
                config.background().distancePx() + config.background().widthPx(),
                config.ccd().rebin());
        if (masked != seen) {
            caveats.add(Caveat.TRAIL_MASKED);
        }
        return masked;
    }

    Extracted extract(Strip strip, TraceGeometry geometry) {
        Extracted first = extract(strip.image(), strip, geometry);
        CcdImage cleaned = field.cleaned(strip.image(), first);
        // the first one took the other stars' light for the target's, and expects too much of them
        return cleaned == strip.image()
                ? first
                : extract(field.cleaned(strip.image(), extract(cleaned, strip, geometry)), strip, geometry);
    }

    private Extracted extract(CcdImage image, Strip strip, TraceGeometry geometry) {
        ColumnSpectrum spectrum = strip.hasCompanion()
                ? companion.extract(image, strip, caveats)
                : new TransverseExtraction(config.extraction(), config.psf())
                        .extract(image, strip.sky(), strip.firstColumn(), strip.traceY(), deadline, caveats);
        checkSignal(spectrum, geometry);
        double orderTwoOnset = 2 * optics.minLambdaNm();
        double angle = AngleRefinement.angleDeg(spectrum, geometry, orderTwoOnset);
        return new Extracted(spectrum, geometry.withAngle(angle));
    }

    private boolean isLamp() {
        Target target = optics.target();
        return target != null && target.kind() == Target.Kind.LAMP;
    }

    private void checkSignal(ColumnSpectrum spectrum, TraceGeometry geometry) {
        double sum = 0;
        double variance = 0;
        double[] snr = new double[spectrum.size()];
        for (int i = 0; i < snr.length; i++) {
            snr[i] = spectrum.rate()[i] / spectrum.error(i);
            if (spectrum.flags()[i] == 0) {
                sum += spectrum.rate()[i];
                variance += spectrum.error(i) * spectrum.error(i);
            }
        }
        if (!(sum > MIN_TOTAL_SNR * Math.sqrt(variance)) && !(isLamp() && BrightLines.in(spectrum))) {
            throw new ExtractionException(
                    FailureKind.NO_SPECTRUM,
                    String.format(
                            Locale.ROOT,
                            "no spectrum beside order 0: %.3g ADU/s in all, 1 sigma is %.3g; %s",
                            sum,
                            Math.sqrt(variance),
                            whereElse(geometry)));
        }
        long empty = Arrays.stream(spectrum.flags())
                .filter(flags -> (flags & ColumnSpectrum.INTERPOLATED) != 0)
                .count();
        if (empty > MOST_EMPTY * snr.length) {
            caveats.add(Caveat.COLUMNS_EMPTY);
        }
        double[] measured = IntStream.range(0, snr.length)
                .filter(i -> spectrum.flags()[i] == 0)
                .mapToDouble(i -> snr[i])
                .toArray();
        if (RobustStatistics.median(measured) < LOW_SNR) {
            caveats.add(Caveat.LOW_SIGNAL);
            if (lightDirection(geometry) != LightDirection.RIGHT) {
                caveats.add(Caveat.LIGHT_ELSEWHERE);
            }
        }
    }

    private LightDirection lightDirection(TraceGeometry geometry) {
        double near =
                geometry.columnOf(optics.minLambdaNm(), 1) - geometry.order0().x();
        double far =
                geometry.columnOf(optics.maxLambdaNm(), 1) - geometry.order0().x();
        return LightDirection.of(exposure.image(), geometry.order0(), near, far);
    }

    private String whereElse(TraceGeometry geometry) {
        LightDirection direction = lightDirection(geometry);
        return direction == LightDirection.RIGHT
                ? "wrong guess or disperser?"
                : "but light runs from order 0 " + direction.question();
    }

    /** The solution; fails where what was taken for lines are other stars of the field. */
    Solved calibrate(Strip strip, Extracted extracted) {
        OrderOverlap orderTwo = optics.orderTwo(caveats);
        ReferenceStage stage = new ReferenceStage(config, optics, library, deadline, caveats);
        double airmass = exposure.metadata().airmass();
        GeometryCheck.requireWavelengths(extracted.geometry(), extracted.spectrum(), airmass);
        Solved solved = stage.calibrate(extracted, orderTwo);
        GeometryCheck.requireWavelengths(solved.solution().geometry(), extracted.spectrum(), airmass);
        boolean placed = exposure.guess() != null || field.isKnown();
        SingleTraceCheck.require(strip, extracted.spectrum(), solved, new SingleTraceCheck.Known(placed, isLamp()));
        GeometryCheck check = GeometryCheck.of(
                extracted.spectrum(),
                solved.solution().geometry(),
                optics.disperserAngleDeg(solved.solution().geometry().order0()),
                config.dispersion(),
                2 * optics.minLambdaNm());
        if (!check.holds()) {
            caveats.add(Caveat.GEOMETRY_INCONSISTENT);
        }
        return solved;
    }

    /**
     * Whether the strip misses much of the spectrum, as its wavelengths have it: the distance to the detector is another than
     * the nominal one.
     */
    boolean misses(Strip strip, Extracted extracted, Solved solved) {
        TraceGeometry geometry = solved.solution().geometry();
        double first = Math.floor(geometry.columnOf(optics.minLambdaNm(), 1));
        double last = Math.ceil(geometry.columnOf(optics.maxLambdaNm(), 1));
        if (Double.isNaN(first) || Double.isNaN(last)) {
            return false;
        }
        ColumnRange range = ColumnRange.of(exposure.image(), geometry, first, last);
        int end = strip.firstColumn() + extracted.spectrum().size() - 1;
        int missed = Math.max(0, strip.firstColumn() - range.from()) + Math.max(0, range.to() - end);
        return missed > MISSED * (range.to() - range.from() + 1);
    }

    /** The first order with the second taken out: by a model of the spectrogram, or by subtracting what is predicted. */
    MeasuredOrders model(Strip strip, Extracted extracted, Solved solved) {
        MeasuredOrders orders = measured(strip, extracted, solved);
        boolean summed = config.extraction().method() == SpectrumConfig.Method.APERTURE;
        if (!summed && orders.columns().reducedChi2() > POOR_CHI2) {
            caveats.add(Caveat.PROFILE_POOR);
        }
        return orders;
    }

    private MeasuredOrders measured(Strip strip, Extracted extracted, Solved solved) {
        SpectrumConfig.Method method = config.extraction().method();
        if (method == SpectrumConfig.Method.APERTURE || method == SpectrumConfig.Method.PSF1D) {
            return MeasuredOrders.byColumn(extracted, solved);
        }
        Emission emission = solved.emission();
        if (emission != null && !emission.resolved()) {
            return lines(strip, extracted, solved, emission);
        }
        ForwardInput input = new ForwardInput(
                strip.image(),
                strip.sky(),
                strip.traceY(),
                extracted.spectrum(),
                solved.solution(),
                method == SpectrumConfig.Method.FORWARD
                        ? optics.with(solved.reference()).reference()
                        : null,
                solved.orderTwo(),
                caveats.contains(Caveat.ORDER2_ASSUMED),
                optics.orderThree(),
                optics.orderThreeAssumed(),
                strip.hasCompanion()
                        ? List.of(companion.known(strip, solved.solution().geometry(), solved.orderTwo()))
                        : field.known(
                                strip.image(),
                                extracted.spectrum(),
                                solved.solution().geometry()),
                TemplateErrors.doubts(solved.reference(), optics));
        ForwardSolution fitted =
                new ForwardModel(config.extraction(), config.psf(), config.dispersion()).solve(input, deadline);
        MeasuredOrders orders = MeasuredOrders.fitted(fitted);
        boolean ranAway = orders.ranAwayFrom(extracted.spectrum());
        if (ranAway || !fitted.converged()) {
            caveats.add(Caveat.FIT_NOT_CONVERGED);
        }
        if (ranAway) {
            MeasuredOrders byColumn = MeasuredOrders.byColumn(extracted, solved);
            return StandInErrors.added(byColumn, optics.with(solved.reference()).reference(), input.ratioAssumed());
        }
        if (fitted.starsSeen() > 0) {
            caveats.add(fitted.starsFitted() > 0 ? Caveat.NEIGHBOUR_REMOVED : Caveat.NEIGHBOUR_LEFT);
        }
        return TemplateErrors.added(orders.comparedWith(solved.reference())).with(emission);
    }

    private MeasuredOrders lines(Strip strip, Extracted extracted, Solved solved, Emission emission) {
        ColumnSpectrum spectrum = extracted.spectrum();
        EmissionModel.Output fitted = new EmissionModel(config.extraction(), config.psf(), config.dispersion())
                .solve(
                        new EmissionModel.Input(
                                strip.image(),
                                strip.sky(),
                                strip.traceY(),
                                spectrum,
                                emission,
                                EmissionStage.evenLight(
                                        optics, emission.solution().geometry(), spectrum, solved.orderTwo()),
                                solved.orderTwo(),
                                caveats.contains(Caveat.ORDER2_ASSUMED)),
                        deadline);
        return MeasuredOrders.ofLines(fitted, solved.orderTwo()).comparedWith(solved.reference());
    }
}
