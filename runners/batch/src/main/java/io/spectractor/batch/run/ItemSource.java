package io.spectractor.batch.run;

import io.spectractor.batch.plan.WorkItem;
import java.util.List;

/** Where work comes from that is not known before. Called from one thread at a time. */
@FunctionalInterface
public interface ItemSource {
    /**
     * The next items; waits for them.
     *
     * @param until ends the waiting
     * @return empty if the waiting was ended, or none come any more
     */
    List<WorkItem> next(StopSignal until);
}
