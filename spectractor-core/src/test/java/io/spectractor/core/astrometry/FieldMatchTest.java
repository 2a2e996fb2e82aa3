package io.spectractor.core.astrometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.observation.PixelTransform;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FieldMatchTest {
    private static final PixelTransform TRUTH = new PixelTransform(17.3, 1.0008, -0.0021, -9.6, 0.0019, 0.9994);

    private static List<FieldMatch.Expected> stars(Random random, int n) {
        List<FieldMatch.Expected> stars = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            stars.add(new FieldMatch.Expected(
                    new PixelPosition(2048 * random.nextDouble(), 2048 * random.nextDouble()), 10 + i % 6));
        }
        return stars;
    }

    /** What a frame shows of them: a third is missing, places have errors, and as many other sources are there. */
    private static List<Detection> seen(Random random, List<FieldMatch.Expected> stars, double errorPx) {
        List<Detection> seen = new ArrayList<>();
        for (int i = 0; i < stars.size(); i++) {
            if (i % 3 != 0) {
                PixelPosition at = TRUTH.apply(stars.get(i).position())
                        .plus(errorPx * random.nextGaussian(), errorPx * random.nextGaussian());
                seen.add(new Detection(at, Math.pow(10, -0.4 * (stars.get(i).magnitude() - 21.5))));
            }
            seen.add(new Detection(new PixelPosition(2048 * random.nextDouble(), 2048 * random.nextDouble()), 500));
        }
        return seen;
    }

    @Test
    void shiftTurnAndZeroPointAreFoundAmongOtherSources() {
        Random random = new Random(5);
        List<FieldMatch.Expected> stars = stars(random, 90);
        FieldMatch match = FieldMatch.of(stars, seen(random, stars, 0.1), 40).orElseThrow();
        assertThat(match.matches()).isBetween(50, 66);
        assertThat(match.rmsPx()).isBetween(0.1, 0.2);
        assertThat(match.zeroPoint()).isCloseTo(21.5, within(0.01));
        PixelPosition target = new PixelPosition(745, 690);
        assertThat(match.correction().apply(target).distanceTo(TRUTH.apply(target)))
                .isLessThan(0.07);
        assertThat(match.errorPx(target)).isBetween(0.02, 0.07);
        assertThat(match.errorPx(new PixelPosition(2047, 2047))).isGreaterThan(match.errorPx(target));
    }

    /** The quoted errors are those of the place: pulls of many fields. */
    @Test
    void errorsAreThoseOfThePlace() {
        double sum = 0;
        int fields = 60;
        PixelPosition target = new PixelPosition(300, 1500);
        for (int seed = 0; seed < fields; seed++) {
            Random random = new Random(1000 + seed);
            List<FieldMatch.Expected> stars = stars(random, 60);
            FieldMatch match =
                    FieldMatch.of(stars, seen(random, stars, 0.3), 40).orElseThrow();
            double off = match.correction().apply(target).distanceTo(TRUTH.apply(target)) / match.errorPx(target);
            sum += off * off / 2;
        }
        assertThat(Math.sqrt(sum / fields)).isBetween(0.75, 1.25);
    }

    @Test
    void anotherFieldHasNoMatch() {
        Random random = new Random(7);
        List<FieldMatch.Expected> stars = stars(random, 6);
        assertThat(FieldMatch.of(stars, List.of(), 40)).isEmpty();
        assertThat(FieldMatch.of(stars, seen(random, stars(random, 6), 0.1), 10))
                .isEmpty();
    }
}
