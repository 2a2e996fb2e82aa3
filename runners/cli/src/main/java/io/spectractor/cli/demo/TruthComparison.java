package io.spectractor.cli.demo;

import io.spectractor.core.optics.TabulatedCurve;
import io.spectractor.core.product.ProductSummary;
import io.spectractor.core.product.SpectrumComparison;
import io.spectractor.core.product.SpectrumProduct;
import io.spectractor.core.simulation.SimulationTruth;

/**
 * An extracted spectrum beside the truth of its frame, between 370 and 1000 nm.
 *
 * @param order0X fitted minus true column of order 0, px
 * @param order0Y fitted minus true row, px
 * @param angleDeg fitted minus true angle, degrees
 * @param distanceMm fitted minus true distance, mm
 * @param spectrum figures of the spectrum
 */
public record TruthComparison(
        double order0X, double order0Y, double angleDeg, double distanceMm, SpectrumComparison spectrum) {
    private static final double MIN_NM = 370;
    private static final double MAX_NM = 1000;

    /** Difference from the truth over error, column by column. */
    public static double[] pulls(SpectrumProduct product, SimulationTruth truth) {
        return SpectrumComparison.pulls(product.spectrum(), curve(truth), MIN_NM, MAX_NM);
    }

    /** Pixel centres lie at integers: unbinned pixels 0 and 1 make binned pixel 0. */
    private static double unbinned(double place, int rebin) {
        return rebin * (place + 0.5) - 0.5;
    }

    private static TabulatedCurve curve(SimulationTruth truth) {
        return new TabulatedCurve(truth.lambdaNm(), truth.flux(), TabulatedCurve.Outside.HOLD);
    }

    /** Compares. */
    public static TruthComparison of(SpectrumProduct product, SimulationTruth truth) {
        ProductSummary summary = product.summary();
        return new TruthComparison(
                unbinned(summary.targetX(), summary.rebin()) - truth.order0().x(),
                unbinned(summary.targetY(), summary.rebin()) - truth.order0().y(),
                summary.rotationAngleDeg() - truth.axisAngleDeg(),
                summary.distanceMm() - truth.distanceMm(),
                SpectrumComparison.of(product.spectrum(), curve(truth), MIN_NM, MAX_NM));
    }
}
