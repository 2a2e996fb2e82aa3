package io.spectractor.core.extraction;

import io.spectractor.core.fit.ParameterBounds;
import io.spectractor.core.psf.ChromaticColumns;
import io.spectractor.core.psf.ChromaticShape;
import io.spectractor.core.psf.PointSpreadFunction;
import java.util.Arrays;

/**
 * The parameters of the profile fit: the correction of the trace (parameter 0) and the shape of the profile, each a
 * Legendre series over the columns.
 */
final class ProfileParameters {
    final PointSpreadFunction psf;
    final int columns;
    private final ChromaticShape start;
    private final double[] lower;
    private final double[] upper;
    private final double[] priorSigma;

    ProfileParameters(PointSpreadFunction psf, int columns, int traceDegree, int shapeDegree, double maxWidthPx) {
        this.psf = psf;
        this.columns = columns;
        int shapes = psf.shapeCount();
        double[] defaults = psf.defaultShape();
        double[][] coefficients = new double[shapes + 1][];
        coefficients[0] = new double[traceDegree + 1];
        lower = new double[shapes + 1];
        upper = new double[shapes + 1];
        lower[0] = Double.NEGATIVE_INFINITY;
        upper[0] = Double.POSITIVE_INFINITY;
        System.arraycopy(psf.lowerBounds(), 0, lower, 1, shapes);
        System.arraycopy(psf.upperBounds(maxWidthPx), 0, upper, 1, shapes);
        for (int s = 0; s < shapes; s++) {
            coefficients[s + 1] = new double[shapeDegree + 1];
            coefficients[s + 1][0] = defaults[s];
        }
        start = new ChromaticShape(coefficients);
        priorSigma = priors(defaults);
    }

    /**
     * Widths of weak priors around the start; infinite for the trace. They only matter for spectra so faint that their
     * profile can't be measured, where they keep it a star's.
     */
    private double[] priors(double[] defaults) {
        double[] sigma = new double[start.coefficientCount()];
        Arrays.fill(sigma, Double.POSITIVE_INFINITY);
        for (int s = 0; s < defaults.length; s++) {
            double scale = Math.max(Math.abs(defaults[s]), 0.5);
            int offset = start.offset(s + 1);
            for (int l = 0; l <= start.degree(s + 1); l++) {
                sigma[offset + l] = l == 0 ? 2 * scale : scale;
            }
        }
        return sigma;
    }

    int count() {
        return start.coefficientCount();
    }

    /** The trace as given, the profile with its default shape. */
    double[] start() {
        return start.packed();
    }

    double priorSigma(int j) {
        return priorSigma[j];
    }

    /**
     * Bounds that leave the trace free and one shape for all columns. A series that may bend at once can run out of its
     * bounds over half the columns, where nothing pulls it back.
     */
    ParameterBounds constantShape() {
        double[] from = start.packed();
        ParameterBounds bounds = ParameterBounds.none(count());
        for (int p = 1; p < start.parameterCount(); p++) {
            bounds = bounds.with(start.offset(p), lower[p], upper[p]);
            for (int l = 1; l <= start.degree(p); l++) {
                bounds = bounds.withFixed(start.offset(p) + l, from[start.offset(p) + l]);
            }
        }
        return bounds;
    }

    /** Degree of the trace. */
    int traceDegree() {
        return start.degree(0);
    }

    /** Trace correction and shape in every column, within bounds. */
    ChromaticColumns over(double[] parameters) {
        return start.withPacked(parameters, 0).overColumns(columns, lower, upper);
    }

    /** The shape alone, without the trace correction. */
    static double[] shape(ChromaticColumns values, int column) {
        double[] all = values.shape(column);
        return Arrays.copyOfRange(all, 1, all.length);
    }
}
