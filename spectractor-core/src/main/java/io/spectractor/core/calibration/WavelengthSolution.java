package io.spectractor.core.calibration;

import io.spectractor.core.extraction.TraceGeometry;
import java.util.List;

/**
 * The wavelength solution: distance from disperser to CCD and shift of the dispersion's origin.
 *
 * @param geometry the geometry with both
 * @param distanceErrMm 1σ of the distance, mm
 * @param shiftErrPx 1σ of the shift, px
 * @param covariance of distance and shift, mm px
 * @param measured whether the spectrum determined it; otherwise it is the nominal geometry
 * @param features the lines that determined it, blends as one
 */
public record WavelengthSolution(
        TraceGeometry geometry,
        double distanceErrMm,
        double shiftErrPx,
        double covariance,
        boolean measured,
        List<FeatureShift> features) {
    public WavelengthSolution {
        features = List.copyOf(features);
    }

    /** Wavelength that falls on a column in order 1, nm. */
    public double lambdaNm(double column) {
        return geometry.wavelengths(column, 1, 1, 1)[0];
    }

    /** Wavelengths of consecutive columns in order 1, nm. */
    public double[] lambdaNm(int firstColumn, int n) {
        return geometry.wavelengths(firstColumn, 1, n, 1);
    }

    /** 1σ of those wavelengths, propagated from distance and shift, nm. */
    public double[] lambdaErrNm(int firstColumn, int n) {
        double stepMm = 1e-3;
        double stepPx = 1e-2;
        double[] base = lambdaNm(firstColumn, n);
        double[] byDistance = geometry.with(geometry.distanceMm() + stepMm, geometry.shiftPx())
                .wavelengths(firstColumn, 1, n, 1);
        double[] byShift = geometry.with(geometry.distanceMm(), geometry.shiftPx() + stepPx)
                .wavelengths(firstColumn, 1, n, 1);
        double[] error = new double[n];
        for (int i = 0; i < n; i++) {
            double d = (byDistance[i] - base[i]) / stepMm;
            double s = (byShift[i] - base[i]) / stepPx;
            double variance =
                    d * d * distanceErrMm * distanceErrMm + s * s * shiftErrPx * shiftErrPx + 2 * d * s * covariance;
            error[i] = Math.sqrt(Math.max(variance, 0));
        }
        return error;
    }
}
