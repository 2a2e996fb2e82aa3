package io.spectractor.bench.stages;

import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.calibration.WavelengthSolution;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.extraction.ColumnSpectrum;
import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.fit.Deadline;
import io.spectractor.core.observation.ExposureRequest;
import io.spectractor.core.observation.ReadResult;
import io.spectractor.core.pipeline.ExtractionStages.Extracted;
import io.spectractor.core.pipeline.ExtractionStages.Solved;
import io.spectractor.core.pipeline.ExtractionStages.Strip;
import io.spectractor.core.pipeline.MeasuredOrders;
import io.spectractor.core.pipeline.StagedExtraction;
import io.spectractor.core.product.SpectrumProduct;
import io.spectractor.core.target.LocatedTarget;
import io.spectractor.core.target.RotationEstimate;

/** One extraction with the values between its stages kept, so that each stage can be repeated. For one thread. */
final class StageReplay {
    private final byte[] file;
    private final ExposureRequest request;
    private final ExtractionConfig config;
    private final CalibrationStore store;
    private final StagedExtraction stages;
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
    StageReplay(byte[] file, ExposureRequest request, ExtractionConfig config, CalibrationStore store) {
        this.file = file;
        this.request = request;
        this.config = config;
        this.store = store;
        this.stages = StagedExtraction.of(read(), request, config, store, Deadline.none());
        this.located = stages.locate();
        this.rotation = stages.rotate(located);
        this.geometry = stages.geometry(located, rotation);
        this.strip = stages.background(geometry);
        this.extracted = stages.extract(strip, geometry);
        this.solved = stages.calibrate(strip, extracted);
    }

    /** Decodes the file. */
    ReadResult read() {
        return StagedExtraction.read(file, request, config, store);
    }

    /** Finds order 0. */
    LocatedTarget locate() {
        return stages.locate();
    }

    /** Finds the angle of the dispersion axis. */
    RotationEstimate rotate() {
        return stages.rotate(located);
    }

    /** Fits the sky and finds the ridge; returns the rows of the trace, one per column, px. */
    double[] background() {
        return stages.background(geometry).traceY();
    }

    /** The one-dimensional extraction. */
    ColumnSpectrum extract() {
        return stages.extract(strip, geometry).spectrum();
    }

    /** The wavelength solution. */
    WavelengthSolution calibrate() {
        return stages.calibrate(strip, extracted).solution();
    }

    /**
     * The first order with the second taken out, as the configured method does it.
     *
     * @return its count rate, ADU/s per column
     */
    double[] model() {
        return stages.model(strip, extracted, solved).rate();
    }

    /** Prepares {@link Assembly#assemble}. */
    Assembly assembly() {
        MeasuredOrders orders = stages.model(strip, extracted, solved);
        return () -> stages.assemble(located, rotation, strip, extracted, orders);
    }

    /** The last stage by itself. */
    @FunctionalInterface
    interface Assembly {
        /** Flux calibration and the product's tables. */
        SpectrumProduct assemble();
    }
}
