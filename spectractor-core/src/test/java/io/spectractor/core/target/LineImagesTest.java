package io.spectractor.core.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.config.RotationConfig;
import io.spectractor.core.config.RotationConfig.Method;
import io.spectractor.core.observation.CcdImage;
import io.spectractor.core.observation.PixelPosition;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineImagesTest {
    private static final RotationConfig HESSIAN = new RotationConfig(Method.HESSIAN, -10, 10);
    private static final PixelPosition ORDER0 = new PixelPosition(120, 150);

    private static CcdImage lamp(double angleDeg, int lines) {
        SyntheticFrame frame = new SyntheticFrame(900, 300, 1).star(120, 150, 3000, 3, 2.5);
        int[] along = {210, 290, 430, 520, 610};
        for (int i = 0; i < lines; i++) {
            double angle = Math.toRadians(angleDeg);
            frame = frame.star(120 + along[i] * Math.cos(angle), 150 + along[i] * Math.sin(angle), 500, 3, 2.5);
        }
        // two that are none
        return frame.star(400, 60, 500, 3, 2.5).star(700, 120, 500, 3, 2.5).expose(1);
    }

    private static RotationEstimate crest(double angleDeg, double errorDeg) {
        return new RotationEstimate(angleDeg, errorDeg, angleDeg, 0, 64, true, new TreeSet<>());
    }

    @ParameterizedTest
    @ValueSource(doubles = {-6, -1.6, 0.3, 2.5})
    void theLineThroughOrderZeroAndTheImagesIsTheAxis(double angleDeg) {
        RotationEstimate noise = crest(-0.01, 3.3);
        RotationEstimate estimate = LineImages.better(noise, lamp(angleDeg, 5), ORDER0, HESSIAN);
        assertThat(estimate.angleDeg()).isCloseTo(angleDeg, within(0.05));
        assertThat(estimate.angleErrDeg()).isBetween(1e-6, 0.1);
        assertThat(estimate.ridgePoints()).isEqualTo(5);
    }

    @Test
    void aCrestThatIsMeasuredBetterStays() {
        RotationEstimate good = crest(2.5, 1e-7);
        assertThat(LineImages.better(good, lamp(2.5, 5), ORDER0, HESSIAN)).isSameAs(good);
    }

    @Test
    void twoImagesAreNoLine() {
        RotationEstimate assumed = RotationEstimate.assumed(0, 0, new TreeSet<>());
        assertThat(LineImages.better(assumed, lamp(2.5, 2), ORDER0, HESSIAN)).isSameAs(assumed);
    }
}
