package io.spectractor.core.emission;

import static org.assertj.core.api.Assertions.assertThat;

import io.spectractor.core.SyntheticSpectrogram;
import io.spectractor.core.background.SkyModel;
import io.spectractor.core.config.PsfConfig;
import io.spectractor.core.extraction.ColumnSpectrum;
import io.spectractor.core.extraction.ProfileWindow;
import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.optics.AirConditions;
import io.spectractor.core.optics.AtmosphericRefraction;
import io.spectractor.core.optics.CameraOrientation;
import io.spectractor.core.optics.DispersionRelation;
import io.spectractor.core.psf.PointSpreadFunction;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The derivatives of a scene are those of its components, whatever the parameter. */
class PixelSlopesTest {
    private static final int COLUMNS = 400;
    private static final int HALF_HEIGHT = 12;
    private static final double[] LAMBDAS = {310, 486.133, 500.684};
    /** Widths that are the same in all columns: a line takes that of the nearest column, which has no derivative. */
    private static final double[] AT = {55.45, 0.1, 1.05, 0, 0, 0.1, 0.05, 0.02, 1.1, 0.2, 0.1};

    private static TraceGeometry geometry() {
        DispersionRelation relation =
                new DispersionRelation(346.92, DispersionRelation.incidenceRad(743.7, 2048, 0.401), 55.45, 0.024);
        AtmosphericRefraction refraction = new AtmosphericRefraction(
                new AirConditions(8.6, 784, 25), 1.131, 119.807, 590, new CameraOrientation(0.401, 180, -1, 1));
        return new TraceGeometry(new PixelPosition(-280.3, 45), -1.57, relation, refraction);
    }

    private static double[] of(double value) {
        double[] out = new double[COLUMNS];
        Arrays.fill(out, value);
        return out;
    }

    private static PixelScene scene() {
        TraceGeometry geometry = geometry();
        double[] traceY = geometry.rows(0, COLUMNS, 1);
        ProfileWindow window = ProfileWindow.cut(
                new SyntheticSpectrogram(COLUMNS, 90).sky((x, y) -> 1).image(5),
                SkyModel.none(0, traceY),
                0,
                traceY,
                HALF_HEIGHT);
        ColumnSpectrum spectrum = new ColumnSpectrum(
                0,
                of(1),
                new double[COLUMNS * COLUMNS],
                new int[COLUMNS],
                of(1),
                traceY,
                List.of("gamma", "alpha"),
                List.of(of(2.5), of(3)),
                of(2.5),
                window.firstRow,
                window.rows,
                new double[0],
                new double[0],
                new byte[0],
                1,
                0);
        return new PixelScene(
                spectrum,
                window,
                geometry,
                PointSpreadFunction.of(PsfConfig.Type.MOFFAT),
                new Continuum(new EvenLight(of(1), of(0)), of(1), false),
                lambda -> 0.1,
                new Doublets(0),
                of(1),
                AT,
                of(1));
    }

    @Test
    void theyAreThoseOfTheComponents() {
        PixelScene scene = scene();
        double[] strengths = new double[scene.components(AT, LAMBDAS).length];
        Arrays.fill(strengths, 5);
        strengths[0] = 300;
        strengths[1] = 40;
        strengths[2] = 100;
        double[][] slopes = scene.slopes(AT, LAMBDAS, strengths);
        assertThat(slopes).hasNumberOfRows(AT.length);
        for (int q = 0; q < AT.length; q++) {
            double step = 1e-3;
            double[] up = moved(scene, strengths, q, step);
            double[] down = moved(scene, strengths, q, -step);
            double most = Arrays.stream(slopes[q]).map(Math::abs).max().orElse(0);
            double worst = 0;
            for (int i = 0; i < up.length; i++) {
                worst = Math.max(worst, Math.abs(slopes[q][i] - (up[i] - down[i]) / (2 * step)));
            }
            assertThat(most).as("parameter %d", q).isPositive();
            assertThat(worst).as("parameter %d", q).isLessThan(3e-3 * most);
        }
    }

    private static double[] moved(PixelScene scene, double[] strengths, int q, double step) {
        double[] p = AT.clone();
        p[q] += step;
        return LineFit.sum(scene.components(p, LAMBDAS), strengths);
    }
}
