package io.spectractor.core.pipeline;

import io.spectractor.core.calibration.ReferenceSpectrum;
import io.spectractor.core.extraction.ColumnSpectrum;
import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.product.ForwardModelSummary;
import io.spectractor.core.product.TopOfAtmosphereSpectrum;
import java.util.Locale;

/**
 * The spectrum at the top of the atmosphere: what the light lost on its way to the detector, column by column.
 *
 * <p>The transmission of a column is that of the star's photons in it: the reference with atmosphere and instrument over the
 * star alone, both integrated and blurred as the spectrum is. A mean of the transmission without the star's weight, or
 * without the blur, would leave marks beside bands and lines.
 */
final class TopOfAtmosphereCorrection {
    /** Transmission below which a column tells nothing of the star. */
    private static final double DARK = 1e-4;

    private static final double MIN_WATER_ERR_MM = 0.05;

    private final ExposureOptics optics;
    private final MeasuredOrders orders;

    TopOfAtmosphereCorrection(ExposureOptics optics, MeasuredOrders orders) {
        this.optics = optics;
        this.orders = orders;
    }

    /**
     * The star above the atmosphere.
     *
     * @param lambda wavelengths, nm
     * @param flux at the detector, erg/s/cm²/nm
     * @param fluxErr its 1σ
     */
    TopOfAtmosphereSpectrum apply(double[] lambda, double[] flux, double[] fluxErr) {
        int n = lambda.length;
        ForwardModelSummary model = orders.numbers();
        double water = TypicalAtmosphere.waterMm(model);
        double waterErr = TypicalAtmosphere.waterErrMm(model);
        double error = Math.max(waterErr, MIN_WATER_ERR_MM);
        // water at the end of what the model covers, or not known at all
        double step = optics.coversWater(water + error) ? error : -Math.min(error, water);
        double[] star = light(optics.star(), 0);
        ReferenceSpectrum reference = optics.reference();
        double[] arrived = light(reference, water);
        double[] other = light(reference, water + step);
        double[] smooth = optics.relativeTransmissionError(lambda);
        double[] transmission = new double[n];
        double[] transmissionErr = new double[n];
        double[] above = new double[n];
        double[] aboveErr = new double[n];
        for (int i = 0; i < n; i++) {
            double t = star[i] > 0 ? arrived[i] / star[i] : Double.NaN;
            double byWater = arrived[i] > 0 ? (other[i] / arrived[i] - 1) * waterErr / step : 0;
            double relative = Math.hypot(smooth[i], byWater);
            boolean dark = !(t > DARK) || !Double.isFinite(relative);
            transmission[i] = t;
            transmissionErr[i] = t * relative;
            above[i] = dark ? Double.NaN : flux[i] / t;
            aboveErr[i] = dark ? Double.NaN : Math.hypot(fluxErr[i] / t, above[i] * relative);
        }
        String reason = String.format(
                Locale.ROOT,
                "%s, water %.2f +- %.2f mm (%s)",
                optics.nominalLight(),
                water,
                waterErr,
                Double.isFinite(model.waterMm()) ? "fitted" : "usual");
        return new TopOfAtmosphereSpectrum(above, aboveErr, transmission, transmissionErr, reason);
    }

    private double[] light(ReferenceSpectrum spectrum, double waterMm) {
        ColumnSpectrum columns = orders.columns();
        TraceGeometry geometry = orders.solution().geometry();
        return orders.way() != MeasuredOrders.Way.COLUMNS
                ? spectrum.light(geometry, columns.firstColumn(), columns.size(), waterMm)
                : spectrum.columns(geometry, columns.firstColumn(), columns.size(), columns.meanFwhmPx(), waterMm);
    }
}
