package io.spectractor.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.calibration.ReferenceSpectrum;
import io.spectractor.core.calibration.WavelengthSolution;
import io.spectractor.core.extraction.ColumnSpectrum;
import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.optics.AirConditions;
import io.spectractor.core.optics.AtmosphericRefraction;
import io.spectractor.core.optics.CameraOrientation;
import io.spectractor.core.optics.DispersionRelation;
import io.spectractor.core.optics.TabulatedCurve;
import io.spectractor.core.reference.ReferenceChoice;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandInErrorsTest {
    private static final int FIRST = 900;
    private static final int COLUMNS = 260;
    private static final double FWHM = 5;
    /** Error of a column by noise alone, of its light. */
    private static final double NOISE = 1e-3;

    private static final TraceGeometry GEOMETRY = new TraceGeometry(
            new PixelPosition(700, 300),
            19.8,
            new DispersionRelation(200, 0, 55.45, 0.024),
            new AtmosphericRefraction(
                    new AirConditions(8.6, 784, 25), 1, 120, 573, new CameraOrientation(0.401, 180, -1, 1)));

    /** A star with a line every 40 nm. */
    private static ReferenceSpectrum star() {
        double[] lambda = new double[8001];
        double[] flux = new double[lambda.length];
        for (int i = 0; i < lambda.length; i++) {
            lambda[i] = 300 + 0.1 * i;
            double fromLine = Math.IEEEremainder(lambda[i] - 300, 40);
            flux[i] = 1e-12 * Math.pow(lambda[i] / 550, -3) * (1 - 0.5 * Math.exp(-0.5 * fromLine * fromLine));
        }
        return ReferenceSpectrum.of(
                new TabulatedCurve(lambda, flux, TabulatedCurve.Outside.ZERO), List.of(), nm -> 0.5);
    }

    private static double[] filled(double value) {
        double[] out = new double[COLUMNS];
        Arrays.fill(out, value);
        return out;
    }

    private static double[] times(double[] v, double factor) {
        return Arrays.stream(v).map(x -> factor * x).toArray();
    }

    private static MeasuredOrders orders(double[] rate, double[] strip, double[] second, double chi2) {
        double[] covariance = new double[COLUMNS * COLUMNS];
        for (int i = 0; i < COLUMNS; i++) {
            covariance[i * COLUMNS + i] = NOISE * NOISE * rate[i] * rate[i];
        }
        ColumnSpectrum columns = new ColumnSpectrum(
                FIRST,
                rate,
                covariance,
                new int[COLUMNS],
                strip,
                filled(340),
                List.of("gamma", "alpha"),
                List.of(filled(4), filled(3)),
                filled(FWHM),
                new int[COLUMNS],
                0,
                new double[0],
                new double[0],
                new byte[0],
                chi2,
                0);
        return new MeasuredOrders(
                columns,
                new WavelengthSolution(GEOMETRY, 0.01, 0.01, 0, true, List.of()),
                rate,
                covariance,
                filled(Double.NaN),
                second,
                filled(0),
                null,
                ReferenceChoice.none(),
                null,
                MeasuredOrders.Way.COLUMNS);
    }

    private static double error(MeasuredOrders orders, int column) {
        return Math.sqrt(orders.covariance()[column * COLUMNS + column]);
    }

    /** A profile that misses a tenth of the light, and lines that are blurred: hundreds of errors by noise, about one now. */
    @Test
    void errorsAreThoseOfMissedLightAndBlur() {
        ReferenceSpectrum star = star();
        double[] truth = star.light(GEOMETRY, FIRST, COLUMNS, 0);
        double[] seen = star.columns(GEOMETRY, FIRST, COLUMNS, FWHM);
        double perColumn = Arrays.stream(truth).sum() / Arrays.stream(seen).sum();
        double[] strip = times(seen, perColumn);
        MeasuredOrders before = orders(times(strip, 0.9), strip, filled(0), 1);
        MeasuredOrders after = StandInErrors.added(before, star, false);

        double with = 0;
        double without = 0;
        for (int i = 0; i < COLUMNS; i++) {
            double off = truth[i] - before.rate()[i];
            with += Math.pow(off / error(after, i), 2) / COLUMNS;
            without += Math.pow(off / error(before, i), 2) / COLUMNS;
        }
        assertThat(Math.sqrt(without)).isGreaterThan(100);
        assertThat(Math.sqrt(with)).isBetween(0.7, 1.3);
        assertThat(after.rate()).isEqualTo(before.rate());
    }

    /** Nothing missed and no lines: the second order is known to a tenth, or not at all where its ratio was assumed. */
    @Test
    void theSecondOrderIsKnownNoBetterThanItsRatio() {
        double[] even = filled(100);
        double[] second = filled(20);
        ReferenceSpectrum flat = ReferenceSpectrum.of(TabulatedCurve.constant(1), List.of(), nm -> 1 / (nm * nm));
        double noise = NOISE * 100;

        MeasuredOrders known = StandInErrors.added(orders(even, even, second, 4), flat, false);
        MeasuredOrders assumed = StandInErrors.added(orders(even, even, second, 4), flat, true);

        assertThat(error(known, 150)).isCloseTo(Math.hypot(2 * noise, 2), within(0.02));
        assertThat(error(assumed, 150)).isCloseTo(Math.hypot(2 * noise, 20), within(0.02));
    }
}
