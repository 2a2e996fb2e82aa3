package io.spectractor.core.extraction;

import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.optics.AtmosphericRefraction;
import io.spectractor.core.optics.DispersionRelation;
import java.util.Arrays;

/**
 * Where light of a wavelength and order falls on the raw frame: grating, angle of the axis and atmosphere together.
 * Immutable.
 *
 * <p>Position = order 0 + (shift + distance(λ)) (cos a, sin a) + refraction(λ).
 */
public final class TraceGeometry {
    private static final double FIRST_NM = 250;
    private static final double STEP_NM = 0.5;
    private static final int GRID = 2001;

    private final PixelPosition order0;
    private final double angleDeg;
    private final double cos;
    private final double sin;
    private final double shiftPx;
    private final DispersionRelation relation;
    private final AtmosphericRefraction refraction;
    private final double[] refractionX;

    /**
     * @param order0 order-0 position in the image, px
     * @param angleDeg angle of the dispersion axis, degrees, anticlockwise
     * @param relation grating equation in pixels of this image
     * @param refraction refraction in pixels of this image
     */
    public TraceGeometry(
            PixelPosition order0, double angleDeg, DispersionRelation relation, AtmosphericRefraction refraction) {
        this(order0, angleDeg, 0, relation, refraction, refractionOnGrid(refraction));
    }

    private TraceGeometry(
            PixelPosition order0,
            double angleDeg,
            double shiftPx,
            DispersionRelation relation,
            AtmosphericRefraction refraction,
            double[] refractionX) {
        this.order0 = order0;
        this.angleDeg = angleDeg;
        this.cos = Math.cos(Math.toRadians(angleDeg));
        this.sin = Math.sin(Math.toRadians(angleDeg));
        this.shiftPx = shiftPx;
        this.relation = relation;
        this.refraction = refraction;
        this.refractionX = refractionX;
    }

    private static double[] refractionOnGrid(AtmosphericRefraction refraction) {
        double[] x = new double[GRID];
        for (int i = 0; i < GRID; i++) {
            x[i] = refraction.xPx(FIRST_NM + i * STEP_NM);
        }
        return x;
    }

    /** The same with another distance from disperser to CCD and another shift of the origin along the axis. */
    public TraceGeometry with(double distanceMm, double newShiftPx) {
        return new TraceGeometry(
                order0, angleDeg, newShiftPx, relation.withDistance(distanceMm), refraction, refractionX);
    }

    /** The same with another angle. */
    public TraceGeometry withAngle(double newAngleDeg) {
        return new TraceGeometry(order0, newAngleDeg, shiftPx, relation, refraction, refractionX);
    }

    /** The same of another star, so many columns and rows away. */
    public TraceGeometry movedBy(double columns, double rows) {
        PixelPosition moved = new PixelPosition(order0.x() + columns, order0.y() + rows);
        return new TraceGeometry(moved, angleDeg, shiftPx, relation, refraction, refractionX);
    }

    public PixelPosition order0() {
        return order0;
    }

    public double angleDeg() {
        return angleDeg;
    }

    /** Distance from disperser to CCD, mm. */
    public double distanceMm() {
        return relation.distanceMm();
    }

    /** Shift of the origin along the axis, px. */
    public double shiftPx() {
        return shiftPx;
    }

    /** Column of a wavelength, px. */
    public double columnOf(double lambdaNm, int order) {
        return order0.x() + (shiftPx + relation.distancePx(lambdaNm, order)) * cos + refraction.xPx(lambdaNm);
    }

    /** Row of a wavelength, px. */
    public double rowOf(double lambdaNm, int order) {
        return order0.y() + (shiftPx + relation.distancePx(lambdaNm, order)) * sin + refraction.yPx(lambdaNm);
    }

    /**
     * Wavelengths at columns, to better than 5e-5 nm (linear between points 0.5 nm apart).
     *
     * @param firstColumn first column, px
     * @param step distance between columns, px
     * @param n number of columns
     * @param order diffraction order, positive
     * @return nm; NaN outside 250–1250 nm
     */
    public double[] wavelengths(double firstColumn, double step, int n, int order) {
        double[] lambda = new double[n];
        int k = before(firstColumn, order);
        double left = column(k, order);
        double right = column(k + 1, order);
        int i = 0;
        for (; i < n && firstColumn + i * step < left; i++) {
            lambda[i] = Double.NaN;
        }
        for (; i < n; i++) {
            double x = firstColumn + i * step;
            while (right > left && right < x && k + 2 < GRID) {
                k++;
                left = right;
                right = column(k + 1, order);
            }
            // also where light of that order ends, and where refraction is stronger than the grating
            if (!(right > left && x <= right)) {
                break;
            }
            lambda[i] = FIRST_NM + (k + (x - left) / (right - left)) * STEP_NM;
        }
        Arrays.fill(lambda, i, n, Double.NaN);
        return lambda;
    }

    /** The last point of the grid, but for its end, that lies before a column; 0 if none does. */
    private int before(double x, int order) {
        int low = 0;
        int high = GRID - 1;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (column(middle, order) < x) {
                low = middle;
            } else {
                // not a number where the order ends: that lies beyond too
                high = middle;
            }
        }
        return low;
    }

    /** Column of a point of the grid, px. */
    private double column(int i, int order) {
        return order0.x() + (shiftPx + relation.distancePx(FIRST_NM + i * STEP_NM, order)) * cos + refractionX[i];
    }

    /** Rows of the trace of an order in consecutive columns, px; extrapolated along the axis outside 250–1250 nm. */
    public double[] rows(int firstColumn, int n, int order) {
        double[] lambda = wavelengths(firstColumn, 1, n, order);
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            y[i] = Double.isNaN(lambda[i])
                    ? order0.y() + (firstColumn + i - order0.x()) * sin / cos
                    : rowOf(lambda[i], order);
        }
        return y;
    }
}
