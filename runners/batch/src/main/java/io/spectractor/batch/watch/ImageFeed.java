package io.spectractor.batch.watch;

import io.spectractor.batch.plan.InputFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a watch hears of images: a folder, or the messages of a topic. */
public interface ImageFeed extends AutoCloseable {
    /** Images that are complete now; waits a moment for them, and is null if there are none. */
    @Nullable
    List<InputFile> poll(long milliseconds) throws InterruptedException;

    /** Whether nothing is known that is complete or will be. */
    boolean quiet();

    @Override
    void close();
}
