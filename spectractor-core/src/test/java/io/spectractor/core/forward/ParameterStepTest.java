package io.spectractor.core.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.forward.equations.ForwardParameters;
import io.spectractor.core.forward.equations.Template;
import io.spectractor.core.psf.ChromaticShape;
import org.junit.jupiter.api.Test;

class ParameterStepTest {
    private static final ForwardParameters LAYOUT = new ForwardParameters(
            new ChromaticShape(new double[][] {{0}, {3}, {2.8}}),
            20,
            new double[] {0.5, 1.1},
            new double[] {20, 10},
            0);

    /** Parameters at the start but for some. */
    private static double[] parameters(double order2, double waterMm) {
        double[] p = LAYOUT.start(new Template(55, 0, waterMm));
        p[LAYOUT.order2] = order2;
        return p;
    }

    /** All parameters alone, but for the trace, which shares a half with the light of order 2. */
    private static ParameterStep step(double order2, double water) {
        int m = LAYOUT.count;
        double[] schur = new double[m * m];
        for (int q = 0; q < m; q++) {
            schur[q * m + q] = 1;
        }
        schur[LAYOUT.order2] = 0.5;
        schur[LAYOUT.order2 * m] = 0.5;
        double[] gradient = new double[m];
        gradient[0] = 1;
        gradient[LAYOUT.order2] = order2;
        gradient[LAYOUT.water()] = water;
        return new ParameterStep(schur, gradient, new double[m][20]);
    }

    @Test
    void insideTheBoundsItIsTheSame() {
        ParameterStep step = step(-10, -10);
        assertThat(step.inside(LAYOUT, parameters(1, 5))).isSameAs(step);
    }

    /** With order 2 held the trace goes where it goes alone, and what order 2 promised is promised no more. */
    @Test
    void whatLiesAtItsBoundIsHeldThere() {
        double[] p = parameters(-12, 5);
        LAYOUT.clamp(p);
        assertThat(p[LAYOUT.order2]).isBetween(0.001, 0.1);
        ParameterStep free = step(-10, 0.3);
        ParameterStep held = free.inside(LAYOUT, p);
        double[] move = held.move(0);
        assertThat(move[LAYOUT.order2]).isZero();
        assertThat(move[0]).isCloseTo(1, within(1e-12));
        assertThat(move[LAYOUT.water()]).isCloseTo(0.3, within(1e-12));
        assertThat(held.forecast()).isCloseTo(1.09, within(1e-12)).isLessThan(free.forecast());
    }

    @Test
    void bothMayBeHeld() {
        double[] p = parameters(-12, -3);
        LAYOUT.clamp(p);
        double[] move = step(-10, -10).inside(LAYOUT, p).move(0);
        assertThat(move[LAYOUT.order2]).isZero();
        assertThat(move[LAYOUT.water()]).isZero();
    }

    /** A bound does not hold what wants to leave it inwards. */
    @Test
    void awayFromItsBoundItMoves() {
        double[] p = parameters(-12, -3);
        LAYOUT.clamp(p);
        assertThat(step(10, 10).inside(LAYOUT, p).move(0)[LAYOUT.order2]).isGreaterThan(5);
    }
}
