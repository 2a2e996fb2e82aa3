package io.spectractor.core.optics;

import org.jspecify.annotations.Nullable;

/**
 * The wavelength that stands for the light of order 0.
 *
 * <p>Order 0 passes no grating: its light is SED × telescope × filter (× atmosphere). A CCD counts photons, so weights
 * are λ·F·T and every wavelength counts by its width in nm. The original sums F·T over the rows of the CALSPEC table
 * instead, which are four times denser in the blue; for HD111980 that makes 573.3 nm of 643 nm.
 *
 * <p>Refraction is far from linear in wavelength: the mean position of the photons is that of {@link #ofRefractionNm},
 * well below their mean wavelength.
 */
public final class EffectiveWavelength {
    /** For want of anything better: the middle of the visible range. */
    public static final double DEFAULT_NM = 550;

    private static final double STEP_NM = 0.5;

    private EffectiveWavelength() {}

    /**
     * Wavelength at which refraction equals its mean over the detected photons: the reference wavelength of an order 0
     * whose position is the centroid of its light.
     *
     * <p>Weather scales the refractivity of air and hardly changes its shape, so that of dry air serves for all.
     *
     * @param sed energy flux per nm, or null when unknown (then a flat one is taken)
     * @param throughput telescope, filter and, if wanted, atmosphere
     * @return nm; {@link #DEFAULT_NM} if no light passes
     */
    public static double ofRefractionNm(@Nullable TabulatedCurve sed, Throughput throughput) {
        double mean = meanDispersion(sed, throughput);
        if (Double.isNaN(mean)) {
            return DEFAULT_NM;
        }
        double blue = throughput.minNm();
        double red = throughput.maxNm();
        while (red - blue > 1e-6) {
            double middle = (blue + red) / 2;
            if (dispersion(middle) > mean) {
                blue = middle;
            } else {
                red = middle;
            }
        }
        return (blue + red) / 2;
    }

    private static double dispersion(double lambdaNm) {
        return AirConditions.dryDispersion(1e6 / (lambdaNm * lambdaNm));
    }

    /** Mean over the detected photons by the trapezoidal rule; NaN if there are none. */
    private static double meanDispersion(@Nullable TabulatedCurve sed, Throughput throughput) {
        double sum = 0;
        double weighted = 0;
        double first = throughput.minNm();
        int steps = (int) Math.round((throughput.maxNm() - first) / STEP_NM);
        for (int i = 0; i <= steps; i++) {
            double lambda = first + i * STEP_NM;
            double flux = sed == null ? 1 : sed.at(lambda);
            double width = i == 0 || i == steps ? 0.5 : 1;
            double photons = Math.max(0, flux * throughput.at(lambda) * lambda) * width;
            sum += photons;
            weighted += photons * dispersion(lambda);
        }
        return sum > 0 ? weighted / sum : Double.NaN;
    }
}
