package io.spectractor.calib.target;

import io.spectractor.calib.CalibrationException;
import io.spectractor.calib.Sha256;
import io.spectractor.calib.sed.SedFile;
import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.target.Target;
import io.spectractor.core.target.TargetCatalogue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The targets of a batch, as they are kept in its run folder ({@code targets.json}), so that a resumed run has the same.
 *
 * @param catalogued names that the calibration data know
 * @param added what was found elsewhere: targets that the calibration data lack, or whose energy distribution they lack
 * @param unresolved why a name is not known; its images get the caveat TARGET_UNKNOWN
 */
public record ResolvedTargets(List<String> catalogued, List<TargetRecord> added, SortedMap<String, String> unresolved) {
    public ResolvedTargets {
        catalogued = List.copyOf(catalogued);
        added = List.copyOf(added);
        unresolved = new TreeMap<>(unresolved);
    }

    /** No targets. */
    public static ResolvedTargets none() {
        return new ResolvedTargets(List.of(), List.of(), new TreeMap<>());
    }

    /**
     * The same with an energy distribution of the user's own for a target, known or not.
     *
     * @param name as images name it
     * @param known what the calibration data know of it, or null
     * @param source where the spectrum is from
     */
    public ResolvedTargets withSed(String name, @Nullable Target known, SedFile sed, String source) {
        String key = TargetCatalogue.normalise(name);
        List<TargetRecord> others = new ArrayList<>(added);
        TargetRecord before = added.stream()
                .filter(record -> TargetCatalogue.normalise(record.name()).equals(key))
                .findFirst()
                .orElse(null);
        others.remove(before);
        TargetRecord record = before;
        if (record == null) {
            record = known == null
                    ? new TargetRecord(name, Target.Kind.STAR, 0, 0, 0, null, null, "position unknown", null)
                    : TargetRecord.of(known, "calibration data").named(name);
        }
        others.add(record.withSed(sed.lambdaNm(), sed.flux(), source));
        SortedMap<String, String> left = new TreeMap<>(unresolved);
        left.keySet().removeIf(unknown -> TargetCatalogue.normalise(unknown).equals(key));
        return new ResolvedTargets(catalogued, others, left);
    }

    /** The calibration data with the targets that were added. */
    public CalibrationStore over(CalibrationStore store) {
        if (added.isEmpty()) {
            return store;
        }
        return new TargetOverlay(
                store,
                new TargetCatalogue(added.stream().map(TargetRecord::target).toList(), new TreeMap<>()));
    }

    /**
     * Stands for the calibration data and the targets: a product made with other targets does not fit.
     *
     * @param calibrationSha256 digest of the calibration data
     */
    public String contentSha256(String calibrationSha256) {
        return added.isEmpty()
                ? calibrationSha256
                : Sha256.of((calibrationSha256 + "\n" + TargetJson.write(added)).getBytes(StandardCharsets.UTF_8));
    }

    /** As text. */
    public String json() {
        return TargetJson.write(this);
    }

    /**
     * Reads {@link #json}.
     *
     * @param source for messages
     * @throws CalibrationException if the text is something else
     */
    public static ResolvedTargets parse(String source, String json) {
        try {
            ResolvedTargets read = TargetJson.read(json, ResolvedTargets.class);
            read.added().forEach(TargetRecord::target);
            return read;
        } catch (IOException | RuntimeException e) {
            throw new CalibrationException(source + " is damaged: " + e.getMessage(), e);
        }
    }
}
