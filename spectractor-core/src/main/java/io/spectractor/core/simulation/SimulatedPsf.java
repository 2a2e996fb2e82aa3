package io.spectractor.core.simulation;

import io.spectractor.core.config.PsfConfig;
import io.spectractor.core.psf.PointSpreadFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The point spread function and its change with wavelength. Each shape parameter is a polynomial Σ c_k t^k (monomials),
 * where t runs linearly along the first order's dispersion axis from -1 at the bluest to +1 at the reddest wavelength.
 *
 * @param type family of profiles
 * @param coefficients one array per shape parameter of the family, in its order
 * @param pixelIntegrated whether the profile is integrated over each pixel (as a CCD does) or sampled at its centre
 * @param radiusPx the profile is drawn up to this distance, px
 */
public record SimulatedPsf(PsfConfig.Type type, List<double[]> coefficients, boolean pixelIntegrated, double radiusPx) {
    /** Exponent of the Moffat profile that describes stars at CTIO. */
    private static final double TYPICAL_ALPHA = 2.8;

    private static final double DEFAULT_RADIUS_PX = 40;

    /** Profiles wider than this are drawn further. */
    private static final double WIDE_PX = 10;

    /** Wide profiles are drawn up to so many full widths at half maximum: beyond lies 0.1 % of the light. */
    private static final double RADIUS_PER_FWHM = 6;

    private static final double LARGEST_RADIUS_PX = 200;

    /** The shape parameters that are widths. */
    private static final Set<String> WIDTHS = Set.of("sigma", "gamma", "gamma1", "gamma2");

    public SimulatedPsf {
        coefficients = List.copyOf(coefficients);
        int needed = PointSpreadFunction.of(type).shapeNames().size();
        if (coefficients.size() != needed) {
            throw new IllegalArgumentException("simulation: " + type + " has " + needed + " shape parameters, got "
                    + coefficients.size() + " polynomials");
        }
        SettingsCheck.range("radius of the PSF", radiusPx, 5, 200);
    }

    /** A Moffat profile with given polynomials of γ (px) and α, integrated over pixels. */
    public static SimulatedPsf moffat(double[] gammaPx, double[] alpha) {
        return new SimulatedPsf(PsfConfig.Type.MOFFAT, List.of(gammaPx, alpha), true, DEFAULT_RADIUS_PX);
    }

    /**
     * A profile of a given seeing, slightly out of focus towards both ends as behind a hologram, integrated over pixels.
     *
     * @param seeingArcsec full width at half maximum near the middle of the spectrum, arcsec
     * @param plateScaleArcsec arcsec per pixel
     */
    public static SimulatedPsf ofSeeing(PsfConfig.Type type, double seeingArcsec, double plateScaleArcsec) {
        SettingsCheck.positive("seeing", seeingArcsec);
        PointSpreadFunction family = PointSpreadFunction.of(type);
        double[] shape = typicalShape(type);
        double scale = seeingArcsec / plateScaleArcsec / family.fwhm(shape);
        List<double[]> polynomials = new ArrayList<>();
        for (int i = 0; i < shape.length; i++) {
            double width = shape[i] * scale;
            polynomials.add(
                    WIDTHS.contains(family.shapeNames().get(i))
                            ? new double[] {width, -0.05 * width, 0.08 * width}
                            : new double[] {shape[i]});
        }
        double fwhm = seeingArcsec / plateScaleArcsec;
        double radius = fwhm > WIDE_PX ? Math.min(LARGEST_RADIUS_PX, RADIUS_PER_FWHM * fwhm) : DEFAULT_RADIUS_PX;
        return new SimulatedPsf(type, polynomials, true, radius);
    }

    /** A Moffat profile of a given seeing. */
    public static SimulatedPsf ofSeeing(double seeingArcsec, double plateScaleArcsec) {
        return ofSeeing(PsfConfig.Type.MOFFAT, seeingArcsec, plateScaleArcsec);
    }

    /** Shapes in the families' order, like those of stars at CTIO; the widths are scaled to the seeing. */
    private static double[] typicalShape(PsfConfig.Type type) {
        return switch (type) {
            case GAUSS -> new double[] {1};
            case MOFFAT -> new double[] {3, TYPICAL_ALPHA};
            case MOFFAT_GAUSS -> new double[] {3, TYPICAL_ALPHA, 0.3, 1};
            case DOUBLE_MOFFAT -> new double[] {3, TYPICAL_ALPHA, 0.05, 8, 2};
        };
    }

    /** The same profile sampled at pixel centres, or integrated over pixels. */
    public SimulatedPsf withPixelIntegration(boolean on) {
        return new SimulatedPsf(type, coefficients, on, radiusPx);
    }

    /** Names of the shape parameters, e.g. gamma, alpha. */
    public List<String> shapeNames() {
        return PointSpreadFunction.of(type).shapeNames();
    }

    /** Shape parameters at t in [-1, 1]. */
    public double[] shapeAt(double t) {
        double[] shape = new double[coefficients.size()];
        for (int i = 0; i < shape.length; i++) {
            double[] c = coefficients.get(i);
            double value = 0;
            for (int k = c.length - 1; k >= 0; k--) {
                value = value * t + c[k];
            }
            shape[i] = value;
        }
        return shape;
    }
}
