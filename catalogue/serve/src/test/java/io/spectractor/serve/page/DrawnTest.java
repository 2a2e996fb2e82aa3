package io.spectractor.serve.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.serve.page.CoAdd.Spectrum;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What is computed before it is drawn. */
class DrawnTest {
    private static double[] line(int n, double from, double step) {
        double[] x = new double[n];
        Arrays.setAll(x, i -> from + i * step);
        return x;
    }

    private static double[] constant(int n, double value) {
        double[] y = new double[n];
        Arrays.fill(y, value);
        return y;
    }

    @Test
    void theMeanIsWeighted() {
        CoAdd sum = CoAdd.of(List.of(
                new Spectrum(line(50, 400, 2), constant(50, 1.0), constant(50, 1.0)),
                new Spectrum(line(50, 400, 2), constant(50, 1.5), constant(50, 0.5))));
        // weights 1 and 4; the scatter, chi2 0.2 for one degree of freedom, is less than the errors say
        assertThat(sum.flux()[10]).isCloseTo((1.0 + 4 * 1.5) / 5, within(1e-12));
        assertThat(sum.error()[10]).isCloseTo(Math.sqrt(1 / 5.0), within(1e-12));
        CoAdd apart = CoAdd.of(List.of(
                new Spectrum(line(50, 400, 2), constant(50, 1.0), constant(50, 0.1)),
                new Spectrum(line(50, 400, 2), constant(50, 3.0), constant(50, 0.1))));
        // the error of the mean of 1 and 3 by their scatter
        assertThat(apart.error()[10]).isCloseTo(1.0, within(1e-12));
    }

    @Test
    void aSlopeStaysASlopeOnAnotherGrid() {
        double[] x = line(80, 400.3, 1.7);
        Spectrum one = new Spectrum(x, Arrays.stream(x).map(v -> 2 * v).toArray(), constant(80, 1));
        double[] y = line(60, 420, 2.1);
        double[] values = Arrays.stream(y).map(v -> 2 * v).toArray();
        values[7] = Double.NaN;
        CoAdd sum = CoAdd.of(List.of(one, new Spectrum(y, values, constant(60, 2))));
        for (int i = 0; i < sum.wavelength().length; i++) {
            assertThat(sum.flux()[i]).isCloseTo(2 * sum.wavelength()[i], within(1e-9));
        }
        assertThat(sum.wavelength()[0]).isEqualTo(400.3);
        assertThat(CoAdd.of(List.of(new Spectrum(new double[0], new double[0], new double[0])))
                        .wavelength())
                .isEmpty();
    }

    @Test
    void theSkyIsProjectedThereAndBack() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 2000; i++) {
            double ra = random.nextDouble(360);
            double dec = Math.toDegrees(Math.asin(random.nextDouble(-0.9999, 0.9999)));
            double[] at = SkyMap.project(ra, dec);
            double[] back = SkyMap.position(at[0], at[1]);
            assertThat(back).isNotNull();
            double around = Math.abs(back[0] - ra);
            assertThat(Math.min(around, 360 - around)).isLessThan(1e-6);
            assertThat(back[1]).isCloseTo(dec, within(1e-6));
        }
        // equal areas: the ellipse has the area pi/2 in units where the sphere has 4 pi, so half of the sky is half of
        // it
        assertThat(SkyMap.project(0, 30)[1]).isCloseTo(0.4040, within(1e-4));
        assertThat(SkyMap.position(0.9, 0.9)).isNull();
        assertThat(SkyMap.project(90, 0)[0]).isCloseTo(-0.5, within(1e-12));
    }

    @Test
    void ticksAreRound() {
        assertThat(SvgAxes.ticks(new double[] {-0.1, 1.1}, 8))
                .containsExactly(0.0, 0.2, 0.4, 0.6000000000000001, 0.8, 1.0);
        assertThat(SvgAxes.ticks(new double[] {59900, 60600}, 8)).contains(60000.0, 60100.0);
    }

    @Test
    void labelsHaveTheDigitsOfTheirSteps() {
        StringBuilder flux = new StringBuilder();
        new SvgAxes(new double[] {0, 1}, new double[] {1.234e-12, 1.242e-12}, false, 900, 300).draw("x", "y", flux);
        assertThat(flux.toString()).contains(">1.234e-12<").contains(">1.236e-12<");
        StringBuilder counts = new StringBuilder();
        new SvgAxes(new double[] {0, 3e7}, new double[] {0, 1}, false, 900, 300).draw("x", "y", counts);
        assertThat(counts.toString()).contains(">0.5e7<").contains(">3.0e7<");
    }

    @Test
    void aPhoneGetsFewerTicksOnHalfTheWidth() {
        SvgPlot.Series line = SvgPlot.Series.line("a", new double[] {350, 1050}, new double[] {0, 1});
        String wide = new SvgPlot("x", "y", false).add(line).draw();
        String half = new SvgPlot("x", "y", false).narrow().add(line).draw();

        assertThat(wide).contains("viewBox=\"0 0 900 380\"", ">700<");
        assertThat(half)
                .contains("class=\"plot half\" viewBox=\"0 0 440 380\"", "data-frame=\"78 14 426 334\"", ">800<")
                .doesNotContain(">700<");
    }

    @Test
    void valuesHaveTheDigitsThatOneReads() {
        assertThat(Html.value(1.54066248948667, "obs.airMass")).isEqualTo("1.54066");
        assertThat(Html.value(60516.07969907408, "time.epoch")).isEqualTo("60516.079699");
        assertThat(Html.value(1.1886869461005472E-4, "")).isEqualTo("1.18869e-04");
        assertThat(Html.value(-2.5e-12, "")).isEqualTo("-2.5e-12");
        assertThat(Html.value(120.0, "")).isEqualTo("120");
        assertThat(Html.value(0.0, "")).isEqualTo("0");
        assertThat(Html.value(2.5f, "")).isEqualTo("2.5");
        assertThat(Html.value(Double.NaN, "")).isEmpty();
        assertThat(Html.value(123456789012L, "")).isEqualTo("123456789012");
    }

    /** A line that crosses the frame between two of its points is drawn too. */
    @Test
    void aLineWithoutAPointInTheFrameCrossesIt() {
        String drawn = new SvgPlot("x", "y", false)
                .named("p")
                .within(new double[] {4, 6}, new double[] {0, 10})
                .add(SvgPlot.Series.line("s", new double[] {0, 10, 20}, new double[] {0, 10, 20}))
                .draw();
        // from 4 spans of the frame before it to 4 after it; the third point is nowhere near
        assertThat(drawn).containsPattern("class=\"l c0\" d=\"M-1538\\.0 [0-9.]+L2502\\.0 [-0-9.]+\"");
    }
}
