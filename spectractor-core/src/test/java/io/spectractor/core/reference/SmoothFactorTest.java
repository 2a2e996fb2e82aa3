package io.spectractor.core.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.fit.SymmetricSolver;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SmoothFactorTest {
    private static final int COLUMNS = 400;

    private final double[] star = new double[COLUMNS];
    private final double[] bands = new double[COLUMNS];
    private final double[] weight = new double[COLUMNS];

    /** What a star with a line looks like behind a cloud that is thicker in the blue and more water than expected. */
    private double[] behind(double water) {
        double[] data = new double[COLUMNS];
        for (int i = 0; i < COLUMNS; i++) {
            star[i] = 1000 * (1 - 0.3 * Math.exp(-Math.pow((i - 90) / 4.0, 2)));
            bands[i] = 0.2 * Math.exp(-Math.pow((i - 300) / 8.0, 2));
            data[i] = (0.7 + 0.1 * i / COLUMNS) * star[i] * (1 - water * bands[i]);
        }
        Arrays.fill(weight, 0.01);
        return data;
    }

    @Test
    void aSmoothFactorAndWaterAreNoMisfit() {
        double[] data = behind(0.5);
        SmoothFactor dry = new SmoothFactor(data, weight);

        assertThat(dry.chi2(star)).isGreaterThan(300);
        assertThat(dry.with(bands).chi2(star)).isLessThan(2);
        double[] factor = dry.with(bands).fit(star).factor();
        for (int i = 0; i < COLUMNS; i++) {
            assertThat(factor[i] * star[i]).isCloseTo(data[i], within(1.0));
        }
    }

    @Test
    void waterIsNoLineOfTheStar() {
        double[] data = behind(0.5);
        double[] without = new double[COLUMNS];
        Arrays.fill(without, 1000);

        assertThat(new SmoothFactor(data, weight).with(bands).chi2(without)).isGreaterThan(300);
    }

    /** A line that is deeper by a share is found as that share, whatever the water. */
    @Test
    void parametersAreSolvedTogetherWithTheWater() {
        double[] data = behind(0.5);
        double[] slope = new double[COLUMNS];
        for (int i = 0; i < COLUMNS; i++) {
            double line = Math.exp(-Math.pow((i - 300) / 4.0, 2));
            slope[i] = (0.7 + 0.1 * i / COLUMNS) * star[i] * line;
            data[i] += 0.1 * slope[i];
        }

        SmoothFactor.Joint joint = new SmoothFactor(data, weight).with(bands).joint(star, new double[][] {slope});
        double[] solved = SymmetricSolver.solve(joint.normal(), joint.right());

        assertThat(solved[joint.factorSize()]).isCloseTo(0.1, within(0.005));
    }
}
