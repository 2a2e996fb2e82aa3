package io.spectractor.core.pipeline;

import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.calibration.WavelengthSolution;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.extraction.ColumnSpectrum;
import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.fit.Deadline;
import io.spectractor.core.observation.CtioReader;
import io.spectractor.core.observation.ExposureRequest;
import io.spectractor.core.observation.ReadResult;
import io.spectractor.core.outcome.Caveat;
import io.spectractor.core.pipeline.ExtractionStages.Extracted;
import io.spectractor.core.pipeline.ExtractionStages.Solved;
import io.spectractor.core.pipeline.ExtractionStages.Strip;
import io.spectractor.core.product.SpectrumProduct;
import io.spectractor.core.target.LocatedTarget;
import io.spectractor.core.target.RotationEstimate;
import java.util.EnumSet;
import java.util.Set;

/**
 * The stages of one extraction, each of which can be repeated: the very code of {@link SpectrumExtractor}, with the values
 * between the stages kept. Lives in the pipeline's package, whose stages nobody else may call. For one thread.
 */
public final class StageReplay {
    private final byte[] file;
    private final ExposureRequest request;
    private final ExtractionConfig config;
    private final CalibrationStore store;
    private final CtioReader reader;
    private final ReadResult read;
    private final Set<Caveat> caveats = EnumSet.noneOf(Caveat.class);
    private final ExposureOptics optics;
    private final ExtractionStages stages;
    private final LocatedTarget located;
    private final RotationEstimate rotation;
    private final TraceGeometry geometry;
    private final Strip strip;
    private final Extracted extracted;
    private final Solved solved;

    /**
     * Runs the stages up to the wavelength calibration once.
     *
     * @param file the frame as it lies on disk
     * @param request what is known of it
     * @param config configuration
     * @param store calibration data
     */
    public StageReplay(byte[] file, ExposureRequest request, ExtractionConfig config, CalibrationStore store) {
        this.file = file;
        this.request = request;
        this.config = config;
        this.store = store;
        this.reader = SpectrumExtractor.reader(store);
        this.read = reader.read(file, request, config);
        this.optics = new ExposureOptics(read.exposure(), config.binned(), store, caveats);
        this.stages = new ExtractionStages(read.exposure(), request, config.binned(), optics, Deadline.none(), caveats);
        this.located = stages.locate();
        this.rotation = stages.rotate(located);
        this.geometry = optics.geometry(located.position(), rotation.angleDeg());
        this.strip = stages.background(geometry);
        this.extracted = stages.extract(strip, geometry);
        this.solved = stages.calibrate(extracted);
    }

    /** Decodes the file. */
    public ReadResult read() {
        return reader.read(file, request, config);
    }

    /** Finds order 0. */
    public LocatedTarget locate() {
        return stages.locate();
    }

    /** Finds the angle of the dispersion axis. */
    public RotationEstimate rotate() {
        return stages.rotate(located);
    }

    /** Fits the sky and finds the ridge; returns the rows of the trace, one per column, px. */
    public double[] background() {
        return stages.background(geometry).traceY();
    }

    /** The one-dimensional extraction. */
    public ColumnSpectrum extract() {
        return stages.extract(strip, geometry).spectrum();
    }

    /** The wavelength solution. */
    public WavelengthSolution calibrate() {
        return stages.calibrate(extracted).solution();
    }

    /**
     * The first order with the second taken out, as the configured method does it: with {@code psf2d} and {@code forward}
     * the fit of the whole spectrogram.
     *
     * @return its count rate, ADU/s per column
     */
    public double[] model() {
        return stages.model(strip, extracted, solved).rate();
    }

    /** Everything after the wavelength calibration: the model, then flux calibration and the product's tables. */
    public SpectrumProduct modelAndAssemble() {
        return assembler()
                .assemble(
                        located, rotation, strip, stages.model(strip, extracted, solved), caveats, read.inputSha256());
    }

    private ProductAssembler assembler() {
        return new ProductAssembler(read.exposure(), config, config, optics, store, Deadline.none());
    }

    /** Prepares {@link Assembly#assemble}. */
    public Assembly assembly() {
        MeasuredOrders orders = stages.model(strip, extracted, solved);
        return () -> assembler().assemble(located, rotation, strip, orders, caveats, read.inputSha256());
    }

    /** The last stage by itself. */
    @FunctionalInterface
    public interface Assembly {
        /** Flux calibration and the product's tables. */
        SpectrumProduct assemble();
    }
}
