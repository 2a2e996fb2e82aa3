package io.spectractor.core.forward;

import io.spectractor.core.calibration.OrderOverlap;
import io.spectractor.core.calibration.ReferenceSpectrum;
import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.forward.stamps.LightMap;
import java.util.Arrays;

/** Where the orders of a setup fall for given parameters, and what light of the first makes the others. Immutable. */
public final class OrderMaps {
    private static final double DISTANCE_STEP_MM = 2e-3;
    private static final double SHIFT_STEP_PX = 2e-2;

    private final ForwardSetup setup;
    /** Columns before the first whose light is known too. */
    private final int beyond;

    /** @param spectrumKnown whether the light before the first column is known, so that {@code detail} covers it */
    public OrderMaps(ForwardSetup setup, boolean spectrumKnown) {
        this.setup = setup;
        this.beyond = spectrumKnown ? setup.half : 0;
    }

    public TraceGeometry geometry(double[] p) {
        return setup.geometry.with(p[setup.layout.distance], p[setup.layout.distance + 1]);
    }

    /** Rows of an order's trace without its correction, px, in all columns from half a stamp before the first on. */
    public double[] rows(double[] p, int order) {
        return geometry(p).rows(setup.window.firstColumn - setup.half, setup.window.columns + 2 * setup.half, order);
    }

    /** What geometry and ratio predict of an order, half a stamp beyond both ends included. */
    public OrderOverlap.Overlap predict(OrderOverlap order, double[] p) {
        return order.predict(geometry(p), setup.window.firstColumn, setup.window.columns, setup.half, beyond);
    }

    /** Factors of a light without detail. */
    double[] withoutDetail() {
        double[] ones = new double[setup.window.columns + 2 * setup.half];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** Factors of an order's light per column that the reference gives, see {@link ReferenceSpectrum#detail}. */
    double[] detail(OrderOverlap order, double[] p) {
        ReferenceSpectrum reference = setup.input.reference();
        return reference == null
                ? withoutDetail()
                : reference.detail(
                        geometry(p),
                        setup.window.firstColumn,
                        setup.window.columns,
                        predict(order, p),
                        order.order(),
                        p[setup.layout.water()]);
    }

    /** Second order at the setup's start, without detail. */
    public LightMap startLight() {
        return light(setup.start, withoutDetail());
    }

    /** Second order with the fitted factor, and factors per column, see {@link OrderOverlap#detail}. */
    public LightMap light(double[] p, double[] detail) {
        return LightMap.ofHigher(
                predict(setup.input.overlap(), p).times(detail),
                setup.window.columns,
                setup.half,
                p[setup.layout.order2]);
    }

    /** An order at its predicted strength. */
    public LightMap light(OrderOverlap order, double[] p, double[] detail) {
        return LightMap.ofHigher(predict(order, p).times(detail), setup.window.columns, setup.half, 1);
    }

    /** How the second order's light per column changes with distance (per mm) and shift (per px). */
    public double[][] lightSlopes(double[] p, double[] detail, double[] amplitudes) {
        double[] steps = {DISTANCE_STEP_MM, SHIFT_STEP_PX};
        double[][] out = new double[2][];
        for (int q = 0; q < 2; q++) {
            double[] moved = p.clone();
            moved[setup.layout.distance + q] += steps[q];
            double[] up = light(moved, detail).apply(amplitudes);
            moved[setup.layout.distance + q] -= 2 * steps[q];
            double[] down = light(moved, detail).apply(amplitudes);
            for (int j = 0; j < up.length; j++) {
                up[j] = (up[j] - down[j]) / (2 * steps[q]);
            }
            out[q] = up;
        }
        return out;
    }
}
