package io.spectractor.core.simulation;

import io.spectractor.core.optics.TabulatedCurve;
import java.util.List;

/**
 * The spectrum of a planetary nebula as it may be: thirteen bright lines on a faint continuum. The ratios of the lines are
 * round numbers of nebulae of medium excitation; [O III] and [N II] have those that atomic physics demands.
 */
public final class NebulaSpectrum {
    private static final double FIRST_NM = 300;
    private static final double LAST_NM = 1100;
    private static final double STEP_NM = 0.05;
    /** Wide enough that the simulator, which takes light in steps of half a pixel, loses none of it. */
    private static final double SIGMA_NM = 0.6;

    private NebulaSpectrum() {}

    /**
     * A line.
     *
     * @param name in words
     * @param lambdaNm in air, nm
     * @param ratio of its light to that of H beta
     */
    public record Line(String name, double lambdaNm, double ratio) {}

    /** The lines, by wavelength. */
    public static final List<Line> LINES = List.of(
            new Line("[Ne III]", 386.876, 0.7),
            new Line("H delta", 410.174, 0.26),
            new Line("H gamma", 434.047, 0.47),
            new Line("He II", 468.571, 0.4),
            new Line("H beta", 486.133, 1),
            new Line("[O III]", 495.891, 2.4),
            new Line("[O III]", 500.684, 7.2),
            new Line("He I", 587.562, 0.15),
            new Line("H alpha", 656.280, 2.86),
            new Line("[S II]", 673.082, 0.3),
            new Line("[Ar III]", 713.579, 0.25),
            new Line("[S III]", 906.860, 0.5),
            new Line("[S III]", 953.060, 1.2));

    /**
     * Energy distribution, erg/s/cm²/nm.
     *
     * @param betaFlux light of H beta, erg/s/cm²
     * @param share of the continuum in the height of the brightest line, even over all wavelengths
     * @param redshift v/c
     */
    public static TabulatedCurve of(double betaFlux, double share, double redshift) {
        int n = (int) Math.round((LAST_NM - FIRST_NM) / STEP_NM) + 1;
        double[] lambda = new double[n];
        double[] flux = new double[n];
        double norm = height(betaFlux);
        double below = continuum(betaFlux, share);
        for (int i = 0; i < n; i++) {
            lambda[i] = FIRST_NM + i * STEP_NM;
            flux[i] = below;
            for (Line line : LINES) {
                double u = (lambda[i] - line.lambdaNm() * (1 + redshift)) / SIGMA_NM;
                flux[i] += Math.abs(u) < 8 ? norm * line.ratio() * Math.exp(-0.5 * u * u) : 0;
            }
        }
        return new TabulatedCurve(lambda, flux, TabulatedCurve.Outside.ZERO);
    }

    /**
     * Level of the continuum, erg/s/cm²/nm.
     *
     * @param betaFlux light of H beta, erg/s/cm²
     * @param share of the continuum in the height of the brightest line
     */
    public static double continuum(double betaFlux, double share) {
        return share
                * height(betaFlux)
                * LINES.stream().mapToDouble(Line::ratio).max().orElse(0);
    }

    /** Height of a line of a given light, per nm. */
    private static double height(double light) {
        return light / (SIGMA_NM * Math.sqrt(2 * Math.PI));
    }
}
