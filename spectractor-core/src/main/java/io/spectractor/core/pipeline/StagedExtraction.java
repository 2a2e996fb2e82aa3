package io.spectractor.core.pipeline;

import io.spectractor.core.astrometry.SkyData;
import io.spectractor.core.astrometry.SolveField;
import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.calibration.DescribedCalibration;
import io.spectractor.core.config.DispersionConfig;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.fit.Deadline;
import io.spectractor.core.instrument.Instrument;
import io.spectractor.core.observation.ExposureRequest;
import io.spectractor.core.observation.ReadResult;
import io.spectractor.core.outcome.Caveat;
import io.spectractor.core.pipeline.ExtractionStages.Extracted;
import io.spectractor.core.pipeline.ExtractionStages.Solved;
import io.spectractor.core.pipeline.ExtractionStages.Strip;
import io.spectractor.core.product.SpectrumProduct;
import io.spectractor.core.reference.TemplateLibrary;
import io.spectractor.core.target.LocatedTarget;
import io.spectractor.core.target.RotationEstimate;
import io.spectractor.core.target.Target;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * One extraction, stage by stage, for those who want to look at what lies between: the values that a stage returns are what
 * the next one takes. Each stage can be repeated, and with the same values gives the same result.
 *
 * <pre>{@code
 * ReadResult read = StagedExtraction.read(bytes, request, config, calibration);
 * StagedExtraction stages = StagedExtraction.of(read, request, config, calibration, Deadline.none());
 * LocatedTarget star = stages.locate();
 * RotationEstimate rotation = stages.rotate(star);
 * TraceGeometry geometry = stages.geometry(star, rotation);
 * Strip strip = stages.background(geometry);
 * Extracted extracted = stages.extract(strip, geometry);
 * Solved solved = stages.calibrate(strip, extracted);
 * MeasuredOrders orders = stages.model(strip, extracted, solved);
 * SpectrumProduct product = stages.assemble(star, rotation, strip, extracted, orders);
 * }</pre>
 *
 * <p>{@link SpectrumExtractor} runs the same stages and turns what goes wrong into a failure; here the exceptions come out:
 * {@link io.spectractor.core.outcome.ExtractionException}, {@link io.spectractor.core.fit.FitException} and
 * {@link io.spectractor.core.fit.DeadlineExceededException}. For one thread.
 */
public final class StagedExtraction {
    /** A distance that the wavelengths told is known to this part of it, or to so many of its errors. */
    private static final double WELL_KNOWN = 0.01;

    private static final double DISTANCE_ERRORS = 3;

    /** What is missing is of no account where a lamp stands before the disperser. */
    private static final Set<Caveat> OF_THE_SKY =
            Set.of(Caveat.POINTING_UNKNOWN, Caveat.WEATHER_MISSING, Caveat.AIRMASS_DOUBTFUL);

    private final ReadResult read;
    private final Set<Caveat> caveats;
    private final ExposureOptics optics;
    private final ExtractionStages stages;
    private final ProductAssembler assembler;

    private StagedExtraction(
            ReadResult read,
            Set<Caveat> caveats,
            ExposureOptics optics,
            ExtractionStages stages,
            ProductAssembler assembler) {
        this.read = read;
        this.caveats = caveats;
        this.optics = optics;
        this.stages = stages;
        this.assembler = assembler;
    }

    /**
     * Decodes a file.
     *
     * @param file the bytes of the file as it lies on disk (plain, gzip or fpack FITS)
     * @param request what is known of the image beforehand
     * @param config configuration
     * @param calibration calibration data, with the bad-pixel mask and the flat
     */
    public static ReadResult read(
            byte[] file, ExposureRequest request, ExtractionConfig config, CalibrationStore calibration) {
        return SpectrumExtractor.reader(Instrument.of(config), calibration).read(file, request, config);
    }

