package io.spectractor.core.simulation;

import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.optics.Disperser;
import io.spectractor.core.target.Target;
import java.util.List;
import java.util.stream.Collectors;

/** What a plan takes from the calibration data; what they lack is named together with what they have. */
final class CalibrationLookup {
    private static final int TRIES = 10_000;

    private final CalibrationStore store;

    CalibrationLookup(CalibrationStore store) {
        this.store = store;
    }

    /** @throws IllegalArgumentException if it isn't there */
    Target target(String name) {
        return store.target(name).orElseThrow(() -> unknown("target", name, store.targetNames()));
    }

    /** @throws IllegalArgumentException if it isn't there, or is a lamp */
    Target inTheSky(String name) {
        Target target = target(name);
        if (target.kind() == Target.Kind.LAMP) {
            throw new IllegalArgumentException("simulation: " + name
                    + " is a lamp, and has neither night nor place in the sky; choose another target");
        }
        return target;
    }

    /** @throws IllegalArgumentException if it isn't there */
    Disperser disperser(String label) {
        return store.disperser(label).orElseThrow(() -> unknown("disperser", label, store.disperserNames()));
    }

    /**
     * A place where the maps of all dispersers were measured and the first order stays on the chip.
     *
     * @throws IllegalArgumentException if there is none
     */
    PixelPosition place(SimulatedCamera camera, List<Disperser> dispersers, RandomSource random) {
        for (int i = 0; i < TRIES; i++) {
            PixelPosition place = camera.isCtio()
                    ? new PixelPosition(random.uniform(520, 820), random.uniform(400, 900))
                    : camera.place(dispersers, random);
            double x = place.x();
            double y = place.y();
            if (dispersers.stream()
                    .allMatch(d -> d.grooves().covers(x, y) && d.angle().covers(x, y))) {
                return place;
            }
        }
        throw new IllegalArgumentException("simulation: the map of disperser "
                + dispersers.stream().map(Disperser::label).collect(Collectors.joining(", "))
                + " does not cover the middle of the chip; say where order 0 falls");
    }

    static IllegalArgumentException unknown(String what, String name, Iterable<String> known) {
        return new IllegalArgumentException("simulation: " + what + " " + name
                + " is not in the calibration data; known: " + String.join(", ", known));
    }
}
