package io.spectractor.core.background;

import static org.assertj.core.api.Assertions.assertThat;

import io.spectractor.core.SyntheticSpectrogram;
import io.spectractor.core.config.BackgroundConfig;
import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.observation.CcdImage;
import io.spectractor.core.outcome.Caveat;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackgroundEstimatorTest {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 460;
    private static final BackgroundConfig CONFIG = Instruments.ctio().config().background();

    private static double[] flatTrace() {
        double[] trace = new double[WIDTH];
        Arrays.fill(trace, 230);
        return trace;
    }

    private static SkyModel estimate(CcdImage image, Set<Caveat> caveats) {
        return new BackgroundEstimator(CONFIG).estimate(image, 0, flatTrace(), caveats);
    }

    @Test
    void aFlatSkyCostsOneParameterAndIsUnbiased() {
        CcdImage image =
                new SyntheticSpectrogram(WIDTH, HEIGHT).sky((x, y) -> 0.2).image(1);

        SkyModel sky = estimate(image, EnumSet.noneOf(Caveat.class));

        assertThat(sky.size()).isLessThanOrEqualTo(4);
        assertThat(sky.at(320, 230)).isBetween(0.2 - 4 * sky.error(320, 230), 0.2 + 4 * sky.error(320, 230));
        assertThat(sky.error(320, 230)).isLessThan(5e-4);
    }

    @Test
    void vignettingIsFollowedUnderTheTrace() {
        SyntheticSpectrogram.SkyFunction truth =
                (x, y) -> 0.3 - 0.12 * Math.pow((x - 200) / 440.0, 2) + 1e-4 * (y - 230);
        CcdImage image = new SyntheticSpectrogram(WIDTH, HEIGHT).sky(truth).image(2);

        SkyModel sky = estimate(image, EnumSet.noneOf(Caveat.class));

        assertThat(sky.degreeAlong()).isGreaterThanOrEqualTo(2);
        for (int x = 20; x < WIDTH; x += 60) {
            assertThat(sky.at(x, 230))
                    .as("column %d", x)
                    .isCloseTo(truth.at(x, 230), org.assertj.core.api.Assertions.within(2e-3));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 4, 5})
    void starsInTheStripsAreLeftOut(long seed) {
        SyntheticSpectrogram frame = new SyntheticSpectrogram(WIDTH, HEIGHT).sky((x, y) -> 0.2);
        java.util.Random random = new java.util.Random(seed);
        for (int i = 0; i < 25; i++) {
            frame.star(random.nextDouble() * WIDTH, random.nextDouble() * HEIGHT, 2 + 60 * random.nextDouble(), 3);
        }

        SkyModel sky = estimate(frame.image(seed), EnumSet.noneOf(Caveat.class));

        // One percent of the sky; the stars add 30% to the mean of the strips.
        assertThat(sky.at(320, 230)).isBetween(0.198, 0.203);
    }

    @Test
    void errorsMeanWhatTheySay() {
        double sum = 0;
        int n = 40;
        for (int seed = 0; seed < n; seed++) {
            CcdImage image =
                    new SyntheticSpectrogram(WIDTH, HEIGHT).sky((x, y) -> 0.25).image(100 + seed);
            SkyModel sky = estimate(image, EnumSet.noneOf(Caveat.class));
            sum += Math.pow((sky.at(320, 230) - 0.25) / sky.error(320, 230), 2);
        }
        assertThat(Math.sqrt(sum / n)).isBetween(0.7, 1.5);
    }

    @Test
    void littleSkyIsACaveat() {
        SyntheticSpectrogram frame = new SyntheticSpectrogram(WIDTH, HEIGHT).sky((x, y) -> 0.2);
        Arrays.fill(frame.mask, 0, WIDTH * 125, CcdImage.BAD);
        Arrays.fill(frame.mask, WIDTH * 335, WIDTH * HEIGHT, CcdImage.BAD);
        Set<Caveat> caveats = EnumSet.noneOf(Caveat.class);

        SkyModel sky = estimate(frame.image(6), caveats);

        assertThat(caveats).contains(Caveat.BACKGROUND_POOR);
        assertThat(sky.cleanFraction()).isLessThan(0.3);
        assertThat(sky.at(320, 230)).isCloseTo(0.2, org.assertj.core.api.Assertions.within(0.02));
    }

    @Test
    void noSubtractionLeavesZero() {
        BackgroundConfig off = new BackgroundConfig(false, 100, 100, 40, 4, 1);
        CcdImage image =
                new SyntheticSpectrogram(WIDTH, HEIGHT).sky((x, y) -> 0.2).image(7);

        SkyModel sky = new BackgroundEstimator(off).estimate(image, 0, flatTrace(), EnumSet.noneOf(Caveat.class));

        assertThat(sky.at(10, 10)).isZero();
        assertThat(sky.error(10, 10)).isZero();
    }
}