    /**
     * Prepares the stages of an exposure.
     *
     * @param read the exposure
     * @param request what is known of the image beforehand
     * @param config configuration, in unbinned pixels
     * @param calibration calibration data
     * @param deadline time limit of all stages together
     */
    public static StagedExtraction of(
            ReadResult read,
            ExposureRequest request,
            ExtractionConfig config,
            CalibrationStore calibration,
            Deadline deadline) {
        CalibrationStore described = DescribedCalibration.of(calibration, Instrument.of(config));
        return of(read, request, config, described, TemplateLibrary.of(calibration), deadline);
    }

    /** The same with what many exposures share: calibration data as the instrument describes them, and the templates. */
    static StagedExtraction of(
            ReadResult read,
            ExposureRequest request,
            ExtractionConfig config,
            CalibrationStore described,
            TemplateLibrary library,
            Deadline deadline) {
        Set<Caveat> caveats = EnumSet.noneOf(Caveat.class);
        caveats.addAll(read.caveats());
        ExtractionConfig own = read.config();
        ExtractionConfig binned = own.binned();
        ExposureOptics optics = new ExposureOptics(read.exposure(), binned, described, caveats);
        Target target = optics.target();
        if (target != null && target.kind() == Target.Kind.LAMP) {
            caveats.removeAll(OF_THE_SKY);
        }
        return new StagedExtraction(
                read,
                caveats,
                optics,
                new ExtractionStages(
                        read.exposure(),
                        request,
                        binned,
                        optics,
                        library,
                        deadline,
                        new AstrometryStage(
                                read,
                                binned,
                                optics,
                                described.sky().orElse(SkyData.none()),
                                new SolveField(binned.astrometry()),
                                caveats),
                        caveats),
                new ProductAssembler(read.exposure(), own, config, optics, described, deadline));
    }

    /** Finds order 0. */
    public LocatedTarget locate() {
        return stages.locate();
    }

    /** Finds the angle of the dispersion axis. */
    public RotationEstimate rotate(LocatedTarget star) {
        return stages.rotate(star);
    }

    /** Where the orders lie on the chip, as the position of order 0, the angle and the disperser have it. */
    public TraceGeometry geometry(LocatedTarget star, RotationEstimate rotation) {
        return optics.geometry(star.position(), rotation.angleDeg());
    }

    /** Fits the sky and finds the ridge of the spectrum. */
    public Strip background(TraceGeometry geometry) {
        return stages.background(geometry);
    }

    /** The one-dimensional extraction. */
    public Extracted extract(Strip strip, TraceGeometry geometry) {
        return stages.extract(strip, geometry);
    }

    /** The wavelength solution. */
    public Solved calibrate(Strip strip, Extracted extracted) {
        return stages.calibrate(strip, extracted);
    }

    /**
     * The exposure with the distance to the detector that its wavelengths told, if the strip misses much of the spectrum
     * because the nominal distance is wrong; all stages should then be repeated with it, once.
     */
    public Optional<ReadResult> atItsDistance(Strip strip, Extracted extracted, Solved solved) {
        if (!stages.misses(strip, extracted, solved)) {
            return Optional.empty();
        }
        DispersionConfig before = read.config().dispersion();
        double distance = solved.solution().geometry().distanceMm();
        double error = Math.max(
                WELL_KNOWN * distance, DISTANCE_ERRORS * solved.solution().distanceErrMm());
        return Optional.of(new ReadResult(
                read.exposure(),
                read.caveats(),
                read.inputSha256(),
                read.config().withDistance(distance, Math.min(error, before.distanceErrorMm())),
                read.fromFile()));
    }

    /**
     * The first order with the second taken out, as the configured method does it: with {@code psf2d} and {@code forward}
     * the fit of the whole spectrogram.
     */
    public MeasuredOrders model(Strip strip, Extracted extracted, Solved solved) {
        return stages.model(strip, extracted, solved);
    }

    /** Flux calibration and the product's tables. */
    public SpectrumProduct assemble(
            LocatedTarget star, RotationEstimate rotation, Strip strip, Extracted extracted, MeasuredOrders orders) {
        return assembler.assemble(
                star, rotation, strip, extracted.spectrum(), orders, caveats, stages.astrometry(), read.inputSha256());
    }

    /** What the stages so far had to say. */
    public Set<Caveat> caveats() {
        return Collections.unmodifiableSet(caveats);
    }
}
