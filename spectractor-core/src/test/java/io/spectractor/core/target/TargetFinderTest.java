package io.spectractor.core.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.config.TargetConfig.Centroid;
import io.spectractor.core.fit.Deadline;
import io.spectractor.core.fit.DeadlineExceededException;
import io.spectractor.core.observation.CcdImage;
import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.outcome.Caveat;
import io.spectractor.core.outcome.ExtractionException;
import io.spectractor.core.outcome.FailureKind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetFinderTest {
    private static LocatedTarget locate(CcdImage image, @Nullable PixelPosition guess) {
        return new TargetFinder().locate(image, guess, 60, 60, Centroid.FIT, Deadline.none());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void errorsOfAFaintStarMatchItsScatter(long seed) {
        CcdImage image =
                new SyntheticFrame(200, 160, 2).star(100.3, 80.7, 1, 3, 2.5).expose(seed);
        LocatedTarget located = locate(image, new PixelPosition(90, 95));
        assertThat(located.position().x()).isCloseTo(100.3, within(5 * located.xErrPx()));
        assertThat(located.position().y()).isCloseTo(80.7, within(5 * located.yErrPx()));
        assertThat(located.xErrPx()).isBetween(0.01, 0.1);
        assertThat(located.reducedChi2()).isBetween(0.8, 1.2);
        assertThat(located.saturated()).isFalse();
        assertThat(located.blended()).isFalse();
        assertThat(located.caveats()).isEmpty();
        assertThat(located.distanceFromGuessPx()).isCloseTo(Math.hypot(10.3, 14.3), within(0.5));
    }

    @Test
    void recoversTheShapeOfAStarWithoutNoise() {
        CcdImage image =
                new SyntheticFrame(200, 160, 2).star(100.3, 80.7, 300, 3, 2.5).noiseless();
        LocatedTarget located = locate(image, null);
        assertThat(located.position().distanceTo(new PixelPosition(100.3, 80.7)))
                .isLessThan(1e-3);
        MoffatShape shape = Objects.requireNonNull(located.shape());
        assertThat(shape.gammaPx()).isCloseTo(3, within(0.02));
        assertThat(shape.alpha()).isCloseTo(2.5, within(0.02));
        // 2 gamma sqrt(2^(1/alpha) - 1)
        assertThat(shape.fwhmPx()).isCloseTo(3.391, within(0.02));
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6, 7})
    void saturatedStarWithABloomingColumn(long seed) {
        SyntheticFrame frame = new SyntheticFrame(240, 240, 0.5).star(120.4, 118.8, 5000, 3, 2.2);
        for (int y = 100; y < 150; y++) {
            frame.set(120, y, 900);
        }
        LocatedTarget located = locate(frame.expose(seed), new PixelPosition(150, 100));
        assertThat(located.position().x()).isCloseTo(120.4, within(0.03));
        assertThat(located.position().y()).isCloseTo(118.8, within(0.03));
        assertThat(located.saturated()).isTrue();
        assertThat(located.caveats()).containsExactly(Caveat.ORDER0_SATURATED);
    }

    @Test
    void prefersTheBrighterStarEvenIfTheGuessIsOnTheFainter() {
        CcdImage image = new SyntheticFrame(240, 240, 0.5)
                .star(100, 100, 20, 3, 2.5)
                .star(140.25, 130.5, 60, 3, 2.5)
                .expose(11);
        LocatedTarget located = locate(image, new PixelPosition(100, 100));
        assertThat(located.position().distanceTo(new PixelPosition(140.25, 130.5)))
                .isLessThan(0.05);
    }

    @Test
    void fitsACloseCompanionTogetherWithTheStar() {
        CcdImage image = new SyntheticFrame(240, 240, 0.5)
                .star(120.3, 118.6, 400, 2.8, 2)
                .star(122.0, 114.8, 16, 2.8, 2)
                .expose(12);
        LocatedTarget located = locate(image, new PixelPosition(121, 117));
        assertThat(located.blended()).isTrue();
        assertThat(located.position().distanceTo(new PixelPosition(120.3, 118.6)))
                .isLessThan(0.02);
    }

    @Test
    void passesOverASpectrumAHotPixelAndACosmicRay() {
        SyntheticFrame frame = new SyntheticFrame(300, 200, 0.5)
                .spectrum(0, 60, 1, 0, 300, 100, 2)
                .star(150.5, 120.2, 30, 3, 2.5);
        frame.set(120, 150, 500).set(180, 90, 500);
        frame.mask[150 * 300 + 121] = CcdImage.COSMIC;
        frame.set(121, 150, 500).set(121, 151, Float.NaN);
        frame.mask[151 * 300 + 121] = CcdImage.BAD;
        LocatedTarget located = locate(frame.expose(13), null);
        assertThat(located.position().distanceTo(new PixelPosition(150.5, 120.2)))
                .isLessThan(0.05);
        assertThat(located.distanceFromGuessPx()).isNaN();
        for (float value : located.stamp().pixels().values()) {
            assertThat(value).isFinite();
        }
    }

    @ParameterizedTest
    @CsvSource({"4.3, 80.6", "195.2, 5.4", "100.7, 155.9"})
    void worksAtTheBordersOfTheImage(double x, double y) {
        CcdImage image = new SyntheticFrame(200, 160, 1).star(x, y, 50, 3, 2.5).expose(14);
        LocatedTarget located = locate(image, new PixelPosition(Math.min(199, x + 4), Math.max(0, y - 3)));
        assertThat(located.position().distanceTo(new PixelPosition(x, y))).isLessThan(0.05);
        assertThat(located.stamp().x0())
                .isBetween(0.0, (double) located.stamp().pixels().width());
    }

    @Test
    void stampIsSkySubtractedAndHoldsTheStar() {
        CcdImage image =
                new SyntheticFrame(300, 300, 7).star(150.6, 140.2, 100, 3, 3).expose(15);
        LocatedTarget located = locate(image, new PixelPosition(150, 150));
        assertThat(located.stamp().pixels().width()).isEqualTo(60);
        assertThat(located.stamp().pixels().height()).isEqualTo(60);
        assertThat(located.stamp().x0()).isCloseTo(30.6, within(0.05));
        assertThat(located.stamp().y0()).isCloseTo(30.2, within(0.05));
        assertThat(located.stamp().pixels().at(0, 0)).isCloseTo(0, within(1f));
        assertThat(located.stamp().pixels().at(31, 30)).isGreaterThan(80);
    }

    @Test
    void warnsOfAStarFarFromTheGuess() {
        CcdImage image =
                new SyntheticFrame(300, 300, 1).star(150, 140, 100, 3, 3).expose(16);
        assertThat(locate(image, new PixelPosition(150, 140 + 50)).caveats())
                .containsExactly(Caveat.ORDER0_FAR_FROM_GUESS);
        assertThat(locate(image, new PixelPosition(150, 140 + 40)).caveats()).isEmpty();
    }

    @Test
    void takesTheGuessWhenTold() {
        CcdImage image =
                new SyntheticFrame(300, 300, 1).star(150, 140, 100, 3, 3).expose(17);
        LocatedTarget located = new TargetFinder()
                .locate(image, new PixelPosition(148.5, 141.5), 60, 60, Centroid.GUESS, Deadline.none());
        assertThat(located.position()).isEqualTo(new PixelPosition(148.5, 141.5));
        assertThat(located.xErrPx()).isNaN();
        assertThat(located.shape()).isNull();
        assertThat(located.caveats()).containsExactly(Caveat.ORDER0_NOT_FITTED);
        LocatedTarget withoutGuess = new TargetFinder().locate(image, null, 60, 60, Centroid.GUESS, Deadline.none());
        assertThat(withoutGuess.position().distanceTo(new PixelPosition(150, 140)))
                .isLessThan(0.05);
    }

    @Test
    void fallsBackToTheGuessWhenNothingCanBeFitted() {
        SyntheticFrame frame = new SyntheticFrame(200, 200, 1).star(100, 100, 1e6, 30, 4);
        LocatedTarget located = locate(frame.expose(18), new PixelPosition(104, 97));
        assertThat(located.caveats()).contains(Caveat.ORDER0_SATURATED);
        assertThat(located.position().distanceTo(new PixelPosition(100, 100))).isLessThan(5.1);
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void saysThatThereIsNoStar(long seed) {
        CcdImage image = new SyntheticFrame(400, 300, 3).expose(seed);
        assertThatThrownBy(() -> locate(image, new PixelPosition(200, 150)))
                .isInstanceOfSatisfying(
                        ExtractionException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.NO_SPECTRUM))
                .hasMessageContaining("no star within 60 x 60 px of (200.0, 150.0)");
        assertThatThrownBy(() -> locate(image, null)).hasMessageContaining("no star in the image");
    }

    @Test
    void survivesImagesOfOneValueAndOfNaN() {
        assertThatThrownBy(() -> locate(new SyntheticFrame(50, 40, 0).noiseless(), null))
                .isInstanceOf(ExtractionException.class);
        assertThatThrownBy(() -> locate(new SyntheticFrame(50, 40, Double.NaN).noiseless(), null))
                .isInstanceOf(ExtractionException.class);
        assertThatThrownBy(() -> locate(new SyntheticFrame(50, 40, 1e9).noiseless(), new PixelPosition(3, 3)))
                .isInstanceOf(ExtractionException.class);
    }

    @Test
    void refusesAGuessOutsideTheImage() {
        CcdImage image = new SyntheticFrame(50, 40, 1).noiseless();
        assertThatThrownBy(() -> locate(image, new PixelPosition(60, 10)))
                .isInstanceOf(ExtractionException.class)
                .hasMessageContaining("(60.0, 10.0) lies outside the 50 x 40 image");
    }

    @Test
    void honoursTheDeadline() {
        CcdImage image =
                new SyntheticFrame(200, 160, 1).star(100, 80, 100, 3, 3).expose(19);
        Deadline passed = Deadline.afterSeconds(-1, () -> 0);
        assertThatThrownBy(() -> new TargetFinder().locate(image, null, 60, 60, Centroid.FIT, passed))
                .isInstanceOf(DeadlineExceededException.class);
    }

    /** Two stars in the window: the one at the guess, whichever is brighter, and it is said that there is another one. */
    @ParameterizedTest
    @CsvSource({"70, 60, 1.3, true", "70, 60, 0.8, true", "130, 115, 1.3, true", "70, 60, 0.05, false"})
    void ofTwoStarsTheOneAtTheGuess(double x, double y, double otherBrightness, boolean said) {
        double xOther = 200 - x;
        double yOther = 175 - y;
        CcdImage image = new SyntheticFrame(200, 175, 2)
                .star(x, y, 100, 3, 2.5)
                .star(xOther, yOther, 100 * otherBrightness, 3, 2.5)
                .expose(9);
        LocatedTarget located = new TargetFinder()
                .locate(image, new PixelPosition(x + 4, y - 3), 100, 100, Centroid.FIT, Deadline.none());
        assertThat(located.position().distanceTo(new PixelPosition(x, y))).isLessThan(0.1);
        assertThat(located.caveats().contains(Caveat.OTHER_STAR_NEAR_GUESS)).isEqualTo(said);
    }
}
