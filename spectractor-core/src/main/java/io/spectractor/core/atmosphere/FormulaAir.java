package io.spectractor.core.atmosphere;

import org.jspecify.annotations.Nullable;

/**
 * The formulas of {@link AtmosphericTransmission} along one line of sight: what airmass and pressure alone decide is computed
 * once, slopes follow from the optical depths. With transmission T, airmass z and w = water times z they are -k z T for ozone,
 * -z (λ / 500 nm)^-β T for aerosols, τ z (λ / 500 nm)^-β ln(λ / 500 nm) T for the exponent β and -k z (1 + w / w0)^(b - 1) T for
 * water.
 */
final class FormulaAir implements SlantAir {
    private final AtmosphereRanges ranges;
    private final AtmosphereTables tables;
    private final double[] logLambda;
    private final double airmass;
    private final double[] fixedDepth;
    private final double usualExponent;
    private final double[] usualAerosols;

    /**
     * A line of sight.
     *
     * @param fixedDepth slant optical depth of Rayleigh scattering and of the gases but for ozone and water, per node
     * @param logLambda ln(λ / 500 nm) per node
     */
    FormulaAir(
            AtmosphereRanges ranges, AtmosphereTables tables, double[] logLambda, double airmass, double[] fixedDepth) {
        this.ranges = ranges;
        this.tables = tables;
        this.logLambda = logLambda;
        this.airmass = airmass;
        this.fixedDepth = fixedDepth;
        this.usualExponent = AtmosphereParameters.USUAL_ANGSTROM_EXPONENT;
        this.usualAerosols = aerosols(usualExponent);
    }

    /** Slant optical depth of aerosols per vertical depth at 500 nm. */
    private double[] aerosols(double exponent) {
        double[] depth = new double[logLambda.length];
        for (int i = 0; i < depth.length; i++) {
            depth[i] = airmass * Math.exp(-exponent * logLambda[i]);
        }
        return depth;
    }

    @Override
    public void at(AtmosphereParameters p, double[] transmission, double[] @Nullable [] slopes) {
        ranges.require(p);
        int n = fixedDepth.length;
        double[] aerosols = p.angstromExponent() == usualExponent ? usualAerosols : aerosols(p.angstromExponent());
        double[] ozone = tables.ozonePerDu();
        double ozoneOnSlant = p.ozoneDu() * airmass;
        double[] water = slopes.length > WATER ? slopes[WATER] : null;
        addWater(p.waterMm() * airmass, transmission, water);
        for (int i = 0; i < n; i++) {
            double depth = fixedDepth[i] + ozoneOnSlant * ozone[i] + p.aerosolDepth() * aerosols[i] + transmission[i];
            transmission[i] = Math.exp(-depth);
        }
        if (water != null) {
            for (int i = 0; i < n; i++) {
                water[i] *= -transmission[i];
            }
        }
        for (int q = 0; q < slopes.length; q++) {
            double[] slope = slopes[q];
            for (int i = 0; slope != null && q != WATER && i < n; i++) {
                double depth = switch (q) {
                    case OZONE -> ozone[i] * airmass;
                    case AEROSOLS -> aerosols[i];
                    default -> -p.aerosolDepth() * aerosols[i] * logLambda[i];
                };
                slope[i] = -depth * transmission[i];
            }
        }
    }

    /** Optical depth of the water and, where it is wanted, its slope with the vertical amount. */
    private void addWater(double slantMm, double[] depth, double @Nullable [] slope) {
        double[] k = tables.waterPerMm();
        double[] scale = tables.waterScaleMm();
        double[] power = tables.waterPower();
        for (int i = 0; i < fixedDepth.length; i++) {
            double base = 1 + slantMm / scale[i];
            double b = power[i];
            // none of the nodes without water needs the power
            double grown = b == 1 || k[i] == 0 ? base : Math.pow(base, b);
            depth[i] = k[i] * scale[i] * (grown - 1) / b;
            if (slope != null) {
                slope[i] = k[i] * airmass * grown / base;
            }
        }
    }
}
