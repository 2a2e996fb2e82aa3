package io.spectractor.core.night;

import io.spectractor.core.atmosphere.AtmosphereModel;
import io.spectractor.core.atmosphere.AtmosphereParameters;
import io.spectractor.core.atmosphere.SlantAir;
import io.spectractor.core.optics.TabulatedCurve;

/**
 * Ozone in a table of throughput. Who divides a spectrum by an atmosphere with the wrong amount of ozone to get the throughput
 * leaves the shape of ozone's absorption in it, which is narrower than a smooth factor can follow. Immutable.
 */
final class TableOzone {
    /** Any amounts do: slopes over transmission do not depend on them. */
    private static final double OZONE_DU = 300;

    private static final double PRESSURE_HPA = 780;
    private static final double AEROSOLS = 0.05;
    private static final double WATER_MM = 1;

    private final TabulatedCurve perDu;

    private TableOzone(TabulatedCurve perDu) {
        this.perDu = perDu;
    }

    /** Of a table that has none and lacks none. */
    static TableOzone none() {
        return new TableOzone(TabulatedCurve.constant(0));
    }

    /** With the ozone of a model of the atmosphere. */
    static TableOzone of(AtmosphereModel atmosphere) {
        double airmass = atmosphere.ranges().airmass().clamp(1);
        double pressure = atmosphere.ranges().pressure().clamp(PRESSURE_HPA);
        double[] nodes = atmosphere.nodesNm();
        double[] transmission = new double[nodes.length];
        double[][] slopes = new double[SlantAir.WATER + 1][nodes.length];
        atmosphere
                .slant(airmass, pressure)
                .at(
                        new AtmosphereParameters(
                                airmass,
                                pressure,
                                atmosphere.ranges().ozone().clamp(OZONE_DU),
                                atmosphere.ranges().water().clamp(WATER_MM),
                                atmosphere.ranges().aerosols().clamp(AEROSOLS),
                                AtmosphereParameters.USUAL_ANGSTROM_EXPONENT),
                        transmission,
                        slopes);
        double[] perDu = new double[nodes.length];
        for (int i = 0; i < nodes.length; i++) {
            perDu[i] = transmission[i] > 0 ? -slopes[SlantAir.OZONE][i] / (transmission[i] * airmass) : 0;
        }
        return new TableOzone(new TabulatedCurve(nodes, perDu, TabulatedCurve.Outside.HOLD));
    }

    /** Optical depth per DU at a wavelength, nm. */
    double perDu(double lambdaNm) {
        return perDu.at(lambdaNm);
    }

    /** Factor on the table at a wavelength, nm, for the ozone that it lacks, DU. */
    double factor(double lackingDu, double lambdaNm) {
        return lackingDu == 0 ? 1 : Math.exp(-lackingDu * perDu.at(lambdaNm));
    }
}
