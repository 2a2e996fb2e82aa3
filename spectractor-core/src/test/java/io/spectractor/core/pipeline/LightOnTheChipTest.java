package io.spectractor.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spectractor.core.config.DispersionConfig;
import io.spectractor.core.extraction.ColumnSpectrum;
import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.observation.CcdImage;
import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.optics.AirConditions;
import io.spectractor.core.optics.AtmosphericRefraction;
import io.spectractor.core.optics.CameraOrientation;
import io.spectractor.core.optics.DispersionRelation;
import io.spectractor.core.outcome.ExtractionException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the light of a spectrum is on the chip, where it should be, and whether that fits together. */
class LightOnTheChipTest {
    private static final double SKY = 2;
    private static final int FIRST_COLUMN = 650;
    private static final int COLUMNS = 560;

    private static TraceGeometry geometry(double x0, double y0, double angleDeg) {
        return new TraceGeometry(
                new PixelPosition(x0, y0),
                angleDeg,
                new DispersionRelation(346, 0, 55.45, 0.024),
                new AtmosphericRefraction(
                        new AirConditions(8.6, 784, 25), 1, 120, 573, new CameraOrientation(0.401, 180, -1, 1)));
    }

    /** A frame of noise with a band of light from a point on, in steps of (dx, dy) a pixel. */
    private static CcdImage band(int width, int height, double x0, double y0, double dx, double dy, double peak) {
        float[] rate = new float[width * height];
        float[] variance = new float[width * height];
        Random random = new Random(3);
        for (int i = 0; i < rate.length; i++) {
            int y = i / width;
            double along = (i % width - x0) * dx + (y - y0) * dy;
            double across = (i % width - x0) * dy - (y - y0) * dx;
            double light = along > 200 && along < 900 ? peak * Math.exp(-across * across / 18) : 0;
            rate[i] = (float) (SKY + light + 0.1 * random.nextGaussian());
            variance[i] = 0.01f;
        }
        return new CcdImage(width, height, rate, variance, new byte[rate.length], 500, 360, 0.001);
    }

    @ParameterizedTest
    @CsvSource({
        "300, 500, 1, 0, RIGHT",
        "1200, 500, -1, 0.03, LEFT",
        "400, 100, 0.02, 1, UP",
        "700, 1200, -0.03, -1, DOWN",
    })
    void lightIsSeenWhereItRuns(double x0, double y0, double dx, double dy, LightDirection direction) {
        CcdImage image = band(1400, 1400, x0, y0, dx, dy, 0.5);
        assertThat(LightDirection.of(image, new PixelPosition(x0, y0), 250, 800))
                .isEqualTo(direction);
    }

    @Test
    void noLightRunsWhereItShould() {
        CcdImage dark = band(1400, 1400, 700, 700, 1, 0, 0);
        assertThat(LightDirection.of(dark, new PixelPosition(700, 700), 250, 650))
                .isEqualTo(LightDirection.RIGHT);
    }

    /** Trace off either edge, off the right one, and on the chip. */
    @ParameterizedTest
    @CsvSource({
        "100, 300, -30, true",
        "100, 470, 30, true",
        "100, 250, 5, false",
        "400, 250, 0, false",
    })
    void onlyColumnsWithTheTraceOnTheChip(double x0, double y0, double angle, boolean sideways) {
        CcdImage image = band(1000, 500, 0, 0, 1, 0, 0);
        TraceGeometry geometry = geometry(x0, y0, angle);
        double first = Math.floor(geometry.columnOf(350, 1));
        double last = Math.floor(geometry.columnOf(1000, 1));
        ColumnRange range = ColumnRange.of(image, geometry, first, last);
        assertThat(range.leavesSideways()).isEqualTo(sideways);
        double[] rows = geometry.rows(range.from(), range.to() - range.from() + 1, 1);
        for (double row : rows) {
            assertThat(row).isBetween(0.0, 499.0);
        }
        assertThat(range.isShort()).as("%s", range).isEqualTo(sideways || x0 == 400);
        assertThat(range.to()).isLessThan(1000);
    }

