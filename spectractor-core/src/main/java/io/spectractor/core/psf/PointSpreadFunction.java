package io.spectractor.core.psf;

import io.spectractor.core.config.PsfConfig;
import java.util.List;

/**
 * A family of point spread functions. Stateless; the shape is passed in. Offsets are in pixels from the centre (position -
 * centre), widths in pixels, and every profile has unit integral over the plane. Shapes outside the family (alpha not above
 * 1, a mixture without positive integral) give NaN, which the optimiser takes as "not there".
 *
 * <p>Every method computes the constants of the shape anew, some 50 ns; where many values of one shape are needed, take
 * {@link #at} once.
 */
public sealed interface PointSpreadFunction permits Gauss, Moffat, MoffatGauss, DoubleMoffat {
    /** The family that the configuration names. */
    static PointSpreadFunction of(PsfConfig.Type type) {
        return switch (type) {
            case GAUSS -> new Gauss();
            case MOFFAT -> new Moffat();
            case MOFFAT_GAUSS -> new MoffatGauss();
            case DOUBLE_MOFFAT -> new DoubleMoffat();
        };
    }

    /** Names of the shape parameters, in their order. */
    List<String> shapeNames();

    /** A shape to start from. */
    double[] defaultShape();

    /** Smallest values of the shape parameters. */
    double[] lowerBounds();

    /**
     * Largest values of the shape parameters.
     *
     * @param maxWidthPx limit of those that are widths, px
     */
    double[] upperBounds(double maxWidthPx);

    /**
     * The profile of one shape.
     *
     * @param shape at least as many values as names; more are ignored
     */
    PsfProfile at(double[] shape);

    /** Whether a shape parameter is a width, which a larger image scales. */
    default boolean isWidth(int parameter) {
        String name = shapeNames().get(parameter);
        return name.startsWith("gamma") || name.startsWith("sigma");
    }

    /** A shape whose widths are a factor larger. */
    default double[] widened(double[] shape, double factor) {
        double[] out = shape.clone();
        for (int k = 0; k < shapeCount(); k++) {
            out[k] *= isWidth(k) ? factor : 1;
        }
        return out;
    }

    /** Number of shape parameters. */
    default int shapeCount() {
        return shapeNames().size();
    }

    /** Value at an offset, per px^2. */
    default double value(double dx, double dy, double[] shape) {
        return at(shape).value(dx, dy);
    }

    /** Fills out with {value, d/d xc, d/d yc, d/d shape...}. */
    default void gradient(double dx, double dy, double[] shape, double[] out) {
        at(shape).gradient(dx, dy, out, 0);
    }

    /** The profile integrated over x, per px: exact, not a slice. */
    default double transverse(double dy, double[] shape) {
        return at(shape).transverse(dy);
    }

    /** Fills out with {value, d/d yc, d/d shape...} of the profile integrated over x. */
    default void transverseGradient(double dy, double[] shape, double[] out) {
        at(shape).transverseGradient(dy, out, 0);
    }

    /** The same averaged over a pixel of height 1 around dy; error below 1e-9 of the peak. */
    default void pixelTransverseGradient(double dy, double[] shape, double[] out) {
        at(shape).pixelTransverseGradient(dy, out, 0);
    }

    /** Mean over the pixel of size 1 x 1 around the offset, per px^2; error below 1e-6 of the peak for widths from 1 px. */
    default double pixelValue(double dx, double dy, double[] shape) {
        return at(shape).pixelValue(dx, dy);
    }

    /** Fills out with {value, d/d xc, d/d yc, d/d shape...} of the pixel mean. */
    default void pixelGradient(double dx, double dy, double[] shape, double[] out) {
        at(shape).pixelGradient(dx, dy, out, 0);
    }

    /** FWHM of the radial profile, px; that of a mixture by bisection to 1e-10. */
    default double fwhm(double[] shape) {
        return at(shape).fwhm();
    }

    /** FWHM of the profile integrated over x, px. */
    default double transverseFwhm(double[] shape) {
        return at(shape).transverseFwhm();
    }
}
