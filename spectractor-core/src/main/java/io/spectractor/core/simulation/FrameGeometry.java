package io.spectractor.core.simulation;

import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.optics.AirConditions;
import io.spectractor.core.optics.AtmosphericRefraction;
import io.spectractor.core.optics.CameraOrientation;
import io.spectractor.core.optics.Disperser;
import io.spectractor.core.optics.DispersionRelation;
import io.spectractor.core.optics.ParallacticAngle;
import io.spectractor.core.optics.TabulatedCurve;

/** Where light of a given order and wavelength falls on a frame, and how many counts a flux gives. */
final class FrameGeometry {
    private static final double PLANCK_J_S = 6.62607015e-34;
    private static final double LIGHT_SPEED_M_S = 299_792_458;
    private static final double JOULE_PER_ERG = 1e-7;
    private static final double METRE_PER_NM = 1e-9;
    private static final double GRAZING_SINE = 0.9;

    private final SimulationSettings settings;
    private final Disperser disperser;
    private final DispersionRelation relation;
    private final AtmosphericRefraction refraction;
    private final double axisAngleDeg;
    private final double cosAxis;
    private final double sinAxis;
    private final double aduPerErgPerNm;
    private final double defaultRatio;

    FrameGeometry(SimulationSettings settings, Scene scene, ExtractionConfig config) {
        this.settings = settings;
        this.disperser = scene.disperser();
        double plateScale = config.ccd().plateScaleArcsec();
        double x0 = settings.order0().x();
        double y0 = settings.order0().y();
        relation = DispersionRelation.of(
                disperser,
                settings.order0(),
                DispersionRelation.incidenceRad(x0, settings.detector().width(), plateScale),
                settings.distanceMm(),
                config.ccd().pixelSizeMm());
        ObservingConditions conditions = settings.conditions();
        ParallacticAngle parallactic =
                ParallacticAngle.of(conditions.hourAngleDeg(), conditions.declinationDeg(), conditions.latitudeDeg());
        // where nobody knows how large the sky is on the chip, as on a bench, air doesn't refract
        boolean scaled = plateScale > 0;
        refraction = new AtmosphericRefraction(
                new AirConditions(
                        conditions.temperatureCelsius(), conditions.pressureHPa(), conditions.humidityPercent()),
                scaled ? conditions.airmass() : 1,
                parallactic.angleDeg(),
                scene.lambdaRefNm(),
                CameraOrientation.of(config.site(), scaled ? plateScale : 1));
        Double given = settings.axisAngleDeg();
        axisAngleDeg = given == null ? disperser.angle().at(x0, y0) : given;
        cosAxis = Math.cos(Math.toRadians(axisAngleDeg));
        sinAxis = Math.sin(Math.toRadians(axisAngleDeg));
        aduPerErgPerNm = config.site().collectingAreaCm2()
                * JOULE_PER_ERG
                * METRE_PER_NM
                / (PLANCK_J_S * LIGHT_SPEED_M_S * config.ccd().gain());
        defaultRatio = config.dispersion().defaultOrder2Over1();
    }

    double axisAngleDeg() {
        return axisAngleDeg;
    }

    double groovesPerMm() {
        return relation.groovesPerMm();
    }

    /** Distance from order 0 along the axis without refraction, px; NaN where the order does not exist. */
    double distancePx(int order, double lambdaNm) {
        return relation.distancePx(lambdaNm, order);
    }

    /** Wavelength at a distance from order 0 without refraction, nm. */
    double lambdaNm(int order, double distancePx) {
        return relation.wavelengthNm(distancePx, order);
    }

    /** Longest wavelength worth drawing of an order: leaving the disperser at sin θ = 0.9, far off the chip, nm. */
    double longestNm(int order) {
        return (GRAZING_SINE - Math.sin(relation.incidenceRad())) * 1e6 / (order * relation.groovesPerMm());
    }

    /** Column of light that the grating sends to a distance along the axis, refraction included, px. */
    double x(double distancePx, double lambdaNm) {
        return settings.order0().x() + distancePx * cosAxis + refraction.xPx(lambdaNm);
    }

    /** Row of the same light, px. */
    double y(double distancePx, double lambdaNm) {
        return settings.order0().y() + distancePx * sinAxis + refraction.yPx(lambdaNm);
    }

    /**
     * Light of an order over that of order 1 at the same wavelength. A ratio of neighbouring orders that was never
     * measured is the configured one of orders 2 and 1.
     */
    double orderRatio(int order, double lambdaNm) {
        if (order == 1) {
            return 1;
        }
        TabulatedCurve second = disperser.ratio2over1();
        double ratio = settings.order2Scale() * (second == null ? defaultRatio : second.at(lambdaNm));
        if (order == 2) {
            return ratio;
        }
        TabulatedCurve third = disperser.ratio3over2();
        return ratio * settings.order3Scale() * (third == null ? defaultRatio : third.at(lambdaNm));
    }

    /** Count rate per flux and wavelength width: ADU/s at the reference gain for 1 erg/s/cm²/nm over 1 nm. */
    double ratePerFlux(double lambdaNm) {
        return aduPerErgPerNm * lambdaNm;
    }
}
