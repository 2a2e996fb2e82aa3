package io.spectractor.core.calibration;

import io.spectractor.core.instrument.DescribedDisperser;
import io.spectractor.core.instrument.Instrument;
import io.spectractor.core.optics.Disperser;
import io.spectractor.core.optics.PositionMap;
import io.spectractor.core.optics.TabulatedCurve;
import io.spectractor.core.target.Lamp;
import io.spectractor.core.target.Target;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Calibration data with what an instrument's description adds: its own dispersers, and the throughput {@link
 * #UNKNOWN_THROUGHPUT}. What the description says wins. A {@link Lamp} is a target too.
 */
public final class DescribedCalibration extends ForwardingCalibration {
    /** Name of a throughput that nobody measured: 1 at all wavelengths. */
    public static final String UNKNOWN_THROUGHPUT = "unknown";

    private final CalibrationStore store;
    private final Instrument instrument;

    private DescribedCalibration(CalibrationStore store, Instrument instrument) {
        super(store);
        this.store = store;
        this.instrument = instrument;
    }

    /** The data as an instrument sees them. */
    public static CalibrationStore of(CalibrationStore store, Instrument instrument) {
        return new DescribedCalibration(store, instrument);
    }

    @Override
    public SortedSet<String> disperserNames() {
        SortedSet<String> names = new TreeSet<>(store.disperserNames());
        instrument.dispersers().stream()
                .filter(DescribedDisperser::isDescribed)
                .map(DescribedDisperser::label)
                .forEach(names::add);
        return names;
    }

    @Override
    public Optional<Disperser> disperser(String label) {
        return instrument
                .disperser(label)
                .filter(DescribedDisperser::isDescribed)
                .map(DescribedCalibration::disperser)
                .or(() -> store.disperser(label));
    }

    private static Disperser disperser(DescribedDisperser own) {
        return new Disperser(
                own.label(),
                own.label(),
                PositionMap.constant(own.groovesPerMm()),
                PositionMap.constant(own.angleDeg()),
                TabulatedCurve.constant(1),
                null,
                null);
    }

    /** A star, or a lamp by its name. */
    @Override
    public Optional<Target> target(String name) {
        return store.target(name).or(() -> Lamp.named(name));
    }

    @Override
    public Optional<TabulatedCurve> throughput(String name) {
        return name.equalsIgnoreCase(UNKNOWN_THROUGHPUT)
                ? Optional.of(TabulatedCurve.constant(1))
                : store.throughput(name);
    }
}
