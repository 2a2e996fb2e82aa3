package io.spectractor.core.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.config.TargetConfig;
import io.spectractor.core.fit.Deadline;
import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.outcome.Caveat;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Order 0 of the golden frames.
 *
 * <p>The simulator draws order 0 at the TARGETX, TARGETY of its headers. In sim-a, -b, -c the truth X0_T of the
 * spectrum is 0.089 px to the left of that, which no centroid can know; in sim-g and -k both agree to 0.0004 px.
 */
@Tag("slow")
class TargetFinderGoldenTest {
    @ParameterizedTest
    @CsvSource({
        // drawn at, header TARGETX, TARGETY
        "sim-a-constant-psf,  743.794714, 683.139727",
        "sim-b-chromatic-psf, 743.794714, 683.139727",
        "sim-c-faint,         743.794714, 683.139727",
        "sim-g-blazed-grating, 623.794714, 483.139727",
        "sim-k-true-physics,  803.794714, 983.139727"
    })
    void findsWhereTheSimulatorDrewOrderZero(String name, double x, double y) throws Exception {
        GoldenFrame frame = GoldenFrame.load(name);
        for (PixelPosition guess : Arrays.asList(frame.guess(), new PixelPosition(x + 47, y + 20), null)) {
            LocatedTarget located = locate(frame, guess);
            assertThat(located.position().x()).isCloseTo(x, within(0.02));
            assertThat(located.position().y()).isCloseTo(y, within(0.02));
            assertThat(located.blended())
                    .as("the companion of HD 111980 is in the frame")
                    .isTrue();
            assertThat(located.caveats()).containsExactly(Caveat.ORDER0_SATURATED);
            assertThat(located.xErrPx()).isBetween(0.001, 0.01);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // case, limit in x (see above), limit in y
        "sim-a-constant-psf, 0.1, 0.02",
        "sim-b-chromatic-psf, 0.1, 0.02",
        "sim-c-faint, 0.1, 0.02",
        "sim-g-blazed-grating, 0.01, 0.01",
        "sim-k-true-physics, 0.01, 0.01"
    })
    void isCloseToTheOriginOfTheSpectrum(String name, double limitX, double limitY) throws Exception {
        GoldenFrame frame = GoldenFrame.load(name);
        LocatedTarget located = locate(frame, frame.guess());
        assertThat(located.position().x()).isCloseTo(frame.number("X0_T"), within(limitX));
        assertThat(located.position().y()).isCloseTo(frame.number("Y0_T"), within(limitY));
    }

    @Test
    void agreesWithThePublishedPositionOfTheRealExposure() throws Exception {
        GoldenFrame frame = GoldenFrame.load("hd111980-real");
        // spec/07 section 8: x0 = 743.665, y0 = 683.058; the logbook's guess is (791, 703)
        for (PixelPosition guess : Arrays.asList(frame.guess(), new PixelPosition(791, 703), null)) {
            LocatedTarget located = locate(frame, guess);
            assertThat(located.position().x()).isCloseTo(743.67, within(0.3));
            assertThat(located.position().y()).isCloseTo(683.06, within(0.3));
            assertThat(located.caveats()).containsExactly(Caveat.ORDER0_SATURATED);
        }
    }

    @Test
    void staysWhereItWasFound() throws Exception {
        // our own output, frozen
        LocatedTarget located = locate(GoldenFrame.load("hd111980-real"), new PixelPosition(745, 643));
        assertThat(located.position().x()).isCloseTo(743.7528, within(2e-3));
        assertThat(located.position().y()).isCloseTo(683.2967, within(2e-3));
        assertThat(located.stamp().pixels().width()).isEqualTo(100);
        assertThat(located.stamp().x0()).isCloseTo(50.7528, within(2e-3));
    }

    private static LocatedTarget locate(GoldenFrame frame, PixelPosition guess) {
        return new TargetFinder().locate(frame.image(), guess, 100, 100, TargetConfig.Centroid.FIT, Deadline.none());
    }
}
