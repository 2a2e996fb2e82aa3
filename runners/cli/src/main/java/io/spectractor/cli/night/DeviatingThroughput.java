package io.spectractor.cli.night;

import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.calibration.ForwardingCalibration;
import io.spectractor.core.optics.TabulatedCurve;
import java.util.Optional;
import java.util.Random;

/** Calibration data of a telescope that transmits a little more here and less there than its table says, by up to 3 %. */
final class DeviatingThroughput extends ForwardingCalibration {
    private static final double FROM_NM = 350;
    private static final double LONG_NM = 430;
    private static final double SHORT_NM = 185;

    private final CalibrationStore store;
    private final long seed;
    private final double[] waves;

    /**
     * The telescope of a seed.
     *
     * @param store the tables
     */
    DeviatingThroughput(CalibrationStore store, long seed) {
        super(store);
        this.store = store;
        this.seed = seed;
        Random random = new Random(seed);
        this.waves = new double[] {
            0.01 + 0.01 * random.nextDouble(),
            2 * Math.PI * random.nextDouble(),
            0.01 * random.nextDouble(),
            2 * Math.PI * random.nextDouble()
        };
    }

    /** True over tabulated throughput at a wavelength, nm. */
    double factor(double lambdaNm) {
        return 1
                + waves[0] * Math.sin(2 * Math.PI * (lambdaNm - FROM_NM) / LONG_NM + waves[1])
                + waves[2] * Math.sin(2 * Math.PI * (lambdaNm - FROM_NM) / SHORT_NM + waves[3]);
    }

    @Override
    public String sha256() {
        return joinedSha256(store.sha256(), Long.toString(seed));
    }

    @Override
    public Optional<TabulatedCurve> throughput(String name) {
        return store.throughput(name).map(table -> {
            double[] lambda = table.wavelengthsNm();
            double[] values = table.values();
            for (int i = 0; i < values.length; i++) {
                values[i] *= factor(lambda[i]);
            }
            return new TabulatedCurve(lambda, values, TabulatedCurve.Outside.ZERO);
        });
    }
}