    @ParameterizedTest
    @ValueSource(bytes = {CcdImage.BAD, CcdImage.SATURATED})
    void deadColumnsAtTheEndsAreNoSpectrum(byte why) {
        TraceGeometry geometry = geometry(100, 250, 0);
        double first = Math.floor(geometry.columnOf(350, 1));
        double last = Math.floor(geometry.columnOf(1000, 1));
        byte[] mask = new byte[1000 * 500];
        for (int y = 0; y < 500; y++) {
            Arrays.fill(mask, y * 1000 + 500, y * 1000 + 1000, why);
        }
        CcdImage image = new CcdImage(1000, 500, new float[1000 * 500], new float[1000 * 500], mask, 500, 360, 0.001);
        ColumnRange range = ColumnRange.of(image, geometry, first, last);
        assertThat(range.to()).isEqualTo(499);
        assertThat(range.deadFrom()).isEqualTo(500);
        assertThat(range.deadTo()).isEqualTo((int) last);
        assertThatThrownBy(() -> range.requireAtLeast(300))
                .isInstanceOf(ExtractionException.class)
                .hasMessageContaining(
                        "where columns 500 to " + (int) last + " hold no data: part of the frame is dead");
        assertThatThrownBy(() -> ColumnRange.of(image, geometry(100, 12, -5), first, last)
                        .requireAtLeast(300))
                .hasMessageContaining("leaves the chip at its lower or upper edge");
        assertThatThrownBy(() ->
                        ColumnRange.of(image, geometry(950, 250, 0), 1200, 1900).requireAtLeast(300))
                .hasMessageContaining("off the chip");
    }

    /** A spectrum whose trace runs {@code above} the line that starts at order 0, turned about it by an angle. */
    private static ColumnSpectrum spectrum(TraceGeometry geometry, double above, double turnedDeg) {
        double[] rate = new double[COLUMNS];
        double[] trace = geometry.rows(FIRST_COLUMN, COLUMNS, 1);
        double[] covariance = new double[COLUMNS * COLUMNS];
        Random random = new Random(4);
        for (int i = 0; i < COLUMNS; i++) {
            rate[i] = 100;
            covariance[i * COLUMNS + i] = 1;
            trace[i] += above
                    + Math.tan(Math.toRadians(turnedDeg))
                            * (FIRST_COLUMN + i - geometry.order0().x())
                    + 0.05 * random.nextGaussian();
        }
        return new ColumnSpectrum(
                FIRST_COLUMN,
                rate,
                covariance,
                new int[COLUMNS],
                rate,
                trace,
                List.of(),
                List.of(),
                new double[COLUMNS],
                new int[COLUMNS],
                0,
                new double[0],
                new double[0],
                new byte[0],
                1,
                0.05);
    }

    /** What hangs together; order 0 of another star; the angle, the distance and the origin of another one. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 0, 0, true",
        "0.5, 0.02, 0.4, 0.5, 0.2, true",
        "27, 0, 0, 0, 0, false",
        "-9, 0, 0, 0, 0, false",
        "0, 0, 3, 0, 0, false",
        "0, 0, 0, 1.6, 0, false",
        "0, 0, 0, 0, -1.5, false",
    })
    void whatDoesNotBelongTogetherIsSeen(
            double above, double turned, double angleOff, double longerMm, double shift, boolean holds) {
        DispersionConfig config = Instruments.ctio().config().dispersion();
        TraceGeometry geometry = geometry(400, 300, 0.7).with(config.distanceMm() + longerMm, shift);
        GeometryCheck check =
                GeometryCheck.of(spectrum(geometry, above, turned), geometry, 0.7 - angleOff, config, 700);
        assertThat(check.holds()).as("%s", check).isEqualTo(holds);
        assertThat(check.traceMisses()).isEqualTo(Math.abs(above) > 4);
        assertThat(check.missPx()).isBetween(above - 0.3, above + 0.3);
    }
}
