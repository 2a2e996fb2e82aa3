package io.spectractor.core.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows and columns of a sky are those of its pixels, each by itself. */
class SkyModelTest {
    @ParameterizedTest
    @CsvSource({"0,0", "2,1", "3,2", "1,3"})
    void rowsAndColumnsAreThoseOfPixels(int degreeAlong, int degreeAcross) {
        int size = (degreeAlong + 1) * (degreeAcross + 1);
        Random random = new Random(size);
        double[] coefficients = new double[size];
        double[] root = new double[size * size];
        for (int i = 0; i < size; i++) {
            coefficients[i] = random.nextGaussian();
        }
        for (int i = 0; i < root.length; i++) {
            root[i] = 0.1 * random.nextGaussian();
        }
        double[] covariance = new double[size * size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                for (int k = 0; k < size; k++) {
                    covariance[i * size + j] += root[i * size + k] * root[j * size + k];
                }
            }
        }
        double[] trace = new double[30];
        for (int c = 0; c < trace.length; c++) {
            trace[c] = 200 + 0.13 * c;
        }
        SkyModel sky = SkyModel.of(100, trace, 25, degreeAlong, degreeAcross, coefficients, covariance);
        int columns = 34;
        int rows = 61;
        float[] level = new float[columns * rows];
        float[] error = new float[columns * rows];

        // two columns before the trace, and two after it
        sky.fill(98, 172, columns, level, error);

        for (int c = 0; c < columns; c++) {
            double[] column = new double[rows];
            sky.column(98 + c, 172, column);
            for (int y = 0; y < rows; y++) {
                double value = sky.at(98 + c, 172 + y);
                double sigma = sky.error(98 + c, 172 + y);
                assertThat(column[y]).isCloseTo(value, within(1e-12));
                assertThat((double) level[y * columns + c]).isCloseTo(value, within(1e-6 * (1 + Math.abs(value))));
                assertThat((double) error[y * columns + c]).isCloseTo(sigma, within(1e-6 * (1 + sigma)));
            }
        }
    }
}
