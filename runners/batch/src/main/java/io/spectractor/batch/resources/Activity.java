package io.spectractor.batch.resources;

import io.spectractor.core.outcome.Stage;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What the worker threads of this process have in progress, for those who watch it. There is one for the process, as there is
 * one process to watch; nothing that is computed depends on it. Safe for threads.
 */
public final class Activity {
    private static final Activity OF_PROCESS = new Activity();

    private final Map<Thread, Work> works = new ConcurrentHashMap<>();

    private record Work(String image, String stage) {}

    /** Nothing in progress. */
    Activity() {}

    /** That of this process. */
    public static Activity ofProcess() {
        return OF_PROCESS;
    }

    /** This thread has taken an image. */
    public void begin(String image) {
        works.put(Thread.currentThread(), new Work(image, "read"));
    }

    /** The image of this thread has come to a stage; without an image nothing happens. */
    public void stage(Stage stage) {
        stage(stage.name().toLowerCase(Locale.ROOT));
    }

    private void stage(String name) {
        works.computeIfPresent(Thread.currentThread(), (thread, work) -> new Work(work.image(), name));
    }

    /** This thread is done with its image. */
    public void end() {
        works.remove(Thread.currentThread());
    }

    /** {@code stage:image} of each thread at work, in the order of their images. */
    String text() {
        Collection<Work> now = works.values();
        return now.isEmpty()
                ? ""
                : now.stream()
                        .map(w -> w.stage() + ":" + w.image().replaceAll("\\s", "_"))
                        .sorted()
                        .collect(Collectors.joining(" "));
    }
}
