package io.spectractor.cli.accuracy;

import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.calibration.ForwardingCalibration;
import io.spectractor.core.target.Target;
import io.spectractor.core.target.TargetCatalogue;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Calibration data without a star, and so without a template of it; or with the spectrum of another one under its name.
 */
public final class WithheldStar extends ForwardingCalibration {
    private final CalibrationStore store;
    private final String star;
    private final @Nullable Target instead;

    /**
     * @param store calibration data
     * @param star name of the star that is taken out of the list of targets
     * @param instead the star whose spectrum is found under that name, or null for none
     */
    public WithheldStar(CalibrationStore store, String star, @Nullable Target instead) {
        super(store);
        this.store = store;
        this.star = star;
        this.instead = instead;
    }

    @Override
    public SortedSet<String> targetNames() {
        SortedSet<String> names = new TreeSet<>(store.targetNames());
        names.removeIf(this::withheld);
        return Collections.unmodifiableSortedSet(names);
    }

    @Override
    public Optional<Target> target(String name) {
        if (!withheld(name)) {
            return store.target(name);
        }
        return Optional.ofNullable(instead)
                .map(other -> new Target(
                        star,
                        other.kind(),
                        other.rightAscensionDeg(),
                        other.declinationDeg(),
                        other.redshift(),
                        other.sed(),
                        other.sedOrigin()));
    }

    private boolean withheld(String name) {
        return TargetCatalogue.normalise(name).equals(TargetCatalogue.normalise(star));
    }
}
