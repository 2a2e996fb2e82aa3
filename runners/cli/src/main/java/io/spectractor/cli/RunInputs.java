package io.spectractor.cli;

import io.spectractor.batch.Json;
import io.spectractor.batch.run.RunFolder;
import io.spectractor.batch.run.StartupTimes;
import io.spectractor.calib.target.ResolvedTargets;
import io.spectractor.remote.SchedulerOptions;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a run folder keeps of its calibration data and targets, for the case that the run is resumed. */
final class RunInputs {
    private static final String CALIBRATION = "calibration.json";
    private static final String TARGETS = "targets.json";
    private static final String SCHEDULER = "scheduler.json";

    private RunInputs() {}

    static Map<String, String> files(RunData data, SchedulerOptions scheduler, StartupTimes times) {
        return Map.of(
                CALIBRATION,
                Json.pretty(data.choice()),
                TARGETS,
                data.targets().json(),
                SCHEDULER,
                Json.pretty(scheduler),
                StartupTimes.FILE,
                Json.pretty(times));
    }

    /** What was said to the scheduler; runs of earlier versions were local. */
    static SchedulerOptions scheduler(RunFolder folder) throws IOException {
        Optional<String> text = folder.file(SCHEDULER);
        return text.isEmpty()
                ? new SchedulerOptions(LocalSchedulerFactory.NAME, folder.info().workers(), new TreeMap<>())
                : Json.read(text.get(), SchedulerOptions.class);
    }

    static CalibrationChoice calibration(RunFolder folder) throws IOException {
        Optional<String> text = folder.file(CALIBRATION);
        return text.isEmpty() ? CalibrationChoice.embedded() : Json.read(text.get(), CalibrationChoice.class);
    }

    static ResolvedTargets targets(RunFolder folder) throws IOException {
        return folder.file(TARGETS)
                .map(text ->
                        ResolvedTargets.parse(folder.path().resolve(TARGETS).toString(), text))
                .orElseGet(ResolvedTargets::none);
    }
}
