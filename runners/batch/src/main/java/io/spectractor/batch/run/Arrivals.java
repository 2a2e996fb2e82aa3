package io.spectractor.batch.run;

import io.spectractor.batch.plan.PlannedImage;
import io.spectractor.batch.result.ImageResult;
import java.util.List;

/** Images that come while a run is at work. */
public interface Arrivals {
    /**
     * The next images; waits for them. An image whose name was there before takes its place in the plan.
     *
     * @param stop ends the waiting
     * @return what the run does with each; empty if none come any more
     */
    List<PlannedImage> next(StopSignal stop);

    /** Told of every image that is settled; called from any thread. */
    void settled(ImageResult result);
}
