package io.spectractor.calib;

import static org.assertj.core.api.Assertions.assertThat;

import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.calibration.OrderOverlap;
import io.spectractor.core.calibration.ReferenceSpectrum;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.fit.Deadline;
import io.spectractor.core.forward.ForwardInput;
import io.spectractor.core.forward.ForwardModel;
import io.spectractor.core.forward.ForwardSolution;
import io.spectractor.core.forward.ReferenceDoubt;
import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.observation.ExposureRequest;
import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.observation.ReadResult;
import io.spectractor.core.optics.TabulatedCurve;
import io.spectractor.core.pipeline.ExtractionStages;
import io.spectractor.core.pipeline.StagedExtraction;
import io.spectractor.core.simulation.FrameFiles;
import io.spectractor.core.simulation.FrameSimulator;
import io.spectractor.core.simulation.ObservingConditions;
import io.spectractor.core.simulation.SimulatedFrame;
import io.spectractor.core.simulation.SimulatedPsf;
import io.spectractor.core.simulation.SimulationSettings;
import io.spectractor.core.target.LocatedTarget;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a spectrum is unsure by because its reference is, against fits with the other reference. */
class ReferenceDoubtTest {
    private static final CalibrationStore STORE = EmbeddedCalibration.load();
    private static final ExtractionConfig CONFIG = Instruments.ctio().config();
    private static final String STAR = "HD205905";
    private static final String OTHER = "HD14943";
    private static final double SHARE = 0.1;

    private static SimulatedFrame frame;
    private static StagedExtraction stages;
    private static ExtractionStages.Strip strip;
    private static ExtractionStages.Extracted extracted;
    private static ExtractionStages.Solved solved;

    @BeforeAll
    static void simulate() {
        SimulationSettings settings = SimulationSettings.builder(
                        STAR,
                        "HoloAmAg",
                        new PixelPosition(744.3, 683.6),
                        55.71,
                        new ObservingConditions(
                                LocalDate.of(2017, 5, 30), 120, 193.3, -18.52, 10, -30.17, 8, 784, 30, 1.2),
                        SimulatedPsf.moffat(new double[] {3.1, 0.2, 0.1}, new double[] {2.8}))
                .fluxScale(0.1)
                .order3Scale(0)
                .seed(5)
                .build();
        frame = new FrameSimulator(CONFIG).simulate(settings, STORE);
        ExposureRequest request =
                new ExposureRequest("sim.fits", STAR, "HoloAmAg", new PixelPosition(745, 683), null, null);
        ReadResult read = StagedExtraction.read(FrameFiles.imageBytes(frame), request, CONFIG, STORE);
        stages = StagedExtraction.of(read, request, CONFIG, STORE, Deadline.none());
        LocatedTarget star = stages.locate();
        TraceGeometry geometry = stages.geometry(star, stages.rotate(star));
        strip = stages.background(geometry);
        extracted = stages.extract(strip, geometry);
        solved = stages.calibrate(strip, extracted);
    }

    private static TabulatedCurve sed(String star) {
        TabulatedCurve sed = STORE.target(star).orElseThrow().sed();
        assertThat(sed).isNotNull();
        return sed;
    }

    /** The star's spectrum turned into the other's by a share, through all that the light of the frame went through. */
    private static ReferenceSpectrum reference(double share) {
        TabulatedCurve seen =
                new TabulatedCurve(frame.truth().lambdaNm(), frame.truth().flux(), TabulatedCurve.Outside.HOLD);
        TabulatedCurve own = sed(STAR);
        TabulatedCurve other = sed(OTHER);
        double level = other.at(600) / own.at(600);
        return ReferenceSpectrum.of(
                null,
                List.of(),
                lambda -> lambda < seen.minNm() || lambda > seen.maxNm()
                        ? 0
                        : seen.at(lambda) * Math.pow(other.at(lambda) / own.at(lambda) / level, share));
    }

    private static ForwardSolution solve(ReferenceSpectrum reference, ReferenceDoubt... doubts) {
        return new ForwardModel(CONFIG.extraction(), CONFIG.psf(), CONFIG.dispersion())
                .solve(
                        new ForwardInput(
                                strip.image(),
                                strip.sky(),
                                strip.traceY(),
                                extracted.spectrum(),
                                solved.solution(),
                                reference,
                                solved.orderTwo(),
                                false,
                                OrderOverlap.none(),
                                false,
                                List.of(),
                                List.of(doubts)),
                        Deadline.none());
    }

    /** Light per column of one solution where another one has its columns' wavelengths. */
    private static double[] atWavelengths(ForwardSolution of, ForwardSolution at) {
        int first = at.spectrum().firstColumn();
        int n = at.spectrum().size();
        double[] lambda = at.wavelengths().lambdaNm(first, n);
        double[] rate = of.spectrum().rate();
        double[] out = new double[n];
        for (int i = 0; i < n; i++) {
            double place = of.wavelengths().geometry().columnOf(lambda[i], 1) - first;
            int j = Math.max(1, Math.min(n - 2, (int) Math.round(place)));
            double slope = (rate[j + 1] - rate[j - 1]) / 2;
            out[i] = rate[j] + (place - j) * slope;
        }
        return out;
    }

    @Test
    void aReferenceBeyondDoubtChangesNothing() {
        ForwardSolution own = solve(reference(0));
        ForwardSolution same = solve(reference(0), new ReferenceDoubt(reference(0), 1, 0, 0));

        assertThat(same.spectrum().covariance()).isEqualTo(own.spectrum().covariance());
    }

    /** The place that the wavelengths were expected at counts as much as the pixels leave it. */
    @Test
    void anotherPlaceMovesTheWavelengths() {
        ForwardSolution own = solve(reference(0));
        ForwardSolution moved = solve(reference(0), new ReferenceDoubt(reference(0), 1, 0.1, -1));

        double by = Math.sqrt(Math.pow(moved.wavelengths().distanceErrMm(), 2)
                - Math.pow(own.wavelengths().distanceErrMm(), 2));
        assertThat(by).isBetween(0.001, 0.05);
    }

    @Test
    void theDeviationIsWhatAFitWithTheOtherReferenceComesTo() {
        ForwardSolution own = solve(reference(0));
        ForwardSolution other = solve(reference(SHARE));
        ForwardSolution doubtful = solve(reference(0), new ReferenceDoubt(reference(SHARE), 1, 0, 0));

        assertThat(doubtful.spectrum().rate()).isEqualTo(own.spectrum().rate());
        int n = own.spectrum().size();
        double[] there = atWavelengths(other, own);
        double product = 0;
        double expected = 0;
        double found = 0;
        for (int i = 0; i < n; i++) {
            double deviation = Math.sqrt(Math.max(
                    0,
                    doubtful.spectrum().covariance()[i * n + i] - own.spectrum().covariance()[i * n + i]));
            double difference = Math.abs(there[i] - own.spectrum().rate()[i]);
            product += deviation * difference;
            expected += deviation * deviation;
            found += difference * difference;
        }
        assertThat(product / Math.sqrt(expected * found)).as("correlation").isGreaterThan(0.95);
        assertThat(Math.sqrt(expected / found)).as("size").isBetween(0.9, 1.1);
        assertThat(doubtful.wavelengths().distanceErrMm())
                .isGreaterThan(own.wavelengths().distanceErrMm());
    }
}
