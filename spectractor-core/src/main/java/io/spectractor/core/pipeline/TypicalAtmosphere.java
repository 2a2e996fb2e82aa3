package io.spectractor.core.pipeline;

import io.spectractor.core.atmosphere.AtmosphereComponent;
import io.spectractor.core.atmosphere.AtmosphereParameters;
import io.spectractor.core.atmosphere.AtmosphereRanges;
import io.spectractor.core.atmosphere.AtmosphericTransmission;
import io.spectractor.core.observation.ObservationMetadata;
import io.spectractor.core.optics.TabulatedCurve;
import io.spectractor.core.product.ForwardModelSummary;
import java.util.Locale;

/**
 * The air above an exposure in a clear night, as far as the header doesn't tell; values outside what the atmosphere's model
 * covers are held. Immutable.
 */
final class TypicalAtmosphere {
    static final double WATER_MM = 4;
    private static final double OZONE_DU = 300;
    private static final double AEROSOLS = 0.04;
    /** How far usual nights are from the typical one, 1σ. */
    private static final double OZONE_ERR_DU = 30;

    private static final double WATER_ERR_MM = 2;
    private static final double AEROSOLS_ERR = 0.03;

    private final AtmosphericTransmission atmosphere;
    private final AtmosphereParameters air;

    TypicalAtmosphere(AtmosphericTransmission atmosphere, ObservationMetadata metadata) {
        this.atmosphere = atmosphere;
        AtmosphereRanges ranges = atmosphere.ranges();
        this.air = new AtmosphereParameters(
                ranges.airmass().clamp(Double.isFinite(metadata.airmass()) ? metadata.airmass() : 1),
                ranges.pressure().clamp(metadata.pressureHPa()),
                OZONE_DU,
                WATER_MM,
                AEROSOLS,
                AtmosphereParameters.USUAL_ANGSTROM_EXPONENT);
    }

    /** Precipitable water: as the model fitted it, or the usual amount, mm. */
    static double waterMm(ForwardModelSummary fitted) {
        return Double.isFinite(fitted.waterMm()) ? fitted.waterMm() : WATER_MM;
    }

    /** 1σ of that, mm. */
    static double waterErrMm(ForwardModelSummary fitted) {
        return Double.isFinite(fitted.waterMm()) && Double.isFinite(fitted.waterErrMm())
                ? fitted.waterErrMm()
                : WATER_ERR_MM;
    }

    /** Whether the model of the atmosphere has so much water, mm. */
    boolean covers(double waterMm) {
        return atmosphere.ranges().water().contains(waterMm);
    }

    /** Transmission without water. */
    TabulatedCurve dry() {
        return curve(atmosphere.atNodes(air.withWater(0)));
    }

    /** Transmission with the typical amount of water. */
    TabulatedCurve all() {
        return curve(atmosphere.atNodes(air));
    }

    /** Transmission of water alone at wavelengths in nm. */
    double[] water(double waterMm, double[] lambdaNm) {
        TabulatedCurve curve = curve(atmosphere.atNodes(air.withWater(waterMm), AtmosphereComponent.WATER));
        double[] out = new double[lambdaNm.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = curve.at(lambdaNm[i]);
        }
        return out;
    }

    /** 1σ of the transmission over itself at wavelengths in nm, water left out: ozone and aerosols. */
    double[] relativeError(double[] lambdaNm) {
        TabulatedCurve ozone = curve(atmosphere.atNodes(air, AtmosphereComponent.OZONE));
        TabulatedCurve aerosols = curve(atmosphere.atNodes(air, AtmosphereComponent.AEROSOLS));
        double[] error = new double[lambdaNm.length];
        for (int i = 0; i < error.length; i++) {
            double byOzone = Math.log(ozone.at(lambdaNm[i])) * OZONE_ERR_DU / OZONE_DU;
            double byAerosols = Math.log(aerosols.at(lambdaNm[i])) * AEROSOLS_ERR / AEROSOLS;
            error[i] = Math.hypot(byOzone, byAerosols);
        }
        return error;
    }

    private TabulatedCurve curve(double[] atNodes) {
        return new TabulatedCurve(atmosphere.nodesNm(), atNodes, TabulatedCurve.Outside.HOLD);
    }

    /** For a header. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "airmass %.3f, %.0f hPa, ozone %.0f +- %.0f DU, aerosols %.2f +- %.2f at 500 nm (usual)",
                air.airmass(),
                air.pressureHPa(),
                OZONE_DU,
                OZONE_ERR_DU,
                AEROSOLS,
                AEROSOLS_ERR);
    }
}
