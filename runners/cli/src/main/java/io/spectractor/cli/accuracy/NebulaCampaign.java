package io.spectractor.cli.accuracy;

import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.instrument.Instrument;
import io.spectractor.core.observation.ExposureRequest;
import io.spectractor.core.pipeline.ExtractionOutcome;
import io.spectractor.core.pipeline.SpectrumExtractor;
import io.spectractor.core.product.SpectrumProduct;
import io.spectractor.core.simulation.CameraFormat;
import io.spectractor.core.simulation.FrameFiles;
import io.spectractor.core.simulation.FrameSimulator;
import io.spectractor.core.simulation.SimulatedCampaign;
import io.spectractor.core.simulation.SimulatedNight.PlannedFrame;
import java.util.List;

/** Frames of a planetary nebula through all dispersers in turn, extracted and held against the truth. */
public final class NebulaCampaign {
    private static final String LINES = "lines";

    private final ExtractionConfig config;
    private final CalibrationStore store;
    private final CalibrationStore sky;
    private final CameraFormat format;

    /**
     * @param config configuration, which describes the camera
     * @param store calibration data
     */
    public NebulaCampaign(ExtractionConfig config, CalibrationStore store) {
        this.config = config;
        this.store = store;
        this.sky = new NebulaSky(store);
        Instrument instrument = Instrument.of(config);
        this.format = CameraFormat.of(instrument, CameraFormat.names(instrument).get(0));
    }

    /**
     * Plans frames.
     *
     * @throws IllegalArgumentException if the calibration data lack the nebula, or it never rises high enough
     */
    public List<PlannedFrame> plan(int count, long seed) {
        return new SimulatedCampaign(config, sky).plan(NebulaSky.NAME, count, seed);
    }

    /**
     * Simulates and extracts a frame.
     *
     * @param reference whether the extraction is told that it is a nebula
     */
    public NebulaFrame measure(PlannedFrame frame, ReferenceKind reference) {
        FrameSimulator simulator = new FrameSimulator(config);
        String told = reference == ReferenceKind.KNOWN ? NebulaSky.NAME : "an unknown star";
        ExtractionOutcome outcome = new SpectrumExtractor(config, store)
                .extract(
                        FrameFiles.imageBytes(simulator.simulate(frame.settings(), sky), format),
                        new ExposureRequest(frame.stem() + ".fits", told, null, frame.guess(), null, null));
        if (outcome instanceof ExtractionOutcome.Failed failed) {
            return NebulaFrame.failed(
                    frame.stem(), frame.settings(), failed.failure().message());
        }
        SpectrumProduct product = ((ExtractionOutcome.Done) outcome).product();
        if (!product.summary().model().reference().referenceOrigin().equals(LINES)) {
            return NebulaFrame.failed(frame.stem(), frame.settings(), "not taken for a spectrum of lines");
        }
        return NebulaFrame.of(
                frame.stem(),
                frame.settings(),
                product,
                simulator.scene(frame.settings(), sky).fluxAtDetector(),
                NebulaSky.CONTINUUM);
    }
}
