package io.spectractor.batch.result;

import io.spectractor.core.outcome.Caveat;
import java.util.Collection;

/** What became of an image. An image that failed never looks like one that was not run. */
public enum ImageStatus {
    /** Its product is in the output folder, perhaps with caveats that are information only. */
    DONE,
    /** Its product is there, with a warning: something to look at before using it. */
    DONE_WITH_CAVEATS,
    /** No product; the failure says why. */
    FAILED,
    /** Left out on purpose, e.g. a bias; the note says why. */
    SKIPPED,
    /** The run ended, or has not come, before it. */
    NOT_RUN;

    /** The status of an image with a product that carries these caveats. */
    public static ImageStatus done(Collection<Caveat> caveats) {
        return Caveat.anyWarning(caveats) ? DONE_WITH_CAVEATS : DONE;
    }

    /** Whether there is a product. */
    public boolean isDone() {
        return this == DONE || this == DONE_WITH_CAVEATS;
    }
}
