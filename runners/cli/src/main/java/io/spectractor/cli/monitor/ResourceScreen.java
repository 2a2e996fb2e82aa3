package io.spectractor.cli.monitor;

import io.spectractor.batch.run.RunFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;

/** Shows a run in the terminal until it is over. */
public final class ResourceScreen {
    private static final long EVERY_MS = 2000;

    private final PrintStream out;
    private final Clock clock;
    private final boolean live;

    /**
     * A screen.
     *
     * @param live whether it is renewed until the run is over
     */
    public ResourceScreen(PrintStream out, Clock clock, boolean live) {
        this.out = out;
        this.clock = clock;
        this.live = live;
    }

    /** Shows the run. Ends with it, or at once. */
    public void show(RunFolder folder) throws IOException {
        RunView view = new RunView(folder, clock.instant());
        while (live && view.isRunning()) {
            StringBuilder text = new StringBuilder("\u001b[H");
            // each line is cleared to its end, then all below: nothing flickers
            view.lines().forEach(line -> text.append(line).append("\u001b[K\n"));
            out.print(text.append("\u001b[J"));
            out.flush();
            try {
                Thread.sleep(EVERY_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            view = new RunView(folder, clock.instant());
        }
        if (live) {
            out.print("\u001b[H\u001b[J");
        }
        view.lines().forEach(out::println);
    }
}
