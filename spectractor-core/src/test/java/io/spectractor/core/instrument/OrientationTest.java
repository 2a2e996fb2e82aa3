package io.spectractor.core.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import io.spectractor.core.instrument.Orientation.Axis;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OrientationTest {
    /** Larger than the squares in which images are turned, and no multiple of them. */
    private static final int COLUMNS = 131;

    private static final int ROWS = 70;

    static List<Orientation> all() {
        return Arrays.stream(Axis.values())
                .flatMap(x -> Arrays.stream(Axis.values())
                        .filter(y -> x.alongRows() != y.alongRows())
                        .flatMap(y -> Stream.of(new Orientation(x, y))))
                .toList();
    }

    @Test
    void thereAreEight() {
        assertThat(all()).hasSize(8).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyPixelGoesToItsPlaceAndBack(Orientation orientation) {
        float[] stored = new float[COLUMNS * ROWS];
        for (int i = 0; i < stored.length; i++) {
            stored[i] = i;
        }
        float[] turned = orientation.turn(stored, COLUMNS, ROWS);
        int width = orientation.width(COLUMNS, ROWS);
        int height = orientation.height(COLUMNS, ROWS);
        for (int row = 0; row < ROWS; row++) {
            for (int column = 0; column < COLUMNS; column++) {
                int x = (int) orientation.turnedX(column, row, COLUMNS, ROWS);
                int y = (int) orientation.turnedY(column, row, COLUMNS, ROWS);
                assertThat(turned[y * width + x]).isEqualTo(row * COLUMNS + column);
            }
        }
        assertThat(orientation.inverse().turn(turned, width, height)).containsExactly(stored);
    }

    /** S[y, x] = D[x, y] and S[y, x] = F[3999 - x, 4071 - y], spec/08 section 3. */
    @Test
    void bothAuxTelFramesAreTurnedAsTheSpecificationSays() {
        Orientation dm = new Orientation(Axis.ROWS_UP, Axis.COLUMNS_UP);
        assertThat(dm.turnedX(10, 20, 4072, 4000)).isEqualTo(20);
        assertThat(dm.turnedY(10, 20, 4072, 4000)).isEqualTo(10);
        Orientation turned = new Orientation(Axis.ROWS_DOWN, Axis.COLUMNS_DOWN);
        assertThat(turned.turnedX(1862, 3575, 4072, 4000)).isEqualTo(424);
        assertThat(turned.turnedY(1862, 3575, 4072, 4000)).isEqualTo(2209);
    }
}
