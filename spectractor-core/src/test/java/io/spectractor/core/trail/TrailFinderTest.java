package io.spectractor.core.trail;

import static org.assertj.core.api.Assertions.assertThat;

import io.spectractor.core.SyntheticSpectrogram;
import io.spectractor.core.observation.CcdImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrailFinderTest {
    private static final int WIDTH = 700;
    private static final int HEIGHT = 460;
    private static final double TRACE = 230;
    /** Scatter of a pixel of a sky of 0.2 ADU/s. */
    private static final double SIGMA = Math.sqrt(SyntheticSpectrogram.READ_VARIANCE + 0.2 / 360);

    private static SyntheticSpectrogram field() {
        return new SyntheticSpectrogram(WIDTH, HEIGHT)
                .sky((x, y) -> 0.2)
                .spectrum(x -> 30 + 10 * Math.sin(x / 7.0), x -> TRACE + 0.01 * x, 3, 3)
                .spectrum(x -> 4 + Math.sin(x / 5.0), x -> TRACE - 90 + 0.012 * x, 3, 3)
                .star(210, 150, 40, 3)
                .star(500, 320, 200, 3);
    }

    private static double[] trace() {
        double[] trace = new double[WIDTH];
        Arrays.setAll(trace, x -> TRACE + 0.01 * x);
        return trace;
    }

    private static CcdImage masked(CcdImage image) {
        return TrailFinder.masked(image, 0, trace(), 20, 200, 1);
    }

    /** Adds light along a line through the middle of the spectrum. */
    private static void streak(SyntheticSpectrogram frame, double degrees, double width, Brightness brightness) {
        double sin = Math.sin(Math.toRadians(degrees));
        double cos = Math.cos(Math.toRadians(degrees));
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                double u = distance(x, y, sin, cos) / width;
                double along = (x - 350) * cos + (y - TRACE) * sin;
                frame.rate[y * WIDTH + x] += (float) (brightness.at(along) * SIGMA * Math.exp(-0.5 * u * u));
            }
        }
    }

    private interface Brightness {
        double at(double along);
    }

    private static double distance(int x, int y, double sin, double cos) {
        return (y - TRACE) * cos - (x - 350) * sin;
    }

    @ParameterizedTest
    @CsvSource({"5, 2, 3", "8, 1.5, 1.5", "40, 2, 3", "-25, 3, 20", "72, 2, 5", "-60, 1.2, 2", "135, 2.5, 1"})
    void aTrailIsMaskedFromSkyToSkyAndLittleElse(double degrees, double width, double sigmas) {
        SyntheticSpectrogram frame = field();
        streak(frame, degrees, width, along -> sigmas);

        CcdImage image = masked(frame.image(5));

        double sin = Math.sin(Math.toRadians(degrees));
        double cos = Math.cos(Math.toRadians(degrees));
        for (int y = 40; y < HEIGHT - 40; y++) {
            for (int x = 0; x < WIDTH; x++) {
                double d = Math.abs(distance(x, y, sin, cos));
                boolean trail = (image.mask(x, y) & CcdImage.TRAIL) != 0;
                if (d < width * Math.sqrt(2 * Math.log(Math.max(1.01, sigmas / 0.3)))) {
                    assertThat(trail).as("%d, %d on the trail", x, y).isTrue();
                } else if (d > 6 * width + 3) {
                    assertThat(trail).as("%d, %d off the trail", x, y).isFalse();
                }
            }
        }
    }

    @Test
    void aFieldOfStarsAndSpectraHasNone() {
        CcdImage image = field().image(6);

        assertThat(masked(image)).isSameAs(image);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void whatIsNoTrailIsLeft(int kind) {
        SyntheticSpectrogram frame = field();
        switch (kind) {
            // a diffraction spike fades with the square of the distance
            case 0 -> streak(frame, 45, 2, along -> 4000 / (1 + Math.pow((along - 150) / 3, 2)));
            // stray light is broad
            case 1 -> streak(frame, 60, 14, along -> 3);
            // the spectrum of a field star, along the axis
            case 2 -> streak(frame, 1.2, 2, along -> 8);
            // a bad column
            default -> streak(frame, 90, 0.4, along -> 8);
        }
        CcdImage image = frame.image(7);

        assertThat(masked(image)).isSameAs(image);
    }

    @Test
    void twoTrailsAreBothMasked() {
        SyntheticSpectrogram frame = field();
        streak(frame, 30, 2, along -> 4);
        streak(frame, -50, 2, along -> 3);

        CcdImage image = masked(frame.image(8));

        assertThat(image.mask(350 + 100, (int) Math.round(TRACE + 100 * Math.tan(Math.toRadians(30)))))
                .isEqualTo(CcdImage.TRAIL);
        assertThat(image.mask(350 - 60, (int) Math.round(TRACE + 60 * Math.tan(Math.toRadians(50)))))
                .isEqualTo(CcdImage.TRAIL);
    }

    /** In a short bright spectrum the wings change as fast as the light: they are no trail. */
    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.36})
    void wingsOfAShortBrightSpectrumAreNoTrail(double slope) {
        int columns = 330;
        SyntheticSpectrogram frame = new SyntheticSpectrogram(columns, HEIGHT)
                .sky((x, y) -> 0.2)
                .spectrum(x -> 3000 * Math.exp(-0.5 * Math.pow((x - 60) / 60.0, 2)) + 30, x -> 150 + slope * x, 4, 2.8);
        double[] trace = new double[columns];
        Arrays.setAll(trace, x -> 150 + slope * x);
        CcdImage image = frame.image(3);

        assertThat(TrailFinder.masked(image, 0, trace, 20, 140, 1)).isSameAs(image);
    }
}
