package io.spectractor.core.forward.stamps;

import static org.assertj.core.api.Assertions.assertThat;

import io.spectractor.core.SyntheticSpectrogram;
import io.spectractor.core.background.SkyModel;
import io.spectractor.core.config.PsfConfig;
import io.spectractor.core.extraction.ProfileWindow;
import io.spectractor.core.psf.ChromaticColumns;
import io.spectractor.core.psf.ChromaticShape;
import io.spectractor.core.psf.PointSpreadFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stamps stored by their source against those of single columns, in windows that follow a tilted trace. */
class OrderStampsTest {
    private static final int COLUMNS = 80;
    private static final int HALF = 6;
    private static final int HALF_HEIGHT = 12;
    private static final PointSpreadFunction PSF = PointSpreadFunction.of(PsfConfig.Type.MOFFAT);

    private static ProfileWindow window(double slope) {
        double[] traceY = new double[COLUMNS];
        for (int c = 0; c < COLUMNS; c++) {
            traceY[c] = 40.2 + slope * c;
        }
        SkyModel sky = SkyModel.of(0, traceY, 30, 0, 0, new double[] {1}, new double[] {0});
        return ProfileWindow.cut(
                new SyntheticSpectrogram(COLUMNS, 90).sky((x, y) -> 1).image(1), sky, 0, traceY, HALF_HEIGHT);
    }

    private static ChromaticColumns shapes() {
        double inf = Double.POSITIVE_INFINITY;
        return new ChromaticShape(new double[][] {{0}, {3, 0.4}, {3}})
                .overColumns(COLUMNS, new double[] {-inf, 1, 1.1}, new double[] {inf, 20, 10});
    }

    private static ProfileTable table() {
        ProfileTable table = new ProfileTable(COLUMNS, HALF, HALF_HEIGHT + 8, 2, true, StampRows.own());
        table.fill(shapes(), PSF);
        return table;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.02, -0.11, 0.4})
    void areThoseOfTheColumnsWhateverTheTilt(double slope) {
        ProfileWindow window = window(slope);
        ProfileTable table = table();
        int from = 20;
        OrderStamps stamps = new OrderStamps(window, from, HALF, 2, table, StampRows.own());
        // twice, so that nothing of the first time is left
        for (double row : new double[] {41.7, 40.3}) {
            for (int c = -HALF; c < COLUMNS + HALF; c++) {
                stamps.put(c, row + slope * c, table, Math.min(COLUMNS - 1, Math.max(0, c)));
            }
        }
        ColumnStamp single = new ColumnStamp(window, table, HALF, 2);
        for (int c = -HALF; c < COLUMNS + HALF; c++) {
            single.evaluate(c, 40.3 + slope * c, Math.min(COLUMNS - 1, Math.max(0, c)));
            for (int number = 0; number < 4; number++) {
                double[] pixels = new double[COLUMNS * window.rows];
                single.add(number, 1, pixels);
                for (int x = Math.max(from, c - HALF); x <= Math.min(COLUMNS - 1, c + HALF); x++) {
                    double[][] column = number == 0 ? stamps.value(x) : stamps.slope(number - 1, x);
                    assertThat(column[c - x + HALF])
                            .as("number %d of column %d at %d", number, c, x)
                            .containsExactly(
                                    java.util.Arrays.copyOfRange(pixels, x * window.rows, (x + 1) * window.rows));
                }
            }
        }
    }

    @Test
    void aColumnWithoutLightLeavesNothing() {
        ProfileWindow window = window(0.11);
        ProfileTable table = table();
        OrderStamps stamps = new OrderStamps(window, 0, HALF, 2, table, StampRows.own());
        for (int c = 0; c < COLUMNS; c++) {
            stamps.put(c, 40.3 + 0.11 * c, table, c);
        }
        stamps.clear(40);

        for (int x = 40 - HALF; x <= 40 + HALF; x++) {
            assertThat(stamps.value(x)[40 - x + HALF]).containsOnly(0);
        }
        assertThat(stamps.value(41)[HALF]).doesNotContain(0);
    }

    /** A table filled for some columns only has the same numbers there. */
    @Test
    void aTableOfSomeColumnsIsTheSameThere() {
        ProfileTable whole = table();
        ProfileTable part = new ProfileTable(COLUMNS, HALF, HALF_HEIGHT + 8, 2, true, StampRows.own());
        part.fill(shapes(), PSF, ProfileCorrection.NONE, 1, 50, 61);
        for (double column : new double[] {50, 55.5, 61}) {
            double[][] a = new double[whole.stride][whole.rows];
            double[][] b = new double[part.stride][part.rows];
            assertThat(part.strips(column, 40.3, 30, 50, b)).isEqualTo(whole.strips(column, 40.3, 30, 50, a));
            assertThat(b).isDeepEqualTo(a);
        }
    }
}
