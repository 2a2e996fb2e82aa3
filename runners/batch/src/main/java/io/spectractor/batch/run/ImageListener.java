package io.spectractor.batch.run;

import io.spectractor.batch.plan.WorkItem;
import io.spectractor.batch.result.ImageResult;

/** Is told what happens to the images of a run. Called from any thread. */
public interface ImageListener {
    /** A worker has taken the item. */
    void started(WorkItem item, int attempt, String worker);

    /** The item will be tried again. */
    void retrying(WorkItem item, String reason);

    /** The item is settled. */
    void finished(WorkItem item, ImageResult result);

    /** The run cannot or should not go on: nothing more is started, what is not finished is left to a resumed run. */
    void stop(RunControl.Cause cause, String reason);
}
