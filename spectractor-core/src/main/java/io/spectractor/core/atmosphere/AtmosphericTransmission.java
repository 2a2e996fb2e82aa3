package io.spectractor.core.atmosphere;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Transmission by formulas and a compact table. Slant optical depths at airmass z:
 *
 * <ul>
 *   <li>Rayleigh: {@link RayleighScattering} z;
 *   <li>aerosols: τ (λ / 500 nm)^-β z (Ångström 1929);
 *   <li>ozone: k(λ) column z;
 *   <li>O2, its collision pairs and NO2: g(λ) (P / 774.6052 hPa)^1.16306918 z^a(λ); the power of the pressure is getObsAtmo's;
 *   <li>water: k w0/b ((1 + w/w0)^b - 1) with w = precipitable water times z: linear for little water, a power of it for
 *       much, as of bands of saturated lines.
 * </ul>
 *
 * Immutable, safe for threads. How well this follows radiative transfer: docs/atmosphere.md, measured by a test.
 */
public final class AtmosphericTransmission implements AtmosphereModel {
    /** Pressure for which the absorption by gases is tabulated, hPa. */
    public static final double REFERENCE_HPA = 774.6052;

    private static final double GASES_PRESSURE_POWER = 1.16306918;
    private static final double AEROSOL_NM = 500;
    private static final AtmosphereRanges RANGES = new AtmosphereRanges(
            new ParameterRange("airmass", "", 1, 3),
            new ParameterRange("pressure", "hPa", 500, 1100),
            new ParameterRange("ozone column", "DU", 0, 700),
            new ParameterRange("precipitable water", "mm", 0, 20),
            new ParameterRange("aerosol optical depth at 500 nm", "", 0, 3),
            new ParameterRange("\u00c5ngstr\u00f6m exponent", "", -1, 4));

    private final AtmosphereTables tables;
    private final double[] rayleighPerHPa;
    private final double[] logLambda;

    public AtmosphericTransmission(AtmosphereTables tables) {
        this.tables = tables;
        double[] lambda = tables.lambdaNm();
        this.rayleighPerHPa = new double[lambda.length];
        this.logLambda = new double[lambda.length];
        for (int i = 0; i < lambda.length; i++) {
            rayleighPerHPa[i] = RayleighScattering.opticalDepth(lambda[i], 1);
            logLambda[i] = Math.log(lambda[i] / AEROSOL_NM);
        }
    }

    @Override
    public String description() {
        return "formulas and tables, 300 to 1100 nm";
    }

    @Override
    public AtmosphereRanges ranges() {
        return RANGES;
    }

    @Override
    public double[] nodesNm() {
        return tables.lambdaNm().clone();
    }

    @Override
    public double[] atNodes(AtmosphereParameters parameters) {
        return atNodes(parameters, EnumSet.allOf(AtmosphereComponent.class));
    }

    @Override
    public SlantAir slant(double airmass, double pressureHPa) {
        RANGES.airmass().require(airmass);
        RANGES.pressure().require(pressureHPa);
        double[] fixed = new double[rayleighPerHPa.length];
        add(fixed, rayleighPerHPa, pressureHPa * airmass);
        addGases(fixed, Math.pow(pressureHPa / REFERENCE_HPA, GASES_PRESSURE_POWER), airmass);
        return new FormulaAir(RANGES, tables, logLambda, airmass, fixed);
    }

    @Override
    public double[] transmission(AtmosphereParameters parameters, double[] lambdaNm) {
        return InterpolationNodes.interpolate(tables.lambdaNm(), atNodes(parameters), lambdaNm);
    }

    /**
     * Transmission at the nodes as if only some components were there.
     *
     * @throws IllegalArgumentException if a parameter is out of its range
     */
    public double[] atNodes(AtmosphereParameters p, Set<AtmosphereComponent> components) {
        RANGES.require(p);
        double[] depth = new double[rayleighPerHPa.length];
        double z = p.airmass();
        if (components.contains(AtmosphereComponent.RAYLEIGH)) {
            add(depth, rayleighPerHPa, p.pressureHPa() * z);
        }
        if (components.contains(AtmosphereComponent.OZONE)) {
            add(depth, tables.ozonePerDu(), p.ozoneDu() * z);
        }
        if (components.contains(AtmosphereComponent.GASES)) {
            addGases(depth, Math.pow(p.pressureHPa() / REFERENCE_HPA, GASES_PRESSURE_POWER), z);
        }
        if (components.contains(AtmosphereComponent.WATER) && p.waterMm() > 0) {
            addWater(depth, p.waterMm() * z);
        }
        if (components.contains(AtmosphereComponent.AEROSOLS) && p.aerosolDepth() > 0) {
            addAerosols(depth, p.aerosolDepth() * z, p.angstromExponent());
        }
        for (int i = 0; i < depth.length; i++) {
            depth[i] = Math.exp(-depth[i]);
        }
        return depth;
    }

    /** Transmission at the nodes as if one component were alone. */
    public double[] atNodes(AtmosphereParameters p, AtmosphereComponent component) {
        return atNodes(p, Collections.singleton(component));
    }

    private static void add(double[] depth, double[] table, double factor) {
        for (int i = 0; i < depth.length; i++) {
            depth[i] += factor * table[i];
        }
    }

    private void addGases(double[] depth, double pressureFactor, double z) {
        double[] gases = tables.gases();
        double[] power = tables.gasesPower();
        for (int i = 0; i < depth.length; i++) {
            depth[i] += pressureFactor * gases[i] * (power[i] == 1 ? z : Math.pow(z, power[i]));
        }
    }

    private void addWater(double[] depth, double slantMm) {
        double[] k = tables.waterPerMm();
        double[] scale = tables.waterScaleMm();
        double[] power = tables.waterPower();
        for (int i = 0; i < depth.length; i++) {
            if (k[i] > 0) {
                double b = power[i];
                double growth = b == 1 ? slantMm / scale[i] : (Math.pow(1 + slantMm / scale[i], b) - 1) / b;
                depth[i] += k[i] * scale[i] * growth;
            }
        }
    }

    private void addAerosols(double[] depth, double slantDepth, double exponent) {
        for (int i = 0; i < depth.length; i++) {
            depth[i] += slantDepth * Math.exp(-exponent * logLambda[i]);
        }
    }
}
