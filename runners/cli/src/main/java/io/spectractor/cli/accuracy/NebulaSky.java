package io.spectractor.cli.accuracy;

import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.calibration.ForwardingCalibration;
import io.spectractor.core.simulation.NebulaSpectrum;
import io.spectractor.core.target.Target;
import java.util.Optional;

/** Calibration data in which a nebula has a spectrum, and stands where it rises high over the south. */
final class NebulaSky extends ForwardingCalibration {
    /** A planetary nebula of the calibration data, which give no spectrum of it. */
    static final String NAME = "PNG321.0+03.9";
    /** Continuum over the height of the brightest line. */
    static final double CONTINUUM = 0.02;
    /** Light of H beta, erg/s/cm². */
    private static final double BETA = 4e-11;

    private static final double DECLINATION_DEG = -30;

    private final CalibrationStore store;

    NebulaSky(CalibrationStore store) {
        super(store);
        this.store = store;
    }

    @Override
    public Optional<Target> target(String name) {
        return store.target(name)
                .map(t -> t.kind() != Target.Kind.PLANETARY_NEBULA
                        ? t
                        : new Target(
                                t.name(),
                                t.kind(),
                                t.rightAscensionDeg(),
                                DECLINATION_DEG,
                                0,
                                NebulaSpectrum.of(BETA, CONTINUUM, 0)));
    }
}
