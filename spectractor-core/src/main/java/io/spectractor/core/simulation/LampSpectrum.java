package io.spectractor.core.simulation;

import io.spectractor.core.optics.TabulatedCurve;
import io.spectractor.core.target.Lamp;
import io.spectractor.core.target.Target;
import java.util.List;

/**
 * The light of a mercury or mercury-argon lamp as it may be: lines without a continuum. Wavelengths are those of the NIST
 * Atomic Spectra Database; the ratios are round numbers, as lamps differ with pressure and current.
 */
public final class LampSpectrum {
    private static final double FIRST_NM = 240;
    private static final double LAST_NM = 1100;
    private static final double STEP_NM = 0.05;
    /** Wide enough that the simulator, which takes light in steps of half a pixel, loses none of it. */
    private static final double SIGMA_NM = 0.6;
    /** Light of the brightest line where the telescope would be, erg/s/cm². */
    private static final double BRIGHTEST = 2e-9;

    private LampSpectrum() {}

    /**
     * A line.
     *
     * @param element that shines, e.g. Hg
     * @param lambdaNm in air, nm
     * @param ratio of its light to that of Hg 435.8 nm
     */
    public record Line(String element, double lambdaNm, double ratio) {}

    /** The lines, by wavelength. */
    public static final List<Line> LINES = List.of(
            new Line("Hg", 253.652, 3),
            new Line("Hg", 313.155, 0.2),
            new Line("Hg", 365.015, 0.7),
            new Line("Hg", 404.656, 0.5),
            new Line("Hg", 407.783, 0.04),
            new Line("Hg", 435.833, 1),
            new Line("Hg", 546.074, 0.9),
            new Line("Hg", 576.960, 0.12),
            new Line("Hg", 579.066, 0.13),
            new Line("Ar", 696.543, 0.3),
            new Line("Ar", 706.722, 0.15),
            new Line("Ar", 738.398, 0.2),
            new Line("Ar", 750.387, 0.35),
            new Line("Ar", 763.511, 0.6),
            new Line("Ar", 772.376, 0.3),
            new Line("Ar", 794.818, 0.2),
            new Line("Ar", 800.616, 0.2),
            new Line("Ar", 811.531, 0.6),
            new Line("Ar", 826.452, 0.2),
            new Line("Ar", 842.465, 0.25),
            new Line("Ar", 852.144, 0.1),
            new Line("Ar", 912.297, 0.35),
            new Line("Ar", 922.450, 0.1),
            new Line("Ar", 965.779, 0.15));

    /** Energy distribution of a lamp, erg/s/cm²/nm. */
    static TabulatedCurve of(Target lamp) {
        List<String> elements = Lamp.elements(lamp);
        int n = (int) Math.round((LAST_NM - FIRST_NM) / STEP_NM) + 1;
        double[] lambda = new double[n];
        double[] flux = new double[n];
        double norm = BRIGHTEST / (SIGMA_NM * Math.sqrt(2 * Math.PI));
        for (int i = 0; i < n; i++) {
            lambda[i] = FIRST_NM + i * STEP_NM;
            for (Line line : LINES) {
                double u = (lambda[i] - line.lambdaNm()) / SIGMA_NM;
                if (Math.abs(u) < 8 && elements.contains(line.element())) {
                    flux[i] += norm * line.ratio() * Math.exp(-0.5 * u * u);
                }
            }
        }
        return new TabulatedCurve(lambda, flux, TabulatedCurve.Outside.ZERO);
    }
}
