package io.spectractor.batch.run;

/**
 * What a run did before its first event in the journal, for those who want to know where the time went: the file
 * {@code start.json} of the run folder.
 *
 * @param processStartedAt when the process was started (ISO 8601, UTC); empty if the system does not tell
 * @param calibrationSeconds opening the calibration data, s
 * @param planSeconds finding and joining inputs, logbook and targets, s
 */
public record StartupTimes(String processStartedAt, double calibrationSeconds, double planSeconds) {
    /** Its name in the run folder. */
    public static final String FILE = "start.json";

    /** The times of this process. */
    public static StartupTimes of(double calibrationSeconds, double planSeconds) {
        String started = ProcessHandle.current()
                .info()
                .startInstant()
                .map(Object::toString)
                .orElse("");
        return new StartupTimes(started, calibrationSeconds, planSeconds);
    }
}
