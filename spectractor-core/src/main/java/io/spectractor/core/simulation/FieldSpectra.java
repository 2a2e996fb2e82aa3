package io.spectractor.core.simulation;

import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.optics.PositionMap;
import io.spectractor.core.psf.PointSpreadFunction;

/** Draws the spectra of the other stars of the field: orders 1 to 3 at their own places on the disperser's maps. */
final class FieldSpectra {
    private static final int HIGHEST_ORDER = 3;

    /** Stars from this part of the target's brightness on are drawn as carefully as the target. */
    private static final double BRIGHT = 0.1;

    /** What adds less to a pixel is left out, ADU/s: a tenth of a per cent of a dark sky. */
    private static final double FAINTEST_ADU_PER_S = 2e-4;

    private final SimulationSettings settings;
    private final Scene scene;
    private final ExtractionConfig config;
    private final SpectrumPainter painter;
    private final ApproximateTrace streak;

    FieldSpectra(
            SimulationSettings settings,
            Scene scene,
            ExtractionConfig config,
            RateImage canvas,
            SpectrumPainter painter) {
        this.settings = settings;
        this.scene = scene;
        this.config = config;
        this.painter = painter;
        SimulatedPsf psf = settings.psf();
        LineProfile profile = new LineProfile(
                PointSpreadFunction.of(psf.type()).at(psf.shapeAt(0)), psf.radiusPx(), psf.pixelIntegrated());
        streak = new ApproximateTrace(canvas, profile, FAINTEST_ADU_PER_S);
    }

    /**
     * Draws the spectrum of a star, whose first order is to its order 0 as the target's is.
     *
     * @param targetRate count rate of the target's order 0, ADU/s
     */
    void draw(FieldStar star, double targetRate) {
        PixelPosition place = new PixelPosition(star.x(), star.y());
        // far off the chip an extrapolated map says nothing
        if (settings.order0Ratio() == 0 || !(scene.disperser().grooves().at(place.x(), place.y()) > 0)) {
            return;
        }
        FrameGeometry geometry = new FrameGeometry(at(place), scene, config);
        Scene light = new Scene(
                scene.disperser(),
                lambda -> star.energyAt(lambda) * scene.transmission().applyAsDouble(lambda),
                scene.lambdaMinNm(),
                scene.lambdaMaxNm(),
                scene.lambdaRefNm(),
                scene.transmission());
        boolean bright = star.rateAduPerS() > BRIGHT * targetRate;
        int stepsPerPx = bright ? OrderLight.STEPS_PER_PX : 1;
        OrderLight first = OrderLight.of(1, light, geometry, stepsPerPx);
        double factor = star.rateAduPerS() / settings.order0Ratio() / first.totalRate();
        for (int order = 1; order <= HIGHEST_ORDER && Double.isFinite(factor); order++) {
            OrderLight orderLight = order == 1 ? first : OrderLight.of(order, light, geometry, stepsPerPx);
            if (bright) {
                painter.spectrum(orderLight, factor);
            } else {
                streak.draw(orderLight, factor);
            }
        }
    }

    private SimulationSettings at(PixelPosition place) {
        Double given = settings.axisAngleDeg();
        Double angle = given;
        if (given != null) {
            PositionMap map = scene.disperser().angle();
            PixelPosition target = settings.order0();
            angle = given + map.at(place.x(), place.y()) - map.at(target.x(), target.y());
        }
        return settings.toBuilder().order0(place).axisAngleDeg(angle).build();
    }
}
