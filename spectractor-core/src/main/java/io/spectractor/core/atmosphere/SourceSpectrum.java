package io.spectractor.core.atmosphere;

import io.spectractor.core.optics.TabulatedCurve;
import java.util.function.DoubleUnaryOperator;

/** What a spectrum would be without atmosphere: energy distribution times telescope times disperser. Immutable. */
public final class SourceSpectrum {
    private static final double FIRST_NM = 290;
    private static final double STEP_NM = 0.1;
    private static final int SIZE = 9001;

    private final double[] flux;
    private final ThroughputErrors errors;

    private SourceSpectrum(double[] flux, ThroughputErrors errors) {
        this.flux = flux;
        this.errors = errors;
    }

    /**
     * @param sed energy distribution above the atmosphere, erg/s/cm²/nm
     * @param transmission of telescope, filter and disperser against wavelength in nm
     */
    public static SourceSpectrum of(TabulatedCurve sed, DoubleUnaryOperator transmission) {
        double[] flux = new double[SIZE];
        for (int i = 0; i < SIZE; i++) {
            double lambda = FIRST_NM + i * STEP_NM;
            flux[i] = Math.max(0, sed.at(lambda) * transmission.applyAsDouble(lambda));
        }
        return new SourceSpectrum(flux, ThroughputErrors.none());
    }

    /** The same through a throughput that is known with errors only. */
    public SourceSpectrum withErrors(ThroughputErrors ofThroughput) {
        return new SourceSpectrum(flux, ofThroughput);
    }

    /** Errors of the throughput; none unless some were given. */
    public ThroughputErrors errors() {
        return errors;
    }

    /** Flux density, erg/s/cm²/nm, at a wavelength in nm; 0 outside 290 to 1190 nm. */
    public double at(double lambdaNm) {
        double position = (lambdaNm - FIRST_NM) / STEP_NM;
        if (!(position >= 0) || position >= SIZE - 1) {
            return 0;
        }
        int i = (int) position;
        return flux[i] + (position - i) * (flux[i + 1] - flux[i]);
    }
}
