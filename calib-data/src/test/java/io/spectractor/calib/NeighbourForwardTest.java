package io.spectractor.calib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.observation.ExposureRequest;
import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.optics.TabulatedCurve;
import io.spectractor.core.outcome.Caveat;
import io.spectractor.core.pipeline.ExtractionOutcome;
import io.spectractor.core.pipeline.SpectrumExtractor;
import io.spectractor.core.product.SpectrumComparison;
import io.spectractor.core.product.SpectrumProduct;
import io.spectractor.core.simulation.FieldStar;
import io.spectractor.core.simulation.FrameFiles;
import io.spectractor.core.simulation.FrameSimulator;
import io.spectractor.core.simulation.ObservingConditions;
import io.spectractor.core.simulation.SimulatedFrame;
import io.spectractor.core.simulation.SimulatedPsf;
import io.spectractor.core.simulation.SimulationSettings;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The forward model where the spectrum of a field star runs a profile's width beside that of the target. */
@Tag("slow")
class NeighbourForwardTest {
    private static final PixelPosition ORDER0 = new PixelPosition(696.2, 941.4);

    /** A bright one is seen before the fit and extracted with the target's, a fainter one only in the residuals of the fit. */
    @ParameterizedTest
    @CsvSource({"800, COMPANION_SPECTRUM", "200, NEIGHBOUR_REMOVED"})
    void aSpectrumBesideTheTargetsIsTakenOut(double light, Caveat caveat) {
        ObservingConditions night =
                new ObservingConditions(LocalDate.of(2017, 5, 30), 120, 193.3, -18.52, 10, -30.17, 8, 784, 30, 2.5);
        SimulationSettings settings = SimulationSettings.builder(
                        "HD111980",
                        "HoloPhAg",
                        ORDER0,
                        55.6,
                        night,
                        SimulatedPsf.moffat(new double[] {6.5, 0.1, 0.2}, new double[] {2.8}))
                .fluxScale(0.06)
                .stars(List.of(new FieldStar(ORDER0.x() - 60, ORDER0.y() - 10, light)), 0)
                .seed(17)
                .build();
        SimulatedFrame frame =
                new FrameSimulator(Instruments.ctio().config()).simulate(settings, EmbeddedCalibration.load());
        ExtractionOutcome outcome = new SpectrumExtractor(Instruments.ctio().config(), EmbeddedCalibration.load())
                .extract(
                        FrameFiles.imageBytes(frame),
                        new ExposureRequest(
                                "sim.fits", "HD111980", "HoloPhAg", new PixelPosition(696, 941), null, null));
        SpectrumProduct product = ((ExtractionOutcome.Done) outcome).product();
        TabulatedCurve truth =
                new TabulatedCurve(frame.truth().lambdaNm(), frame.truth().flux(), TabulatedCurve.Outside.HOLD);
        SpectrumComparison comparison = SpectrumComparison.of(product.spectrum(), truth, 370, 1000);

        assertThat(product.caveats()).contains(caveat);
        assertThat(product.summary().reducedChi2()).isCloseTo(1, within(0.06));
        assertThat(comparison.fluxRatio()).isCloseTo(1, within(0.015));
        assertThat(comparison.relativeRms()).isLessThan(0.03);
    }
}
