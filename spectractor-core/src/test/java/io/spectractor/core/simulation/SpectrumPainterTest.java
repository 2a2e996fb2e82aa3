package io.spectractor.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.config.PsfConfig;
import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.psf.PointSpreadFunction;
import io.spectractor.core.psf.PsfProfile;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is drawn quickly against the plain sum over all steps of a spectrum. */
class SpectrumPainterTest {
    private static final ExtractionConfig CONFIG = Instruments.ctio().config();
    private static final int HEIGHT = 300;

    /** A spectrum with a sharp line; profiles from 0.6 to 3 arcsec of seeing. */
    @ParameterizedTest
    @CsvSource({
        "MOFFAT, 0.6, true",
        "MOFFAT, 1.2, true",
        "MOFFAT, 3, true",
        "MOFFAT, 1.2, false",
        "GAUSS, 0.8, true",
        "MOFFAT_GAUSS, 1.5, true",
        "DOUBLE_MOFFAT, 1, true"
    })
    void theFastSumIsThePlainSum(PsfConfig.Type type, double seeingArcsec, boolean integrated) {
        SimulatedPsf shape = SimulatedPsf.ofSeeing(
                        type, seeingArcsec, CONFIG.ccd().plateScaleArcsec())
                .withPixelIntegration(integrated);
        SimulationSettings settings = Frames.orderOneOnly()
                .psf(shape)
                .detector(Frames.detector(HEIGHT, false))
                .build();
        FrameGeometry geometry = new FrameGeometry(settings, Frames.star(), CONFIG);
        ShapeScale scale = new ShapeScale(CONFIG, geometry);
        OrderLight light = OrderLight.of(1, Frames.star(), geometry);
        RateImage canvas = new RateImage(2048, HEIGHT);
        new SpectrumPainter(canvas, new ProfileSet(shape), scale).spectrum(light, 1);
        for (int x : new int[] {1060, 1200, 1281, 1282, 1283, 1300, 1450, 1590}) {
            double peak = 0;
            double largest = 0;
            for (int y = 130; y < 200; y += x == 1282 ? 1 : 3) {
                double plain = plainSum(light, shape, scale, x, y);
                peak = Math.max(peak, plain);
                largest = Math.max(largest, Math.abs(canvas.rate()[y * 2048 + x] - plain));
            }
            assertThat(largest / peak).as("column %d", x).isLessThan(2e-4);
        }
    }

    private static double plainSum(OrderLight light, SimulatedPsf shape, ShapeScale scale, int x, int y) {
        PointSpreadFunction family = PointSpreadFunction.of(shape.type());
        double sum = 0;
        for (int k = 0; k < light.size(); k++) {
            double dx = x - light.x[k];
            double dy = y - light.y[k];
            if (Math.hypot(dx, dy) <= shape.radiusPx()) {
                PsfProfile profile = family.at(shape.shapeAt(scale.at(light.lambdaNm[k])));
                sum += light.rate[k] * (shape.pixelIntegrated() ? profile.pixelValue(dx, dy) : profile.value(dx, dy));
            }
        }
        return sum;
    }

    /** The quick streak of a field star against the careful drawing of the same light. */
    @Test
    void theStreakOfAFieldStarIsItsSpectrum() {
        SimulatedPsf shape = SimulatedPsf.ofSeeing(1.2, CONFIG.ccd().plateScaleArcsec());
        SimulationSettings settings = Frames.orderOneOnly()
                .psf(shape)
                .detector(Frames.detector(HEIGHT, false))
                .build();
        FrameGeometry geometry = new FrameGeometry(settings, Frames.star(), CONFIG);
        OrderLight light = OrderLight.of(1, Frames.star(), geometry);
        RateImage careful = new RateImage(2048, HEIGHT);
        new SpectrumPainter(careful, new ProfileSet(shape), new ShapeScale(CONFIG, geometry)).spectrum(light, 0.01);
        RateImage quick = new RateImage(2048, HEIGHT);
        LineProfile profile =
                new LineProfile(PointSpreadFunction.of(shape.type()).at(shape.shapeAt(0)), shape.radiusPx(), true);
        new ApproximateTrace(quick, profile, 1e-5).draw(light, 0.01);
        for (int x = 1060; x < 1590; x += 10) {
            double peak = 0;
            double largest = 0;
            for (int y = 0; y < HEIGHT; y++) {
                peak = Math.max(peak, careful.rate()[y * 2048 + x]);
                largest = Math.max(largest, Math.abs(quick.rate()[y * 2048 + x] - careful.rate()[y * 2048 + x]));
            }
            assertThat(largest / peak).as("column %d", x).isLessThan(0.12);
        }
        assertThat(sum(quick)).isCloseTo(sum(careful), within(0.01 * sum(careful)));
    }

    @Test
    void fieldStarsSendTheirLightIntoAllOrders() {
        SimulationSettings alone =
                Frames.orderOneOnly().order0Ratio(0.4).order2Scale(1).build();
        FieldStar star = new FieldStar(300, 220, 40, 4500);
        SimulationSettings together = alone.toBuilder().stars(List.of(star), 0).build();
        SimulatedFrame without = new FrameSimulator(CONFIG).simulate(alone, Frames.star());
        SimulatedFrame with = new FrameSimulator(CONFIG).simulate(together, Frames.star());
        double[] columns = new double[2048];
        double total = 0;
        for (int i = 0; i < with.adu().length; i++) {
            columns[i % 2048] += (with.adu()[i] - without.adu()[i]) / 120;
        }
        for (int x = 450; x < 2048; x++) {
            total += columns[x];
        }
        assertThat(columns[300]).as("order 0").isGreaterThan(4);
        // order 1 is order 0 over its ratio; order 2 adds a tenth and a little of order 3 of that
        assertThat(total).isBetween(100.0, 113.0);
        // a black body of 4500 K gives most photons near 800 nm; nothing below 360 nm, 290 px away
        assertThat(columns[300 + 665]).isGreaterThan(2 * columns[300 + 323]);
        assertThat(columns[300 + 250]).isLessThan(0.01 * columns[300 + 665]);
        // the angle of the target's axis
        assertThat(meanRow(with, without, 965)).isCloseTo(220 - Math.tan(Math.toRadians(1.5)) * 665, within(0.5));
    }

    /** The Sun has BP - RP = 0.82 and 5772 K; Vega 0.0 and 9600 K; an M0 dwarf 1.8 and 3850 K. */
    @ParameterizedTest
    @CsvSource({"0.82, 5772, 120", "0.0, 9600, 700", "1.8, 3850, 120"})
    void coloursAreTemperatures(double colour, double kelvin, double tolerance) {
        assertThat(FieldStar.temperatureOf(colour)).isCloseTo(kelvin, within(tolerance));
    }

    private static double meanRow(SimulatedFrame with, SimulatedFrame without, int x) {
        double sum = 0;
        double rows = 0;
        for (int y = 0; y < with.height(); y++) {
            double adu = with.adu()[y * 2048 + x] - without.adu()[y * 2048 + x];
            sum += adu;
            rows += adu * y;
        }
        return rows / sum;
    }

    private static double sum(RateImage canvas) {
        double sum = 0;
        for (double rate : canvas.rate()) {
            sum += rate;
        }
        return sum;
    }
}
