package io.spectractor.core.pipeline;

import io.spectractor.core.emission.Emission;
import io.spectractor.core.emission.MeasuredLine;
import io.spectractor.core.product.LineMeasurement;
import io.spectractor.core.product.SpectrumTable;
import java.util.List;

/** The lines of an object that shines in lines, in the units of its spectrum. */
final class EmissionTable {
    private static final double FWHM_PER_SIGMA = 2.3548;

    private final MeasuredOrders orders;
    private final SpectrumTable spectrum;

    EmissionTable(MeasuredOrders orders, SpectrumTable spectrum) {
        this.orders = orders;
        this.spectrum = spectrum;
    }

    List<LineMeasurement> rows(Emission emission) {
        return emission.linesAndPartners().stream().map(this::row).toList();
    }

    private LineMeasurement row(MeasuredLine line) {
        double[] lambda = spectrum.lambdaNm();
        int n = lambda.length;
        int i = 1;
        while (i < n - 2 && lambda[i] < line.lambdaNm()) {
            i++;
        }
        double nmPerPx = Math.abs(lambda[i + 1] - lambda[i - 1]) / 2;
        double perRate = nmPerPx * Math.abs(spectrum.flux()[i] / spectrum.rate()[i]);
        double flux = line.rate() * perRate;
        double error = line.rateErr() * perRate;
        double fwhm = orders.columns().fwhm()[i] * nmPerPx;
        double amplitude = flux * FWHM_PER_SIGMA / (fwhm * Math.sqrt(2 * Math.PI));
        double level = below(i);
        return new LineMeasurement(
                line.label(),
                line.lambdaNm(),
                line.lambdaNm() + line.shiftPx() * nmPerPx,
                line.shiftErrPx() * nmPerPx,
                fwhm,
                amplitude,
                line.rate() / line.rateErr(),
                orders.columns().reducedChi2(),
                level > 0 ? -flux / level : Double.NaN,
                line.line() != null,
                flux,
                error);
    }

    /** Flux density beside a line, the lower of both sides. */
    private double below(int column) {
        int away = (int) Math.ceil(2 * orders.columns().fwhm()[column]);
        double[] flux = spectrum.flux();
        double left = flux[Math.max(column - away, 0)];
        double right = flux[Math.min(column + away, flux.length - 1)];
        return Math.min(left, right);
    }
}
