package io.spectractor.core.forward.equations;

/**
 * What moves and shapes the reference spectrum along the columns.
 *
 * @param distanceMm distance from disperser to CCD, mm
 * @param shiftPx shift of the origin of the dispersion, px
 * @param waterMm precipitable water, mm
 */
public record Template(double distanceMm, double shiftPx, double waterMm) {
    /** Number of its parameters. */
    public static final int SIZE = 3;

    private static final double[] STEPS = {2e-3, 2e-2, 0.02};

    /** Step of a numerical derivative by a parameter. */
    public static double step(int parameter) {
        return STEPS[parameter];
    }

    /** With one parameter moved. */
    Template moved(int parameter, double by) {
        return new Template(
                distanceMm + (parameter == 0 ? by : 0),
                shiftPx + (parameter == 1 ? by : 0),
                waterMm + (parameter == 2 ? by : 0));
    }
}
