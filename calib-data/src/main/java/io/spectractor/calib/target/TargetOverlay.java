package io.spectractor.calib.target;

import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.calibration.ForwardingCalibration;
import io.spectractor.core.target.Target;
import io.spectractor.core.target.TargetCatalogue;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Calibration data with further targets, which win over those of the same name. */
final class TargetOverlay extends ForwardingCalibration {
    private final TargetCatalogue added;

    TargetOverlay(CalibrationStore store, TargetCatalogue added) {
        super(store);
        this.added = added;
    }

    @Override
    public SortedSet<String> targetNames() {
        SortedSet<String> names = new TreeSet<>(super.targetNames());
        names.addAll(added.names());
        return Collections.unmodifiableSortedSet(names);
    }

    @Override
    public Optional<Target> target(String name) {
        return added.find(name).or(() -> super.target(name));
    }
}
