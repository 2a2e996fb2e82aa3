package io.spectractor.core.forward.stamps;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StampRowsTest {
    @Test
    void rowsAreZerosAndNobodyElses() {
        double[] dirty;
        try (StampRows rows = StampRows.borrow()) {
            dirty = rows.zeros(1_234_567);
            assertThat(rows.zeros(1_234_567)).isNotSameAs(dirty);
            Arrays.fill(dirty, 7);
        }
        try (StampRows again = StampRows.borrow();
                StampRows other = StampRows.borrow()) {
            assertThat(other).isNotSameAs(again);
            double[] first = again.zeros(1_234_567);
            double[] second = other.zeros(1_234_567);
            assertThat(first).isNotSameAs(second).containsOnly(0);
            assertThat(second).containsOnly(0);
        }
    }

    @Test
    void rowsServeTheNextModel() {
        StampRows rows = StampRows.own();
        double[][] first = rows.zeros(3, 10);
        first[1][4] = 1;
        rows.close();
        double[][] next = rows.zeros(3, 10);
        assertThat(next).isDeepEqualTo(new double[3][10]);
        assertThat(next[1]).isSameAs(first[1]);
        rows.close();
    }

    @Test
    void whatAModelDidNotNeedIsLetGo() {
        StampRows rows = StampRows.own();
        double[] wide = rows.zeros(20);
        rows.zeros(10);
        rows.close();
        double[] narrow = rows.zeros(10);
        rows.close();
        assertThat(rows.zeros(20)).isNotSameAs(wide);
        assertThat(rows.zeros(10)).isSameAs(narrow);
        rows.close();
    }
}
