package io.spectractor.core.psf;

/**
 * A point spread function with its shape fixed: constants are computed once, then values cost little. Offsets are in
 * pixels from the centre (position - centre); all profiles have unit integral. Immutable.
 *
 * <p>Gradients are written to {@code out} from index {@code to}: for the plane {value, d/d xc, d/d yc, d/d shape...}, for
 * the transverse profile {value, d/d yc, d/d shape...}, where (xc, yc) is the centre.
 */
public sealed interface PsfProfile permits GaussProfile, MoffatProfile, MixedProfile {
    /** Number of shape parameters. */
    int shapeCount();

    /** Value at an offset, per px^2. */
    double value(double dx, double dy);

    /** Value at an offset and its derivatives, 3 + shapeCount numbers. */
    void gradient(double dx, double dy, double[] out, int to);

    /** The profile integrated over x, per px. */
    double transverse(double dy);

    /** The profile integrated over x and its derivatives, 2 + shapeCount numbers. */
    void transverseGradient(double dy, double[] out, int to);

    /** Mean of the transverse profile over the pixel of height 1 around dy. */
    default double pixelTransverse(double dy) {
        double[] out = new double[2 + shapeCount()];
        pixelTransverseGradient(dy, out, 0);
        return out[0];
    }

    /** The same with its derivatives, 2 + shapeCount numbers; about 70 ns for a Moffat profile. */
    void pixelTransverseGradient(double dy, double[] out, int to);

    /** Mean over the pixel of size 1 x 1 around the offset. */
    double pixelValue(double dx, double dy);

    /** The same with its derivatives, 3 + shapeCount numbers. */
    void pixelGradient(double dx, double dy, double[] out, int to);

    /** FWHM of the radial profile, px. */
    double fwhm();

    /** FWHM of the transverse profile, px. */
    double transverseFwhm();

    /** Integral over the plane of the profile scaled to 1 at its centre, px^2. */
    double unitArea();

    /** Derivative of {@link #unitArea()} by shape parameter k. */
    double unitAreaDerivative(int k);

    /**
     * The pixel means and their derivatives for a column of pixels, by rows of 2 + shapeCount numbers.
     *
     * @param yc centre, px, where row k has its middle at k
     * @param firstRow first row
     * @param rows number of rows
     */
    default void pixelTransverseColumn(double yc, int firstRow, int rows, double[] out, int to) {
        int stride = 2 + shapeCount();
        for (int k = 0; k < rows; k++) {
            pixelTransverseGradient(firstRow + k - yc, out, to + k * stride);
        }
    }
}
