package io.spectractor.core.reference;

import io.spectractor.core.calibration.GaussianFilter;
import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.fit.RowSum;
import java.util.Arrays;

/**
 * What a template looks like in the columns of an image: through atmosphere, telescope and disperser, at the resolution of
 * the image. Immutable.
 */
final class ColumnModel {
    private final TraceGeometry nominal;
    private final int firstColumn;
    private final int columns;
    private final double[] passed;
    private final double[] moreWater;
    private final double[] bands;
    private final double sigma;
    private final double[] kernel;

    /**
     * @param nominal geometry; distance and shift are replaced
     * @param passed transmission of everything above and before the detector, on {@link TemplateGrid}
     * @param moreWater share of that which twice the water takes away, on the same
     * @param fwhmPx resolution, px
     */
    ColumnModel(
            TraceGeometry nominal, int firstColumn, int columns, double[] passed, double[] moreWater, double fwhmPx) {
        this.nominal = nominal;
        this.firstColumn = firstColumn;
        this.columns = columns;
        this.passed = passed;
        double[] middle = nominal.wavelengths(firstColumn + columns / 2.0, 1, 2, 1);
        double nmPerPx = middle[1] - middle[0];
        this.sigma = fwhmPx / 2.3548 * (Double.isNaN(nmPerPx) ? 1 : nmPerPx) / TemplateGrid.STEP_NM;
        this.kernel = GaussianFilter.kernel(sigma);
        this.moreWater = moreWater;
        this.bands = smoothed(moreWater, kernel);
    }

    private ColumnModel(ColumnModel other, TraceGeometry nominal, double wider) {
        this.nominal = nominal;
        this.firstColumn = other.firstColumn;
        this.columns = other.columns;
        this.passed = other.passed;
        this.sigma = other.sigma * wider;
        this.kernel = wider == 1 ? other.kernel : GaussianFilter.kernel(sigma);
        this.moreWater = other.moreWater;
        this.bands = wider == 1 ? other.bands : smoothed(moreWater, kernel);
    }

    /** The same with another nominal geometry. */
    ColumnModel with(TraceGeometry other) {
        return new ColumnModel(this, other, 1);
    }

    /** The same at another resolution: lines have wings, and a Gaussian of one width is not all of them. */
    ColumnModel widened(double factor) {
        return new ColumnModel(this, nominal, factor);
    }

    /** Edges of the columns, nm, at a distance and shift; NaN where no light falls. */
    double[] edgesNm(double distanceMm, double shiftPx) {
        return nominal.with(distanceMm, shiftPx).wavelengths(firstColumn - 0.5, 1, columns + 1, 1);
    }

    /** Share of each column's light that twice the water takes away. */
    double[] bands(double[] edges) {
        double[] out = new double[edges.length - 1];
        for (int i = 0; i < out.length; i++) {
            out[i] = TemplateGrid.at(bands, (edges[i] + edges[i + 1]) / 2);
        }
        return out;
    }

    /** Photons per nm that the detector sees, smoothed, on the grid. */
    double[] seen(StarTemplate template, double redshift) {
        double[] rate = new double[TemplateGrid.SIZE];
        for (int i = 0; i < rate.length; i++) {
            double lambda = TemplateGrid.lambdaNm(i);
            double flux =
                    redshift == 0 ? template.flux()[i] : TemplateGrid.at(template.flux(), lambda / (1 + redshift));
            rate[i] = flux * lambda * passed[i];
        }
        return smoothed(rate, kernel);
    }

    /**
     * A curve that is held beyond its ends, smoothed. A kernel as wide as that of a coarse grating in poor seeing reaches far
     * into the spectrum from there.
     */
    static double[] smoothed(double[] rate, double[] kernel) {
        int half = kernel.length / 2;
        double[] held = new double[rate.length + 2 * half];
        Arrays.fill(held, 0, half, rate[0]);
        System.arraycopy(rate, 0, held, half, rate.length);
        Arrays.fill(held, half + rate.length, held.length, rate[rate.length - 1]);
        double[] out = new double[rate.length];
        double[] work = new double[rate.length];
        for (int k = 0; k < kernel.length; k++) {
            RowSum.addShifted(out, held, kernel[k], k, work);
        }
        return out;
    }

    /** Photons per column. */
    static double[] light(double[] seen, double[] edges) {
        double[] light = new double[edges.length - 1];
        for (int i = 0; i < light.length; i++) {
            double value = TemplateGrid.at(seen, (edges[i] + edges[i + 1]) / 2) * (edges[i + 1] - edges[i]);
            light[i] = Double.isNaN(value) ? 0 : value;
        }
        return light;
    }
}
