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
    /** Rows of the table in the width of a line. */
    private static final double ROWS_PER_SIGMA = 5;
    /** What the brightest line sends through the aperture of a telescope, erg/s: some 10⁵ counts in two minutes. */
    private static final double BRIGHTEST_ERG_PER_S = 9e-8;

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

    /**
     * Energy distribution of a lamp, erg/s/cm²/nm, as bright for every instrument.
     *
     * @param sigmaNm width of the lines, nm
     * @param collectingAreaCm2 of the instrument, cm²
     */
    static TabulatedCurve of(Target lamp, double sigmaNm, double collectingAreaCm2) {
        List<String> elements = Lamp.elements(lamp);
        double step = sigmaNm / ROWS_PER_SIGMA;
        int n = (int) Math.round((LAST_NM - FIRST_NM) / step) + 1;
        double[] lambda = new double[n];
        double[] flux = new double[n];
        for (int i = 0; i < n; i++) {
            lambda[i] = FIRST_NM + i * step;
        }
        double norm = BRIGHTEST_ERG_PER_S / collectingAreaCm2 / (sigmaNm * Math.sqrt(2 * Math.PI));
        int reach = (int) (8 * ROWS_PER_SIGMA);
        for (Line line : LINES) {
            int middle = (int) Math.round((line.lambdaNm() - FIRST_NM) / step);
            for (int i = Math.max(0, middle - reach); i < Math.min(n, middle + reach); i++) {
                double u = (lambda[i] - line.lambdaNm()) / sigmaNm;
                flux[i] += elements.contains(line.element()) ? norm * line.ratio() * Math.exp(-0.5 * u * u) : 0;
            }
        }
        return new TabulatedCurve(lambda, flux, TabulatedCurve.Outside.ZERO);
    }
}
