package io.spectractor.core.pipeline;

import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.calibration.DescribedCalibration;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.fit.Deadline;
import io.spectractor.core.fit.DeadlineExceededException;
import io.spectractor.core.fit.FitException;
import io.spectractor.core.instrument.Instrument;
import io.spectractor.core.observation.ExposureReader;
import io.spectractor.core.observation.ExposureRequest;
import io.spectractor.core.observation.FitsSource;
import io.spectractor.core.observation.InstrumentReader;
import io.spectractor.core.observation.PixelArrays;
import io.spectractor.core.observation.ReadResult;
import io.spectractor.core.outcome.ExtractionException;
import io.spectractor.core.outcome.Failure;
import io.spectractor.core.outcome.FailureKind;
import io.spectractor.core.outcome.Stage;
import io.spectractor.core.pipeline.ExtractionStages.Extracted;
import io.spectractor.core.pipeline.ExtractionStages.Solved;
import io.spectractor.core.pipeline.ExtractionStages.Strip;
import io.spectractor.core.product.SpectrumProduct;
import io.spectractor.core.reference.TemplateLibrary;
import io.spectractor.core.target.LocatedTarget;
import io.spectractor.core.target.RotationEstimate;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * From the bytes of an exposure to a calibrated spectrum: the stages in their order.
 *
 * <p>Immutable and safe for threads; the same bytes, request, configuration and calibration give the same product.
 */
public final class SpectrumExtractor {
    private final ExtractionConfig config;
    private final CalibrationStore calibration;
    private final ExposureReader reader;
    private final LongSupplier nanoClock;
    private final Lazy<TemplateLibrary> library;
    private final Consumer<Stage> onStage;
    private final PixelArrays arrays = new PixelArrays();

    /** An extractor of the frames of the instrument that the configuration names. */
    public SpectrumExtractor(ExtractionConfig config, CalibrationStore calibration) {
        this(config, calibration, reader(Instrument.of(config), calibration), System::nanoTime);
    }

    /** A reader of an instrument's frames with the bad-pixel mask and the flat of calibration data. */
    public static ExposureReader reader(Instrument instrument, CalibrationStore calibration) {
        InstrumentReader plain = new InstrumentReader(instrument);
        InstrumentReader masked =
                calibration.badPixels().map(plain::withBadPixels).orElse(plain);
        return calibration.flat().map(masked::withFlat).orElse(masked);
    }

    /**
     * @param config configuration
     * @param calibration calibration data
     * @param reader reader of exposures, with its bad-pixel mask and flat
     * @param nanoClock clock for timings and the time limit, ns
     */
    public SpectrumExtractor(
            ExtractionConfig config, CalibrationStore calibration, ExposureReader reader, LongSupplier nanoClock) {
        this(
                config,
                DescribedCalibration.of(calibration, Instrument.of(config)),
                reader,
                nanoClock,
                new Lazy<>(() -> TemplateLibrary.of(calibration)),
                stage -> {});
    }

    private SpectrumExtractor(
            ExtractionConfig config,
            CalibrationStore calibration,
            ExposureReader reader,
            LongSupplier nanoClock,
            Lazy<TemplateLibrary> library,
            Consumer<Stage> onStage) {
        this.config = config;
        this.calibration = calibration;
        this.reader = reader;
        this.nanoClock = nanoClock;
        this.library = library;
        this.onStage = onStage;
    }

    /**
     * The same extractor, watched.
     *
     * @param watcher told each stage of each image as it begins, on the thread that works on the image
     */
    public SpectrumExtractor watchedBy(Consumer<Stage> watcher) {
        return new SpectrumExtractor(config, calibration, reader, nanoClock, library, watcher);
    }

    /**
     * Extracts the spectrum of one image.
     *
     * @param fileBytes the file as it lies on disk (plain, gzip or fpack FITS)
     * @param request what is known of the image beforehand
     * @return a product or a failure; only {@link Error}s are thrown
     */
    public ExtractionOutcome extract(byte[] fileBytes, ExposureRequest request) {
        return extract(() -> FitsSource.of(request.name(), fileBytes), request);
    }

