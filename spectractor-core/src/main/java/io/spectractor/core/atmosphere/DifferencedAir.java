package io.spectractor.core.atmosphere;

import org.jspecify.annotations.Nullable;

/** The slopes of any model, by differences. */
final class DifferencedAir implements SlantAir {
    private static final double[] STEPS = {0.5, 1e-4, 1e-3, 5e-3};

    private final AtmosphereModel model;

    DifferencedAir(AtmosphereModel model) {
        this.model = model;
    }

    @Override
    public void at(AtmosphereParameters p, double[] transmission, double[] @Nullable [] slopes) {
        double[] here = model.atNodes(p);
        System.arraycopy(here, 0, transmission, 0, here.length);
        AtmosphereRanges ranges = model.ranges();
        ParameterRange[] limits = {ranges.ozone(), ranges.aerosols(), ranges.angstrom(), ranges.water()};
        for (int q = 0; q < slopes.length; q++) {
            double[] slope = slopes[q];
            if (slope == null) {
                continue;
            }
            double[] values = {p.ozoneDu(), p.aerosolDepth(), p.angstromExponent(), p.waterMm()};
            double step = values[q] + STEPS[q] > limits[q].max() ? -STEPS[q] : STEPS[q];
            values[q] += step;
            double[] beside = model.atNodes(
                    new AtmosphereParameters(p.airmass(), p.pressureHPa(), values[0], values[3], values[1], values[2]));
            for (int i = 0; i < here.length; i++) {
                slope[i] = (beside[i] - here[i]) / step;
            }
        }
    }
}
