package io.spectractor.core.forward.stamps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.forward.equations.ParameterSums;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The sums over columns against those over full matrices. */
class ColumnSumsTest {
    private static final int COLUMNS = 17;
    private static final int HALF = 2;
    private static final int WIDTH = 2 * HALF + 1;
    private static final int ROWS = 6;
    private static final int PARAMETERS = 5;

    @Test
    void equalTheProductsOfFullMatrices() {
        Random random = new Random(3);
        LightMap one = LightMap.ofFirst(COLUMNS, HALF, null);
        ColumnSums sums = new ColumnSums(PARAMETERS, ROWS, COLUMNS, HALF);
        double[] gradient = new double[PARAMETERS];
        double[] matrix = new double[PARAMETERS * PARAMETERS];
        double[][] cross = new double[PARAMETERS][COLUMNS];
        for (int c = 0; c < COLUMNS; c++) {
            double[] weight = random.doubles(ROWS).toArray();
            double[] residual = random.doubles(ROWS).toArray();
            double[][] stamps = new double[WIDTH][];
            for (int i = 0; i < WIDTH; i++) {
                stamps[i] = random.doubles(ROWS).toArray();
            }
            double[] weighted = new double[ROWS];
            for (int k = 0; k < ROWS; k++) {
                weighted[k] = weight[k] * residual[k];
                for (int q = 0; q < PARAMETERS; q++) {
                    // as knots are: without effect in most columns
                    sums.jacobian[q][k] = q > 1 && (c + q) % 3 != 0 ? 0 : random.nextGaussian();
                }
            }
            sums.add(c, weight, weighted, stamps, null);
            for (int k = 0; k < ROWS; k++) {
                for (int q = 0; q < PARAMETERS; q++) {
                    double slope = sums.jacobian[q][k];
                    gradient[q] += slope * weighted[k];
                    for (int r = 0; r < PARAMETERS; r++) {
                        matrix[q * PARAMETERS + r] += weight[k] * slope * sums.jacobian[r][k];
                    }
                    for (int i = 0; i < WIDTH; i++) {
                        int source = c - HALF + i;
                        if (source >= 0 && source < COLUMNS) {
                            cross[q][source] += weight[k] * slope * stamps[i][k];
                        }
                    }
                }
            }
        }

        ParameterSums total = sums.finish(one, LightMap.ofFirst(COLUMNS, HALF, null));

        assertThat(total.gradient).containsExactly(gradient, within(1e-12));
        assertThat(total.matrix).containsExactly(matrix, within(1e-12));
        for (int q = 0; q < PARAMETERS; q++) {
            assertThat(total.cross[q]).containsExactly(cross[q], within(1e-12));
        }
    }
}
