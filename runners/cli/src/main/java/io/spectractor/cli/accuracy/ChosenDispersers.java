package io.spectractor.cli.accuracy;

import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.calibration.ForwardingCalibration;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Calibration data that list some of their dispersers only, so that a campaign draws no others. */
public final class ChosenDispersers extends ForwardingCalibration {
    private final SortedSet<String> names;

    /**
     * @param store calibration data
     * @param chosen labels of dispersers
     * @throws IllegalArgumentException if the data lack one of them
     */
    public ChosenDispersers(CalibrationStore store, List<String> chosen) {
        super(store);
        for (String label : chosen) {
            if (!store.disperserNames().contains(label)) {
                throw new IllegalArgumentException("disperser " + label + " is not in the calibration data; known: "
                        + String.join(", ", store.disperserNames()));
            }
        }
        this.names = Collections.unmodifiableSortedSet(new TreeSet<>(chosen));
    }

    @Override
    public SortedSet<String> disperserNames() {
        return names;
    }
}
