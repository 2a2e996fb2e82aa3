package io.spectractor.core.spectrogram;

import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.fit.FitException;

/**
 * Corrections to a wavelength scale in nm (shift at 700 nm, stretch between 700 and 1000 nm, both true minus given) as a
 * linear map to distance and shift of a geometry. Immutable.
 */
final class WavelengthScale {
    private static final double CENTRE_NM = 700;
    private static final double FAR_NM = 1000;
    private static final double STEP_MM = 1e-2;
    private static final double STEP_PX = 1e-1;

    private final TraceGeometry given;
    private final double[] perNm;

    WavelengthScale(TraceGeometry given) {
        this.given = given;
        double[] byDistance = change(STEP_MM, 0);
        double[] byShift = change(0, STEP_PX);
        double a = byDistance[0] / STEP_MM;
        double b = byShift[0] / STEP_PX;
        double c = byDistance[1] / STEP_MM - a;
        double d = byShift[1] / STEP_PX - b;
        double determinant = a * d - b * c;
        if (!(Math.abs(determinant) > 1e-12)) {
            throw new FitException(
                    FitException.Reason.NOT_ENOUGH_DATA, "the wavelength scale does not determine distance and shift");
        }
        this.perNm = new double[] {d / determinant, -b / determinant, -c / determinant, a / determinant};
    }

    /** Change of the wavelengths at the columns of 700 and 1000 nm, nm. */
    private double[] change(double mm, double px) {
        TraceGeometry other = given.with(given.distanceMm() + mm, given.shiftPx() + px);
        double[] out = new double[2];
        double[] lambdas = {CENTRE_NM, FAR_NM};
        for (int i = 0; i < 2; i++) {
            double column = given.columnOf(lambdas[i], 1);
            out[i] = other.wavelengths(column, 1, 1, 1)[0] - given.wavelengths(column, 1, 1, 1)[0];
        }
        return out;
    }

    /** Distance, mm, for corrections in nm. */
    double distanceMm(double shiftNm, double stretchNm) {
        return given.distanceMm() + perNm[0] * shiftNm + perNm[1] * stretchNm;
    }

    /** Shift, px. */
    double shiftPx(double shiftNm, double stretchNm) {
        return given.shiftPx() + perNm[2] * shiftNm + perNm[3] * stretchNm;
    }

    /** Derivatives by shift and stretch from those by distance and shift in pixels: v becomes v B, B 2 x 2 by rows. */
    double[] perNm() {
        return perNm.clone();
    }
}
