package io.spectractor.core.forward.stamps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.SyntheticSpectrogram;
import io.spectractor.core.background.SkyModel;
import io.spectractor.core.config.PsfConfig;
import io.spectractor.core.extraction.ProfileWindow;
import io.spectractor.core.forward.equations.ForwardParameters;
import io.spectractor.core.psf.ChromaticColumns;
import io.spectractor.core.psf.ChromaticShape;
import io.spectractor.core.psf.PointSpreadFunction;
import io.spectractor.core.psf.PsfProfile;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stamps and their remainder against the light of every column summed over all of its reach. */
class StampRemainderTest {
    private static final int COLUMNS = 160;
    private static final int HALF = 12;
    private static final int HALF_HEIGHT = 12;
    private static final int NOTCH_FROM = 60;
    private static final int NOTCH_TO = 100;
    private static final int MIDDLE = 80;
    private static final PointSpreadFunction PSF = PointSpreadFunction.of(PsfConfig.Type.MOFFAT);

    private static double row(int column, double slope) {
        return 60.3 + slope * column;
    }

    private static ProfileWindow window(double slope) {
        double[] traceY = new double[COLUMNS];
        for (int c = 0; c < COLUMNS; c++) {
            traceY[c] = row(c, slope);
        }
        SkyModel sky = SkyModel.of(0, traceY, 30, 0, 0, new double[] {1}, new double[] {0});
        return ProfileWindow.cut(
                new SyntheticSpectrogram(COLUMNS, 180).sky((x, y) -> 1).image(1), sky, 0, traceY, HALF_HEIGHT);
    }

    private static ChromaticColumns shapes() {
        double inf = Double.POSITIVE_INFINITY;
        return new ChromaticShape(new double[][] {{0}, {5.3}, {2.8}})
                .overColumns(COLUMNS, new double[] {-inf, 1, 1.1}, new double[] {inf, 20, 10});
    }

    private static double[] light() {
        double[] light = new double[COLUMNS];
        Arrays.fill(light, 1000);
        Arrays.fill(light, NOTCH_FROM, NOTCH_TO, 1);
        return light;
    }

    private static double[] stamps(ProfileWindow window, double slope) {
        int range = HALF_HEIGHT + 8 + window.rise(HALF);
        ProfileTable table = new ProfileTable(COLUMNS, HALF, range, 2, true, StampRows.own());
        table.fill(shapes(), PSF);
        ColumnStamp stamp = new ColumnStamp(window, table, HALF, 2);
        double[] pixels = new double[COLUMNS * window.rows];
        for (int c = 0; c < COLUMNS; c++) {
            stamp.evaluate(c, row(c, slope), c);
            stamp.add(0, light()[c], pixels);
        }
        return pixels;
    }

    /** What a column sees of the light of all columns up to six times the width away. */
    private static double[] exact(ProfileWindow window, double slope, int x) {
        PsfProfile profile = PSF.at(ForwardParameters.shape(shapes(), 0));
        int reach = (int) Math.ceil(6 * profile.fwhm());
        double[] out = new double[window.rows];
        for (int k = 0; k < window.rows; k++) {
            for (int c = Math.max(0, x - reach); c <= Math.min(COLUMNS - 1, x + reach); c++) {
                double dy = window.firstRow[x] + k - row(c, slope);
                double sum = 0;
                for (int dx = -reach; dx <= reach; dx++) {
                    sum += profile.pixelValue(dx, dy);
                }
                out[k] += light()[c] * profile.pixelValue(x - c, dy) * profile.pixelTransverse(dy) / sum;
            }
        }
        return out;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.36})
    void fillsANotchWithTheLightBesideIt(double slope) {
        ProfileWindow window = window(slope);
        double[] pixels = stamps(window, slope);
        double[] short0 = Arrays.copyOfRange(pixels, MIDDLE * window.rows, (MIDDLE + 1) * window.rows);
        LightMap one = LightMap.ofFirst(COLUMNS, HALF, null);
        double[] rows = new double[COLUMNS + 2 * HALF];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = row(i - HALF, slope);
        }
        new StampRemainder(window, HALF, shapes(), PSF, true).add(one, one.apply(light()), rows, pixels);

        for (int x : new int[] {40, 58, 62, MIDDLE}) {
            double[] exact = exact(window, slope, x);
            for (int k = 0; k < window.rows; k++) {
                // of some 100 at the trace outside of the notch
                assertThat(pixels[x * window.rows + k])
                        .as("row %d of column %d", k, x)
                        .isCloseTo(exact[k], within(0.02));
            }
        }
        // the stamps alone leave the bottom of the notch half as bright as it is
        double seen = Arrays.stream(exact(window, slope, MIDDLE)).sum();
        assertThat(Arrays.stream(short0).sum()).isLessThan(0.7 * seen);
    }

    /** In a smooth spectrum along the rows there is nothing to add. */
    @Test
    void isNothingWhereTheLightIsEven() {
        ProfileWindow window = window(0);
        double[] even = new double[COLUMNS];
        Arrays.fill(even, 1000);
        LightMap one = LightMap.ofFirst(COLUMNS, HALF, null);
        double[] rows = new double[COLUMNS + 2 * HALF];
        Arrays.fill(rows, 60.3);
        double[] pixels = new double[COLUMNS * window.rows];
        new StampRemainder(window, HALF, shapes(), PSF, true).add(one, one.apply(even), rows, pixels);

        for (int k = 0; k < window.rows; k++) {
            assertThat(pixels[MIDDLE * window.rows + k]).isCloseTo(0, within(1e-6));
        }
    }
}
