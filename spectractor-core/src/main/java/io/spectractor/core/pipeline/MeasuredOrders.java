package io.spectractor.core.pipeline;

import io.spectractor.core.calibration.OrderOverlap;
import io.spectractor.core.calibration.WavelengthSolution;
import io.spectractor.core.extraction.ColumnSpectrum;
import io.spectractor.core.forward.ForwardSolution;
import io.spectractor.core.product.ForwardModelSummary;
import org.jspecify.annotations.Nullable;

/**
 * The orders apart from each other.
 *
 * @param columns trace, shape, model and flags
 * @param solution wavelengths
 * @param rate first order, ADU/s per column
 * @param covariance its covariance, {@code n × n}
 * @param order2LambdaNm second-order wavelength per column, NaN where there is none
 * @param order2Rate second order, ADU/s per column
 * @param order2RateErr its 1σ, 0 where there is none
 * @param fit numbers of the model's fit; null if there was none
 */
public record MeasuredOrders(
        ColumnSpectrum columns,
        WavelengthSolution solution,
        double[] rate,
        double[] covariance,
        double[] order2LambdaNm,
        double[] order2Rate,
        double[] order2RateErr,
        @Nullable ForwardSolution fit) {

    /** The second order as predicted from the first. */
    static MeasuredOrders predicted(ColumnSpectrum columns, WavelengthSolution solution, OrderOverlap orderTwo) {
        int n = columns.size();
        OrderOverlap.Overlap overlap = orderTwo.secondOrder(columns, solution.geometry());
        double[] covariance = orderTwo.firstOrderCovariance(columns, overlap);
        double[] rate = new double[n];
        double[] error = new double[n];
        for (int i = 0; i < n; i++) {
            rate[i] = columns.rate()[i] - overlap.rate()[i];
            double source = overlap.source()[i];
            if (!Double.isNaN(source) && overlap.gain()[i] > 0) {
                int j = (int) Math.round(source);
                error[i] = overlap.gain()[i] * Math.sqrt(covariance[j * n + j]);
            }
        }
        return new MeasuredOrders(columns, solution, rate, covariance, overlap.lambdaNm(), overlap.rate(), error, null);
    }

    /** As the model of the spectrogram has them. */
    static MeasuredOrders fitted(ForwardSolution fit) {
        return new MeasuredOrders(
                fit.spectrum(),
                fit.wavelengths(),
                fit.spectrum().rate(),
                fit.spectrum().covariance(),
                fit.order2LambdaNm(),
                fit.order2Rate(),
                fit.order2RateErr(),
                fit);
    }

    /** Numbers of the fit for the product. */
    ForwardModelSummary numbers() {
        return fit == null
                ? ForwardModelSummary.none()
                : new ForwardModelSummary(
                        fit.order2Scale(),
                        fit.order2ScaleErr(),
                        fit.order3Scale(),
                        fit.order3ScaleErr(),
                        fit.waterMm(),
                        fit.waterErrMm(),
                        fit.regularisation(),
                        fit.freedom());
    }
}
