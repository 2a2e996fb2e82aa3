package io.spectractor.wronghouse.instrument;

import io.spectractor.wronghouse.pipeline.Stages;

/** A room that looks at one it must not know. */
public final class InstrumentFault {
    /** Reaches for the pipeline. */
    public static int reach() {
        return Stages.count();
    }

    private InstrumentFault() {}
}
