package io.spectractor.batch.run;

import io.spectractor.batch.plan.RunPlan;
import io.spectractor.core.config.ExtractionConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Everything that a run is asked.
 *
 * @param outputFolder where products go; made if it is not there
 * @param runId name of the run
 * @param config the configuration
 * @param plan what to do
 * @param existing what to do with products that are already there
 * @param continues whether a run of this name exists and is to be continued in its folder
 * @param maxFailures failed images after which the run stops, 0 for no limit
 * @param calibrationVersion version of the calibration data
 * @param calibrationSha256 hash of the calibration data
 * @param codeVersion version of this software
 * @param commandLine the words of the command
 * @param files further files of the run folder, their texts by name, written before the first image
 */
public record RunSettings(
        Path outputFolder,
        String runId,
        ExtractionConfig config,
        RunPlan plan,
        ExistingProducts existing,
        boolean continues,
        int maxFailures,
        String calibrationVersion,
        String calibrationSha256,
        String codeVersion,
        List<String> commandLine,
        Map<String, String> files) {
    public RunSettings {
        commandLine = List.copyOf(commandLine);
        files = Map.copyOf(files);
    }
}
