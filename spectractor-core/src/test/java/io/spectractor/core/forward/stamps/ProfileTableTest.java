package io.spectractor.core.forward.stamps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.config.PsfConfig;
import io.spectractor.core.forward.equations.ForwardParameters;
import io.spectractor.core.psf.ChromaticColumns;
import io.spectractor.core.psf.ChromaticShape;
import io.spectractor.core.psf.PointSpreadFunction;
import io.spectractor.core.psf.PsfProfile;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileTableTest {
    private static final int COLUMNS = 600;
    private static final int HALF = 12;

    private static ChromaticColumns shape(double gamma, double alpha) {
        double inf = Double.POSITIVE_INFINITY;
        return new ChromaticShape(new double[][] {{0}, {gamma, 0.5, 0.3}, {alpha, 0.1, 0.1}})
                .overColumns(COLUMNS, new double[] {-inf, 1, 1.1}, new double[] {inf, 20, 10});
    }

    /** The numbers of the row at a distance from the centre, from strips about a centre that lies anywhere. */
    private static double[] row(ProfileTable table, int column, double dy) {
        double[][] strips = new double[table.stride][table.rows];
        int wanted = 700;
        int origin = table.strips(column, wanted - dy, wanted - 1, wanted + 1, strips);
        return Arrays.stream(strips)
                .mapToDouble(strip -> strip[wanted - origin])
                .toArray();
    }

    @ParameterizedTest
    @CsvSource({"3.5, 2.5, true", "3.5, 2.5, false", "2.8, 3, true"})
    void followsTheProfileToTwoPartsInTenThousandOfThePeak(double gamma, double alpha, boolean integrated) {
        PointSpreadFunction psf = PointSpreadFunction.of(PsfConfig.Type.MOFFAT);
        ChromaticColumns values = shape(gamma, alpha);
        ProfileTable table = new ProfileTable(COLUMNS, HALF, 28, 2, integrated, StampRows.own());
        table.fill(values, psf);
        double[] expected = new double[5];

        for (int column = 3; column < COLUMNS; column += 37) {
            PsfProfile profile = psf.at(ForwardParameters.shape(values, column));
            double peak = profile.value(0, 0);
            for (double dy = -5.9; dy < 6; dy += 0.37) {
                double[] row = row(table, column, dy);
                double line = integrated ? profile.pixelTransverse(dy) : profile.transverse(dy);
                double sum = 0;
                for (int dx = -HALF; dx <= HALF; dx++) {
                    if (integrated) {
                        profile.pixelGradient(dx, dy, expected, 0);
                    } else {
                        profile.gradient(dx, dy, expected, 0);
                    }
                    sum += expected[0];
                }
                profile.gradient(2, dy, expected, 0);
                double value = integrated ? profile.pixelValue(2, dy) : expected[0];
                assertThat(row[2 * 4]).isCloseTo(value * line / sum, within(2e-4 * peak));
            }
        }
    }

    /** Far from the middle rows are evaluated further apart: what is between them is no worse. */
    @ParameterizedTest
    @CsvSource({"1.6, 2.5", "3.5, 2.5", "6, 3"})
    void followsTheWingsToThreePartsInAHundredThousandOfThePeak(double gamma, double alpha) {
        PointSpreadFunction psf = PointSpreadFunction.of(PsfConfig.Type.MOFFAT);
        ChromaticColumns values = shape(gamma, alpha);
        ProfileTable table = new ProfileTable(COLUMNS, HALF, 28, 2, true, StampRows.own());
        table.fill(values, psf);
        PsfProfile profile = psf.at(ForwardParameters.shape(values, 0));
        double peak = profile.pixelValue(0, 0);

        for (double dy = 2.06; dy < 27; dy += 0.19) {
            double line = profile.pixelTransverse(dy);
            double sum = 0;
            for (int dx = -HALF; dx <= HALF; dx++) {
                sum += profile.pixelValue(dx, dy);
            }
            double expected = profile.pixelValue(0, dy) * line / sum;
            assertThat(row(table, 0, dy)[0]).isCloseTo(expected, within(3e-5 * peak));
            assertThat(row(table, 0, -dy)[0]).isCloseTo(expected, within(3e-5 * peak));
        }
    }

    /** Over all columns a row holds what the profile's integral along the dispersion has there: no light is lost. */
    @ParameterizedTest
    @CsvSource({"3.5, 2.5", "2.8, 3"})
    void rowsSumToTheTransverseProfile(double gamma, double alpha) {
        PointSpreadFunction psf = PointSpreadFunction.of(PsfConfig.Type.MOFFAT);
        ChromaticColumns values = shape(gamma, alpha);
        ProfileTable table = new ProfileTable(COLUMNS, HALF, 28, 2, true, StampRows.own());
        table.fill(values, psf);
        PsfProfile profile = psf.at(ForwardParameters.shape(values, 0));

        for (double dy = -20.3; dy < 21; dy += 1.7) {
            double[] row = row(table, 0, dy);
            double sum = 0;
            for (int dx = 0; dx <= HALF; dx++) {
                sum += (dx == 0 ? 1 : 2) * row[dx * 4];
            }
            assertThat(sum).isCloseTo(profile.pixelTransverse(dy), within(1e-4 * profile.transverse(0)));
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "2"})
    void slopesAreDerivatives(int parameter) {
        PointSpreadFunction psf = PointSpreadFunction.of(PsfConfig.Type.MOFFAT);
        double step = 1e-3;
        double[][] rows = new double[3][];
        for (int k = -1; k <= 1; k++) {
            ProfileTable table = new ProfileTable(COLUMNS, HALF, 28, 2, true, StampRows.own());
            table.fill(shape(3 + (parameter == 1 ? k * step : 0), 3 + (parameter == 2 ? k * step : 0)), psf);
            rows[k + 1] = row(table, 0, 1.3 - (parameter == 0 ? k * step : 0));
        }

        for (int dx = 0; dx <= HALF; dx++) {
            double numeric = (rows[2][dx * 4] - rows[0][dx * 4]) / (2 * step);
            assertThat(rows[1][dx * 4 + 1 + parameter]).isCloseTo(numeric, within(2e-5));
        }
    }
}
