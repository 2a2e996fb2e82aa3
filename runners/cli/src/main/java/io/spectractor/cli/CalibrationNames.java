package io.spectractor.cli;

import io.spectractor.batch.UsageException;
import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.calibration.DescribedCalibration;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.config.NearestMatch;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Sees before the first image that the calibration data have what was named. */
final class CalibrationNames {
    private CalibrationNames() {}

    /**
     * Checks the throughput of the configuration and the disperser of the command line.
     *
     * @throws UsageException if one is not there
     */
    static void require(ExtractionConfig config, @Nullable String disperser, CalibrationStore calibration) {
        String throughput = config.site().throughput();
        if (calibration.throughput(throughput).isEmpty()) {
            SortedSet<String> names = new TreeSet<>(calibration.throughputNames());
            names.add(DescribedCalibration.UNKNOWN_THROUGHPUT);
            throw new UsageException("site.throughput = '" + throughput + "' is not among the calibration data"
                    + proposal(throughput, names));
        }
        if (disperser != null && calibration.disperser(disperser).isEmpty()) {
            throw new UsageException("--disperser " + disperser + " is not among the calibration data"
                    + proposal(disperser, calibration.disperserNames()));
        }
    }

    private static String proposal(String word, SortedSet<String> names) {
        return NearestMatch.of(word, names)
                .map(n -> "; did you mean " + n + "?")
                .orElse("; there are " + String.join(", ", names));
    }
}
