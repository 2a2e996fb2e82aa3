package io.spectractor.core.simulation;

import io.spectractor.core.atmosphere.AtmosphereModel;
import io.spectractor.core.atmosphere.AtmosphericTransmission;
import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.optics.Disperser;
import io.spectractor.core.optics.EffectiveWavelength;
import io.spectractor.core.optics.TabulatedCurve;
import io.spectractor.core.optics.Throughput;
import io.spectractor.core.target.Target;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The light that a frame records, of a star or of a lamp without air before it, and the disperser it goes through.
 *
 * @param disperser the disperser
 * @param fluxAtDetector wavelength in nm to first-order flux as it reaches the detector, erg/s/cm²/nm: star × atmosphere
 *     × telescope × filter × disperser
 * @param lambdaMinNm no light below, nm
 * @param lambdaMaxNm no light above, nm
 * @param lambdaRefNm effective wavelength of order 0, which refraction leaves in place, nm
 * @param transmission wavelength in nm to the part of a star's light that reaches the detector in first order, for the other
 *     stars of the field
 */
public record Scene(
        Disperser disperser,
        DoubleUnaryOperator fluxAtDetector,
        double lambdaMinNm,
        double lambdaMaxNm,
        double lambdaRefNm,
        DoubleUnaryOperator transmission) {
    private static final double LINE_SIGMA_PX = 0.3;

    public Scene {
        if (!(lambdaMinNm < lambdaMaxNm)) {
            throw new IllegalArgumentException("simulation: star, telescope, filter and disperser " + disperser.label()
                    + " have no wavelength in common");
        }
    }

    /** A scene in which light of other stars passes unhindered. */
    public Scene(
            Disperser disperser,
            DoubleUnaryOperator fluxAtDetector,
            double lambdaMinNm,
            double lambdaMaxNm,
            double lambdaRefNm) {
        this(disperser, fluxAtDetector, lambdaMinNm, lambdaMaxNm, lambdaRefNm, lambda -> 1);
    }

    /**
     * The light of a star as the calibration data describe it.
     *
     * @throws IllegalArgumentException if target, disperser, filter or throughput is not in the calibration data, the target
     *     has no spectral energy distribution, or the atmosphere is out of the model's range
     */
    public static Scene of(SimulationSettings settings, ExtractionConfig config, CalibrationStore store) {
        return of(settings, config, store, new AtmosphericTransmission(store.atmosphereTables()));
    }

    /**
     * The same behind a given model of the atmosphere.
     *
     * @throws IllegalArgumentException as the other one
     */
    public static Scene of(
            SimulationSettings settings, ExtractionConfig config, CalibrationStore store, AtmosphereModel model) {
        CalibrationLookup lookup = new CalibrationLookup(store);
        Target target = lookup.target(settings.target());
        Disperser disperser = lookup.disperser(settings.disperser());
        boolean lamp = target.kind() == Target.Kind.LAMP;
        TabulatedCurve sed = lamp ? lines(target, settings, disperser, config) : target.sed();
        if (sed == null) {
            throw new IllegalArgumentException("simulation: target " + target.name()
                    + " has no spectral energy distribution in the calibration data; choose another target");
        }
        String throughputName = config.site().throughput();
        TabulatedCurve telescope = store.throughput(throughputName)
                .orElseThrow(() -> CalibrationLookup.unknown("throughput", throughputName, store.throughputNames()));
        Throughput throughput = Throughput.of(telescope, filter(settings, store));
        TabulatedCurve atmosphere = lamp
                ? TabulatedCurve.constant(1)
                : new TabulatedCurve(
                        model.nodesNm(), model.atNodes(settings.atmosphere()), TabulatedCurve.Outside.ZERO);
        TabulatedCurve grating = disperser.transmission();
        DoubleUnaryOperator transmission = lambda -> atmosphere.at(lambda) * throughput.at(lambda) * grating.at(lambda);
        DoubleUnaryOperator flux = lambda -> settings.fluxScale() * sed.at(lambda) * transmission.applyAsDouble(lambda);
        Double given = settings.order0WavelengthNm();
        return new Scene(
                disperser,
                flux,
                ends(sed, telescope, grating, atmosphere)
                        .mapToDouble(TabulatedCurve::minNm)
                        .max()
                        .orElseThrow(),
                ends(sed, telescope, grating, atmosphere)
                        .mapToDouble(TabulatedCurve::maxNm)
                        .min()
                        .orElseThrow(),
                given == null ? EffectiveWavelength.ofRefractionNm(sed, throughput) : given,
                transmission);
    }

    /** The light of a lamp; a line is narrower than a pixel, but wide enough to be drawn in steps of half a one. */
    private static TabulatedCurve lines(
            Target lamp, SimulationSettings settings, Disperser disperser, ExtractionConfig config) {
        double grooves =
                disperser.grooves().at(settings.order0().x(), settings.order0().y());
        double nmPerPx = 1e6 * config.ccd().pixelSizeMm() / (grooves * settings.distanceMm());
        return LampSpectrum.of(lamp, LINE_SIGMA_PX * nmPerPx, config.site().collectingAreaCm2());
    }

    /** The curves that end somewhere; a constant is known everywhere. */
    private static Stream<TabulatedCurve> ends(TabulatedCurve... curves) {
        return Arrays.stream(curves).filter(c -> c.minNm() < c.maxNm());
    }

    private static @Nullable TabulatedCurve filter(SimulationSettings settings, CalibrationStore store) {
        String label = settings.filter();
        if (label == null) {
            return null;
        }
        return store.filter(label)
                .orElseThrow(() -> new IllegalArgumentException(
                        "simulation: filter " + label + " is not in the calibration data; leave it out or add it"));
    }
}
