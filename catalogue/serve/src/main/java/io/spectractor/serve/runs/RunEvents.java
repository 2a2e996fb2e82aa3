package io.spectractor.serve.runs;

import io.javalin.http.sse.SseClient;
import io.spectractor.batch.result.RunState;
import io.spectractor.batch.result.RunSummary;
import io.spectractor.batch.run.RunFolder;
import io.spectractor.serve.page.Html;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells the pages of runs what has changed. A clock looks once a second at the runs that somebody looks at; each page has a thread of
 * its own that sends the parts that are others than before, so that a browser that does not read keeps nobody waiting but itself.
 */
final class RunEvents implements AutoCloseable {
    private static final int MOST = 100;
    /** Panels are drawn anew every so many looks: they change all the time. */
    private static final int PANELS_EVERY = 5;

    /**
     * A page that is told.
     *
     * @param sent what it knows, by part; only whoever has made it busy may touch it
     */
    private record Watch(
            String name, RunFolder folder, SseClient client, Map<String, String> sent, AtomicBoolean busy) {}

    private final RunCache cache;
    private final RunsPage page;
    private final List<Watch> watches = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "run-events");
        thread.setDaemon(true);
        return thread;
    });
    private final ExecutorService senders = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "run-event");
        thread.setDaemon(true);
        return thread;
    });
    private long looks;

    RunEvents(RunCache cache, RunsPage page) {
        this.cache = cache;
        this.page = page;
        var unused = clock.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

    /** Serves a client until it goes or the run ends. */
    void serve(String name, RunFolder folder, SseClient client) {
        if (watches.size() >= MOST) {
            client.sendEvent("end", "too many look at runs now; load the page again later");
            client.close();
            return;
        }
        Watch watch = new Watch(name, folder, client, new HashMap<>(), new AtomicBoolean());
        client.keepAlive();
        client.onClose(() -> watches.remove(watch));
        watches.add(watch);
    }

    private void look() {
        looks++;
        boolean panels = looks % PANELS_EVERY == 0;
        for (Watch watch : watches) {
            if (watch.busy().compareAndSet(false, true)) {
                senders.execute(() -> {
                    try {
                        tell(watch, panels);
                    } catch (IOException | RuntimeException e) {
                        end(watch, RunsPage.reason(e));
                    } finally {
                        watch.busy().set(false);
                    }
                });
            }
        }
    }

    private void tell(Watch watch, boolean panels) throws IOException {
        if (watch.client().terminated()) {
            watches.remove(watch);
            return;
        }
        if (!watch.folder().exists()) {
            end(watch, "the folder of this run is not there any more");
            return;
        }
        RunSummary summary = cache.summary(watch.folder());
        send(watch, "now", RunText.now(watch.folder(), summary, Instant.now()));
        send(watch, "failures", FailureText.of(summary));
        send(watch, "images", page.images(watch.name(), summary));
        boolean over = summary.state() != RunState.RUNNING;
        if (over || panels) {
            send(watch, "panels", Panels.of(watch.folder()));
        }
        if (over) {
            end(watch, "the run has ended");
        } else {
            // who has gone is noticed when something is sent
            watch.client().sendComment("still there");
        }
    }

    private static void send(Watch watch, String part, String html) {
        if (!html.equals(watch.sent().put(part, html))) {
            watch.client().sendEvent(part, html);
        }
    }

    private void end(Watch watch, String why) {
        watches.remove(watch);
        try {
            watch.client().sendEvent("end", Html.text(why));
            watch.client().close();
        } catch (RuntimeException e) {
            org.slf4j.LoggerFactory.getLogger(RunEvents.class).debug("a page has gone", e);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        senders.shutdownNow();
        watches.forEach(watch -> watch.client().close());
    }
}
