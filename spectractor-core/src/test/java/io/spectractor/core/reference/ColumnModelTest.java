package io.spectractor.core.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.calibration.GaussianFilter;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ColumnModelTest {
    /** 90 grooves per mm in 4 arcsec of seeing: no light was expected below 370 nm, and no template explained what there was. */
    @Test
    void aWideKernelLeavesLightAtTheEnds() {
        double[] even = new double[TemplateGrid.SIZE];
        Arrays.fill(even, 3);
        double[] kernel = GaussianFilter.kernel(35);

        for (double value : ColumnModel.smoothed(even, kernel)) {
            assertThat(value).isCloseTo(3, within(1e-9));
        }
    }

    @Test
    void aPointBecomesTheKernel() {
        double[] point = new double[301];
        point[150] = 1;
        double[] kernel = GaussianFilter.kernel(4);

        double[] seen = ColumnModel.smoothed(point, kernel);

        int half = kernel.length / 2;
        assertThat(Arrays.copyOfRange(seen, 150 - half, 150 + half + 1)).containsExactly(kernel);
        assertThat(seen[150 - half - 1]).isZero();
    }
}
