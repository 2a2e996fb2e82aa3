package io.spectractor.bench.cost;

import java.util.Locale;

/** What a worker does at a moment of a run. Every moment of every worker is one of these. */
public enum Phase {
    START("processes start, scheduler connects"),
    PLAN("inputs are listed, logbook and targets are joined"),
    CALIBRATION("calibration data are delivered and opened"),
    READ("an image is read and decoded"),
    SERVICE("an answer of an outside service is awaited"),
    COMPUTE("an image is extracted"),
    WRITE("a product is written"),
    LOST("work that was thrown away: a killed worker's, a copy that came second"),
    WAIT("idle, though images are left or in progress that this worker may still get"),
    TAIL("idle, because the others finish their last images"),
    SHUTDOWN("summary, report, processes end");

    private final String meaning;

    Phase(String meaning) {
        this.meaning = meaning;
    }

    /** What it stands for, for people. */
    public String meaning() {
        return meaning;
    }

    /** Its name in tables. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
