package io.spectractor.batch.run;

import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.result.ImageStatus;
import io.spectractor.core.outcome.Failure;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Says how far a run is: a bar on a terminal, elsewhere a line every ten seconds, and one line per failed image. Safe
 * for threads.
 */
public final class ProgressMeter {
    private static final long LINE_EVERY_NS = 10_000_000_000L;
    private static final long BAR_EVERY_NS = 200_000_000L;
    private static final int BAR_WIDTH = 30;

    private final PrintStream out;
    private final Style style;
    private final LongSupplier nanoClock;
    private long startNs;
    private long lastNs;
    private int total;
    private int done;
    private int failed;
    private int reused;
    private boolean barShown;
    private boolean idleShown;

    /**
     * How to say it.
     *
     * @param terminal whether a person looks at a terminal: draws a bar
     * @param colour whether colours are welcome
     * @param silent whether to say nothing but failures
     */
    public record Style(boolean terminal, boolean colour, boolean silent) {
        /** Lines without colour. */
        public static Style plain() {
            return new Style(false, false, false);
        }
    }

    /**
     * A meter.
     *
     * @param out where to, the standard error stream
     * @param style how
     * @param nanoClock nanoseconds that only grow
     */
    public ProgressMeter(PrintStream out, Style style, LongSupplier nanoClock) {
        this.out = out;
        this.style = style;
        this.nanoClock = nanoClock;
    }

    /** The run begins with so many images to do. */
    public synchronized void start(int images) {
        total = images;
        startNs = nanoClock.getAsLong();
        lastNs = startNs;
    }

    /** So many more images have come. */
    public synchronized void more(int images) {
        total += images;
        idleShown = false;
    }

    /** An image is settled. */
    public synchronized void finished(ImageResult result) {
        done += result.status().isDone() ? 1 : 0;
        reused += result.reused() ? 1 : 0;
        failed += result.status() == ImageStatus.FAILED ? 1 : 0;
        failureLine(result);
        tick();
    }

    /** An image that failed in the plan, or that is otherwise not among those counted. */
    public synchronized void failedBeforeStart(ImageResult result) {
        failureLine(result);
    }

    /** Something to tell people, e.g. that the run stops. */
    public synchronized void say(String line) {
        clearBar();
        out.println(line);
    }

    /** Called now and then, so that the meter moves while nothing is finished. */
    public synchronized void tick() {
        long now = nanoClock.getAsLong();
        if (style.silent() || now - lastNs < (style.terminal() ? BAR_EVERY_NS : LINE_EVERY_NS)) {
            return;
        }
        lastNs = now;
        boolean idle = done + failed >= total;
        if (idle && idleShown) {
            // a run that waits for images says so once
            return;
        }
        idleShown = idle;
        if (style.terminal()) {
            out.print("\r\u001b[K" + bar() + " " + state(now));
            out.flush();
            barShown = true;
        } else {
            out.println("progress: " + state(now));
        }
    }

    /** The run is over. */
    public synchronized void end() {
        clearBar();
    }

    private void failureLine(ImageResult result) {
        Failure failure = result.failure();
        if (failure == null) {
            return;
        }
        clearBar();
        String word = style.colour() ? "\u001b[31mFAILED\u001b[0m" : "FAILED";
        String name = failure.message().contains(result.name()) ? "" : result.name() + ": ";
        String kind = failure.kind().name().toLowerCase(Locale.ROOT) + ", "
                + failure.stage().name().toLowerCase(Locale.ROOT);
        // one line per image, whatever the message holds
        out.println(word + " " + name + failure.message().replaceAll("\\R", " ") + " [" + kind + "]");
    }

    private void clearBar() {
        if (barShown) {
            out.print("\r\u001b[K");
            out.flush();
            barShown = false;
        }
    }

    private String bar() {
        int full = total == 0 ? BAR_WIDTH : BAR_WIDTH * (done + failed) / total;
        return "[" + "#".repeat(full) + ".".repeat(BAR_WIDTH - full) + "]";
    }

    private String state(long now) {
        double seconds = (now - startNs) / 1e9;
        int settled = done + failed;
        StringBuilder text = new StringBuilder().append(settled).append('/').append(total);
        text.append(" images, ").append(failed).append(" failed");
        if (reused > 0) {
            text.append(", ").append(reused).append(" kept");
        }
        text.append(", ").append(duration(seconds));
        if (settled > 0 && settled < total) {
            text.append(", about ")
                    .append(duration(seconds / settled * (total - settled)))
                    .append(" left");
        }
        return text.toString();
    }

    private static String duration(double seconds) {
        long s = Math.round(seconds);
        return s < 100
                ? s + " s"
                : s < 6000
                        ? s / 60 + " min"
                        : s / 3600 + " h " + String.format(Locale.ROOT, "%02d", s / 60 % 60) + " min";
    }
}
