package io.spectractor.core.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.extraction.ColumnSpectrum;
import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.optics.TabulatedCurve;
import org.junit.jupiter.api.Test;

class OrderOverlapTest {
    private static final TabulatedCurve RATIO =
            new TabulatedCurve(new double[] {350, 550}, new double[] {0.5, 0.2}, TabulatedCurve.Outside.HOLD);
    private static final TraceGeometry GEOMETRY = SyntheticColumns.geometry(55.45, 0);

    /** A smooth first order per nm. */
    private static double perNm(double lambda) {
        return 30 * Math.exp(-0.5 * Math.pow((lambda - 560) / 160, 2));
    }

    private static double[] firstOrder() {
        double[] edges = GEOMETRY.wavelengths(SyntheticColumns.FIRST_COLUMN - 0.5, 1, SyntheticColumns.COLUMNS + 1, 1);
        double[] rate = new double[SyntheticColumns.COLUMNS];
        for (int i = 0; i < rate.length; i++) {
            rate[i] = perNm(0.5 * (edges[i] + edges[i + 1])) * (edges[i + 1] - edges[i]);
        }
        return rate;
    }

    private static ColumnSpectrum both() {
        double[] rate = firstOrder();
        double[] edges = GEOMETRY.wavelengths(SyntheticColumns.FIRST_COLUMN - 0.5, 1, SyntheticColumns.COLUMNS + 1, 2);
        double bluest = GEOMETRY.wavelengths(SyntheticColumns.FIRST_COLUMN, 1, 1, 1)[0];
        for (int i = 0; i < rate.length; i++) {
            double lambda = 0.5 * (edges[i] + edges[i + 1]);
            if (lambda >= bluest) {
                rate[i] += RATIO.at(lambda) * perNm(lambda) * (edges[i + 1] - edges[i]);
            }
        }
        double[] covariance = new double[rate.length * rate.length];
        for (int i = 0; i < rate.length; i++) {
            covariance[i * rate.length + i] = 1 + 0.01 * i;
        }
        return SyntheticColumns.columns(rate, covariance);
    }

    @Test
    void theFirstOrderIsRecovered() {
        double[] first = new OrderOverlap(2, RATIO::at).firstOrder(both(), GEOMETRY);
        double[] truth = firstOrder();
        for (int i = 0; i < truth.length - 1; i++) {
            assertThat(first[i]).as("column %d", i).isCloseTo(truth[i], within(3e-3 * truth[i] + 1e-6));
        }
    }

    @Test
    void theSecondOrderStartsAtTwiceTheBluestWavelength() {
        OrderOverlap.Overlap overlap = new OrderOverlap(2, RATIO::at).secondOrder(both(), GEOMETRY);
        double[] lambda1 = GEOMETRY.wavelengths(SyntheticColumns.FIRST_COLUMN, 1, SyntheticColumns.COLUMNS, 1);
        for (int i = 0; i < lambda1.length; i++) {
            assertThat(overlap.rate()[i] > 0).as("%.1f nm", lambda1[i]).isEqualTo(!Double.isNaN(overlap.source()[i]));
            if (lambda1[i] < 2 * lambda1[0] - 3) {
                assertThat(overlap.rate()[i]).isZero();
            }
        }
        assertThat(overlap.rate()[lambda1.length - 100]).isPositive();
    }

    @Test
    void theCovarianceIsThatOfTheSameLinearMap() {
        ColumnSpectrum spectrum = both();
        OrderOverlap orderTwo = new OrderOverlap(2, RATIO::at);
        OrderOverlap.Overlap overlap = orderTwo.secondOrder(spectrum, GEOMETRY);
        double[] c = orderTwo.firstOrderCovariance(spectrum, overlap);
        int n = spectrum.size();
        int i = n - 60;
        int j = (int) overlap.source()[i];
        double t = overlap.source()[i] - j;
        double g = overlap.gain()[i];
        double expected = spectrum.covariance()[i * n + i]
                + g * g * ((1 - t) * (1 - t) * (1 + 0.01 * j) + t * t * (1 + 0.01 * (j + 1)));
        assertThat(c[i * n + i]).isCloseTo(expected, within(1e-9));
        assertThat(c[i * n + j]).isCloseTo(-g * (1 - t) * (1 + 0.01 * j), within(1e-9));
        assertThat(c[i * n + j]).isEqualTo(c[j * n + i]);
        assertThat(c[0]).isEqualTo(spectrum.covariance()[0]);
    }

    @Test
    void noneChangesNothing() {
        ColumnSpectrum spectrum = both();
        assertThat(OrderOverlap.none().firstOrder(spectrum, GEOMETRY)).containsExactly(spectrum.rate());
    }

    /** A line that is narrower than a column of the first order: order 2 made with detail has it as it is. */
    private static double withLine(double lambda) {
        return perNm(lambda) * (1 - 0.8 * Math.exp(-0.5 * Math.pow((lambda - 400) / 0.5, 2)));
    }

    private static double[] integrated(int pad, int order) {
        int n = SyntheticColumns.COLUMNS + 2 * pad;
        int fine = 16;
        double[] lambda = GEOMETRY.wavelengths(
                SyntheticColumns.FIRST_COLUMN - pad - 0.5 - 0.5 / fine, 1.0 / fine, n * fine + 2, order);
        double[] light = new double[n];
        for (int i = 1; i <= n * fine; i++) {
            double width = 0.5 * (lambda[i + 1] - lambda[i - 1]);
            light[(i - 1) / fine] += Double.isNaN(width) ? 0 : withLine(lambda[i]) * width;
        }
        return light;
    }

    @Test
    void detailMakesASharpLineInTheSecondOrder() {
        int pad = 5;
        double[] first = integrated(0, 1);
        double[] second = integrated(pad, 2);
        OrderOverlap.Overlap plain = new OrderOverlap(2, lambda -> 1)
                .predict(GEOMETRY, SyntheticColumns.FIRST_COLUMN, SyntheticColumns.COLUMNS, pad, pad);
        OrderOverlap.Overlap sharp = plain.times(OrderOverlap.detail(plain, first, second));

        double worstPlain = 0;
        int before = 0;
        for (int j = 0; j < second.length; j++) {
            double position = sharp.source()[j];
            if (Double.isNaN(position)) {
                continue;
            }
            int i = Math.min((int) position, first.length - 2);
            double made = (1 - position + i) * first[i] + (position - i) * first[i + 1];
            assertThat(sharp.gain()[j] * made).as("column %d", j).isCloseTo(second[j], within(1e-9 * second[j]));
            worstPlain = Math.max(worstPlain, Math.abs(plain.gain()[j] * made / second[j] - 1));
            before += position == 0 ? 1 : 0;
        }
        assertThat(worstPlain).isGreaterThan(0.1);
        assertThat(before).as("columns with light from before the first").isBetween(pad, 4 * pad);
    }
}