    /** The same of a file whose SHA-256 is known, in lower-case hex. */
    public ExtractionOutcome extract(byte[] fileBytes, String sha256, ExposureRequest request) {
        return extract(() -> FitsSource.of(request.name(), fileBytes, sha256), request);
    }

    private ExtractionOutcome extract(Supplier<FitsSource> file, ExposureRequest request) {
        StageClock clock = new StageClock(nanoClock, onStage);
        try {
            SpectrumProduct product = run(file, request, clock);
            return new ExtractionOutcome.Done(product, clock.timings());
        } catch (ExtractionException e) {
            return failed(clock, e.kind(), named(request, e.getMessage()), "");
        } catch (DeadlineExceededException e) {
            String limit = "took longer than its " + config.extraction().timeLimitS() + " s (extraction.time_limit_s)";
            return failed(clock, FailureKind.TIMEOUT, named(request, limit), "");
        } catch (FitException e) {
            return failed(clock, FailureKind.NO_SPECTRUM, named(request, e.getMessage()), "");
        } catch (RuntimeException e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            return failed(clock, FailureKind.BUG, named(request, "internal error: " + e), trace.toString());
        }
    }

    private SpectrumProduct run(Supplier<FitsSource> file, ExposureRequest request, StageClock clock) {
        Deadline deadline = config.extraction().timeLimitS() > 0
                ? Deadline.afterSeconds(config.extraction().timeLimitS(), nanoClock)
                : Deadline.none();
        ReadResult read = clock.time(Stage.READ, () -> reader.read(file.get().into(arrays), request, config));
        try {
            return extract(read, request, deadline, clock);
        } finally {
            // a product has copies of what it shows
            arrays.recycle(read.exposure().image());
        }
    }

    private SpectrumProduct extract(ReadResult read, ExposureRequest request, Deadline deadline, StageClock clock) {
        Found first = find(read, request, deadline, clock);
        Optional<ReadResult> again = first.stages().atItsDistance(first.strip(), first.extracted(), first.solved());
        Found found = again.isEmpty() ? first : find(again.get(), request, deadline, clock);
        StagedExtraction stages = found.stages();
        MeasuredOrders orders =
                clock.time(Stage.MODEL, () -> stages.model(found.strip(), found.extracted(), found.solved()));
        return clock.time(
                Stage.ASSEMBLE,
                () -> stages.assemble(found.located(), found.rotation(), found.strip(), found.extracted(), orders));
    }

    /** The spectrum with its wavelengths. */
    private record Found(
            StagedExtraction stages,
            LocatedTarget located,
            RotationEstimate rotation,
            Strip strip,
            Extracted extracted,
            Solved solved) {}

    private Found find(ReadResult read, ExposureRequest request, Deadline deadline, StageClock clock) {
        StagedExtraction stages = StagedExtraction.of(read, request, config, calibration, library.get(), deadline);
        LocatedTarget located = clock.time(Stage.LOCATE, stages::locate);
        RotationEstimate rotation = clock.time(Stage.ROTATE, () -> stages.rotate(located));
        TraceGeometry geometry = stages.geometry(located, rotation);
        Strip strip = clock.time(Stage.BACKGROUND, () -> stages.background(geometry));
        Extracted extracted = clock.time(Stage.EXTRACT, () -> stages.extract(strip, geometry));
        Solved solved = clock.time(Stage.CALIBRATE, () -> stages.calibrate(strip, extracted));
        return new Found(stages, located, rotation, strip, extracted, solved);
    }

    private static String named(ExposureRequest request, String message) {
        return message.contains(request.name()) ? message : request.name() + ": " + message;
    }

    private static ExtractionOutcome failed(StageClock clock, FailureKind kind, String message, String trace) {
        String line = message.replaceAll("\\s*\\R\\s*", " ");
        return new ExtractionOutcome.Failed(new Failure(clock.current(), kind, line, trace), clock.timings());
    }
}
