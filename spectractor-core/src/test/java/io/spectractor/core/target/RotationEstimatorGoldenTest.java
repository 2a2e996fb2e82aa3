package io.spectractor.core.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.config.TargetConfig;
import io.spectractor.core.fit.Deadline;
import io.spectractor.core.instrument.Instruments;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The dispersion angle of the golden frames, order 0 as the finder gives it. */
@Tag("slow")
class RotationEstimatorGoldenTest {
    @ParameterizedTest
    @CsvSource({"sim-a-constant-psf", "sim-b-chromatic-psf", "sim-c-faint", "sim-g-blazed-grating", "sim-k-true-physics"
    })
    void agreesWithTheTruth(String name) throws Exception {
        GoldenFrame frame = GoldenFrame.load(name);
        double truth = frame.number("ROT_T");
        for (double mapError : new double[] {0, 0.5, -3}) {
            RotationEstimate estimate = estimate(frame, truth + mapError);
            assertThat(estimate.angleDeg()).isCloseTo(truth, within(0.025));
            assertThat(estimate.angleErrDeg()).isBetween(5e-4, 0.02);
            assertThat(estimate.caveats()).isEmpty();
            // the tilt that refraction gives to the spectrum
            assertThat(estimate.medianDeg() - truth).isBetween(-0.25, -0.05);
        }
    }

    @Test
    void agreesWithTheForwardFitOfTheRealExposure() throws Exception {
        RotationEstimate estimate = estimate(GoldenFrame.load("hd111980-real"), -1.8);
        // Spectractor's Hessian gives -1.6525, its final fit -1.5696
        assertThat(estimate.angleDeg()).isCloseTo(-1.5696, within(0.05));
        assertThat(estimate.medianDeg()).isCloseTo(-1.6525, within(0.06));
    }

    private static RotationEstimate estimate(GoldenFrame frame, double mapAngleDeg) {
        LocatedTarget located = new TargetFinder()
                .locate(frame.image(), frame.guess(), 100, 100, TargetConfig.Centroid.FIT, Deadline.none());
        return new RotationEstimator()
                .estimate(
                        frame.image(),
                        located.position(),
                        mapAngleDeg,
                        Instruments.ctio().config().rotation(),
                        100);
    }
}
