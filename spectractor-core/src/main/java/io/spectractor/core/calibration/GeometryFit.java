package io.spectractor.core.calibration;

import io.spectractor.core.extraction.TraceGeometry;
import java.util.List;

/**
 * Distance and shift from the shifts of features: two parameters, robust weights (a mis-identified or blended line
 * counts in proportion to its shift, not to its square), a prior on the shift and, when features are few, on the
 * distance.
 */
final class GeometryFit {
    private static final int ITERATIONS = 20;
    private static final double STEP_MM = 1e-3;
    private static final double STEP_PX = 1e-2;

    private final TraceGeometry geometry;
    private final DistanceSearch.Result coarse;
    private final double shiftPriorPx;
    private final double varianceD;
    private final double varianceS;
    private final double covariance;

    GeometryFit(TraceGeometry start, DistanceSearch.Result coarse, double shiftPriorPx) {
        this(start, coarse, shiftPriorPx, coarse.errorMm() * coarse.errorMm(), shiftPriorPx * shiftPriorPx, 0);
    }

    private GeometryFit(
            TraceGeometry geometry,
            DistanceSearch.Result coarse,
            double shiftPriorPx,
            double varianceD,
            double varianceS,
            double covariance) {
        this.geometry = geometry;
        this.coarse = coarse;
        this.shiftPriorPx = shiftPriorPx;
        this.varianceD = varianceD;
        this.varianceS = varianceS;
        this.covariance = covariance;
    }

    TraceGeometry geometry() {
        return geometry;
    }

    WavelengthSolution solution(List<FeatureShift> features) {
        return new WavelengthSolution(
                geometry, Math.sqrt(varianceD), Math.sqrt(varianceS), covariance, !features.isEmpty(), features);
    }

    /** The best geometry for shifts measured relative to this one. */
    GeometryFit refine(List<FeatureShift> shifts, boolean distancePrior) {
        double d0 = geometry.distanceMm();
        double s0 = geometry.shiftPx();
        int n = shifts.size();
        double[] slopeD = new double[n];
        double[] slopeS = new double[n];
        for (int i = 0; i < n; i++) {
            double lambda = shifts.get(i).feature().lambdaNm();
            double column = geometry.columnOf(lambda, 1);
            slopeD[i] = (geometry.with(d0 + STEP_MM, s0).columnOf(lambda, 1) - column) / STEP_MM;
            slopeS[i] = (geometry.with(d0, s0 + STEP_PX).columnOf(lambda, 1) - column) / STEP_PX;
        }
        double dd = 0;
        double ds = 0;
        double[] inverse = new double[3];
        double chi2 = 0;
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            double add = distancePrior ? 1 / (coarse.errorMm() * coarse.errorMm()) : 0;
            double ads = 0;
            double ass = 1 / (shiftPriorPx * shiftPriorPx);
            double bd = add * (coarse.distanceMm() - d0);
            double bs = -ass * s0;
            chi2 = 0;
            for (int i = 0; i < n; i++) {
                double sigma = shifts.get(i).errorPx();
                double r = (slopeD[i] * dd + slopeS[i] * ds - shifts.get(i).shiftPx()) / sigma;
                double w = 1 / (sigma * sigma * Math.sqrt(1 + r * r));
                chi2 += r * r / Math.sqrt(1 + r * r);
                add += w * slopeD[i] * slopeD[i];
                ads += w * slopeD[i] * slopeS[i];
                ass += w * slopeS[i] * slopeS[i];
                bd += w * slopeD[i] * shifts.get(i).shiftPx();
                bs += w * slopeS[i] * shifts.get(i).shiftPx();
            }
            double determinant = add * ass - ads * ads;
            if (!(determinant > 0)) {
                return this;
            }
            inverse[0] = ass / determinant;
            inverse[1] = add / determinant;
            inverse[2] = -ads / determinant;
            dd = inverse[0] * bd + inverse[2] * bs;
            ds = inverse[2] * bd + inverse[1] * bs;
        }
        double scale = n > 2 ? Math.max(1, chi2 / (n - 1)) : 1;
        return new GeometryFit(
                geometry.with(d0 + dd, s0 + ds),
                coarse,
                shiftPriorPx,
                inverse[0] * scale,
                inverse[1] * scale,
                inverse[2] * scale);
    }
}
