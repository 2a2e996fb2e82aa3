package io.spectractor.core.pipeline;

import io.spectractor.core.calibration.OrderOverlap;
import io.spectractor.core.calibration.WavelengthSolution;
import io.spectractor.core.emission.Emission;
import io.spectractor.core.emission.EmissionModel;
import io.spectractor.core.extraction.ColumnSpectrum;
import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.forward.ForwardSolution;
import io.spectractor.core.product.ForwardModelSummary;
import io.spectractor.core.reference.ReferenceChoice;
import java.util.Arrays;
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
 * @param reference what the spectrum was held against
 * @param emission its lines, if it is a spectrum of lines in emission
 * @param way how it was extracted
 */
public record MeasuredOrders(
        ColumnSpectrum columns,
        WavelengthSolution solution,
        double[] rate,
        double[] covariance,
        double[] order2LambdaNm,
        double[] order2Rate,
        double[] order2RateErr,
        @Nullable ForwardSolution fit,
        ReferenceChoice reference,
        @Nullable Emission emission,
        Way way) {
    /** How a spectrum was extracted. */
    public enum Way {
        /** Column by column: it is blurred along the dispersion, and the second order is predicted. */
        COLUMNS,
        /** By the model of the spectrogram. */
        SPECTROGRAM,
        /** As lines over a continuum. */
        LINES
    }

    /** Of the light, root mean square: what a fit may at most differ by from the columns alone. */
    private static final double RUNAWAY = 3;

    /** The second order as predicted from the first. */
    private static MeasuredOrders predicted(
            ColumnSpectrum columns, WavelengthSolution solution, OrderOverlap orderTwo) {
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
        return new MeasuredOrders(
                columns,
                solution,
                rate,
                covariance,
                overlap.lambdaNm(),
                overlap.rate(),
                error,
                null,
                ReferenceChoice.none(),
                null,
                Way.COLUMNS);
    }

    /** As the extraction column by column has them. */
    static MeasuredOrders byColumn(ExtractionStages.Extracted extracted, ExtractionStages.Solved solved) {
        return predicted(extracted.spectrum(), solved.solution(), solved.orderTwo())
                .comparedWith(solved.reference())
                .with(solved.emission());
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
                fit,
                ReferenceChoice.none(),
                null,
                Way.SPECTROGRAM);
    }

    /**
     * Whether a fit ran away: it has several times the light that its columns show one by one, as amplitudes that swing up
     * and down from column to column have, where the point spread function fails bright pixels.
     */
    boolean ranAwayFrom(ColumnSpectrum byColumn) {
        return ranAway(rate, byColumn.rate());
    }

    static boolean ranAway(double[] fitted, double[] shown) {
        double difference = 0;
        double light = 0;
        for (int i = 0; i < fitted.length; i++) {
            difference += Math.pow(fitted[i] - shown[i], 2);
            light += Math.pow(shown[i], 2);
        }
        return difference > RUNAWAY * RUNAWAY * light;
    }

    /** Lines and continuum. */
    static MeasuredOrders ofLines(EmissionModel.Output fit, OrderOverlap orderTwo) {
        ColumnSpectrum columns = fit.columns();
        int n = columns.size();
        WavelengthSolution solution = fit.emission().solution();
        double[] error = new double[n];
        for (int i = 0; i < n; i++) {
            error[i] = fit.second()[i] != 0 ? columns.error(i) : 0;
        }
        return new MeasuredOrders(
                columns,
                solution,
                columns.rate(),
                columns.covariance(),
                orderTwo.secondOrder(columns, solution.geometry()).lambdaNm(),
                fit.second(),
                error,
                null,
                ReferenceChoice.none(),
                fit.emission(),
                Way.LINES);
    }

    /** The same with lines in emission. */
    MeasuredOrders with(@Nullable Emission lines) {
        return new MeasuredOrders(
                columns,
                solution,
                rate,
                covariance,
                order2LambdaNm,
                order2Rate,
                order2RateErr,
                fit,
                reference,
                lines,
                way);
    }

    /** The same with what it was held against. */
    MeasuredOrders comparedWith(ReferenceChoice other) {
        return new MeasuredOrders(
                columns,
                solution,
                rate,
                covariance,
                order2LambdaNm,
                order2Rate,
                order2RateErr,
                fit,
                other,
                emission,
                way);
    }

    /**
     * The same with another error of the wavelengths: all of them move together, and the flux is that at a wavelength.
     *
     * @param distanceMm 1σ of the distance by it, mm
     * @param shiftPx 1σ of the shift by it, px, fully correlated with the distance
     */
    MeasuredOrders movedBy(double distanceMm, double shiftPx) {
        int n = rate.length;
        TraceGeometry geometry = solution.geometry();
        double[] here = solution.lambdaNm(columns.firstColumn(), n);
        double[] there = geometry.with(geometry.distanceMm() + distanceMm, geometry.shiftPx() + shiftPx)
                .wavelengths(columns.firstColumn(), 1, n, 1);
        double[] change = new double[n];
        for (int i = 1; i + 1 < n; i++) {
            double byNm = (rate[i + 1] - rate[i - 1]) / (here[i + 1] - here[i - 1]);
            double value = byNm * (there[i] - here[i]);
            change[i] = Double.isNaN(value) ? 0 : value;
        }
        WavelengthSolution moved = new WavelengthSolution(
                geometry,
                Math.hypot(solution.distanceErrMm(), distanceMm),
                Math.hypot(solution.shiftErrPx(), shiftPx),
                solution.covariance() + distanceMm * shiftPx,
                solution.measured(),
                solution.features());
        double[] both = wider(change).covariance;
        return new MeasuredOrders(
                columns, moved, rate, both, order2LambdaNm, order2Rate, order2RateErr, fit, reference, emission, way);
    }

    /** The same with an error that all columns share: 1σ of it by column, ADU/s. */
    MeasuredOrders wider(double[] change) {
        int n = rate.length;
        double[] wider = covariance.clone();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                wider[i * n + j] += change[i] * change[j];
            }
        }
        return covered(wider);
    }

    /** The same with a covariance that is larger by a factor. */
    MeasuredOrders scaled(double factor) {
        return covered(Arrays.stream(covariance).map(c -> factor * c).toArray());
    }

    private MeasuredOrders covered(double[] other) {
        return new MeasuredOrders(
                columns,
                solution,
                rate,
                other,
                order2LambdaNm,
                order2Rate,
                order2RateErr,
                fit,
                reference,
                emission,
                way);
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
