package io.spectractor.core.pipeline;

import io.spectractor.core.config.DispersionConfig;
import io.spectractor.core.extraction.ColumnSpectrum;
import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.outcome.ExtractionException;
import io.spectractor.core.outcome.FailureKind;
import java.util.Locale;

/**
 * Whether order 0, trace, angle and distance belong together. Each of them is measured on its own: where order 0 is
 * another star, the trace doesn't come from it, or the lines ask for a distance that the instrument does not have.
 *
 * @param missPx by how much the straight line through the trace, refraction taken out, passes above order 0, px
 * @param missErrPx what that line is good for at order 0, px
 * @param angleOffDeg measured angle less that of the disperser's map, degrees
 * @param distanceSigma distance from disperser to CCD less the nominal one, in its uncertainties
 * @param shiftSigma shift of the origin along the axis, in its uncertainties
 */
record GeometryCheck(double missPx, double missErrPx, double angleOffDeg, double distanceSigma, double shiftSigma) {
    private static final double MIN_SNR = 3;
    private static final int MIN_COLUMNS = 40;

    /** Columns over which the smooth trace is one measurement. */
    private static final double CORRELATION_PX = 40;

    private static final double MOST_SIGMA = 5;
    private static final double MOST_MISS_PX = 4;
    private static final double MOST_ANGLE_OFF_DEG = 2;

    /**
     * Compares them.
     *
     * @param spectrum with its trace
     * @param geometry with the distance found
     * @param mapAngleDeg angle of the disperser's map at order 0, degrees
     * @param dispersion nominal distance and uncertainties
     * @param orderTwoOnsetNm wavelength from which the second order pulls at the trace, nm
     */
    static GeometryCheck of(
            ColumnSpectrum spectrum,
            TraceGeometry geometry,
            double mapAngleDeg,
            DispersionConfig dispersion,
            double orderTwoOnsetNm) {
        int n = spectrum.size();
        double[] lambda = geometry.wavelengths(spectrum.firstColumn(), 1, n, 1);
        double[] predicted = geometry.rows(spectrum.firstColumn(), n, 1);
        double w = 0;
        double wx = 0;
        double wy = 0;
        double wxx = 0;
        double wxy = 0;
        int used = 0;
        for (int i = 0; i < n; i++) {
            double snr = spectrum.rate()[i] / spectrum.error(i);
            if (spectrum.flags()[i] != 0 || !(lambda[i] < orderTwoOnsetNm) || !(snr > MIN_SNR)) {
                continue;
            }
            double weight = Math.min(snr * snr, 1e4);
            double x = spectrum.firstColumn() + i - geometry.order0().x();
            double y = spectrum.traceY()[i] - predicted[i];
            w += weight;
            wx += weight * x;
            wy += weight * y;
            wxx += weight * x * x;
            wxy += weight * x * y;
            used++;
        }
        double miss = 0;
        double error = Double.POSITIVE_INFINITY;
        double determinant = w * wxx - wx * wx;
        if (used >= MIN_COLUMNS && determinant > 0) {
            miss = (wxx * wy - wx * wxy) / determinant;
            double scatter = Math.max(spectrum.traceErrPx(), 0.05);
            error = scatter * Math.sqrt(w * wxx / determinant / Math.max(1, used / CORRELATION_PX));
        }
        return new GeometryCheck(
                miss,
                error,
                geometry.angleDeg() - mapAngleDeg,
                (geometry.distanceMm() - dispersion.distanceMm()) / dispersion.distanceErrorMm(),
                geometry.shiftPx() / dispersion.shiftPriorPx());
    }

    /** Whether the trace does not come from order 0. */
    boolean traceMisses() {
        return Math.abs(missPx) > Math.max(MOST_MISS_PX, MOST_SIGMA * missErrPx);
    }

    /** Whether all of it can be true at once. */
    boolean holds() {
        return !traceMisses()
                && Math.abs(angleOffDeg) <= MOST_ANGLE_OFF_DEG
                && Math.abs(distanceSigma) <= MOST_SIGMA
                && Math.abs(shiftSigma) <= MOST_SIGMA;
    }

    /**
     * Requires every column of a spectrum to have a wavelength of its own.
     *
     * @param airmass NaN if it is unknown
     * @throws ExtractionException of kind UNPROCESSABLE if one has none
     */
    static void requireWavelengths(TraceGeometry geometry, ColumnSpectrum spectrum, double airmass) {
        for (double lambda : geometry.wavelengths(spectrum.firstColumn(), 1, spectrum.size(), 1)) {
            if (Double.isNaN(lambda)) {
                throw new ExtractionException(
                        FailureKind.UNPROCESSABLE,
                        Double.isNaN(airmass)
                                ? String.format(
                                        Locale.ROOT,
                                        "at %.4g mm from the disperser several wavelengths would fall on one column;"
                                                + " check the disperser and dispersion.distance_mm",
                                        geometry.distanceMm())
                                : String.format(
                                        Locale.ROOT,
                                        "refraction at AIRMASS = %.2f would put several wavelengths on one column; check"
                                                + " AIRMASS, HA and DEC",
                                        airmass));
            }
        }
    }
}
