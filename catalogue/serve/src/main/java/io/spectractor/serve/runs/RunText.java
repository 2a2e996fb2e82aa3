package io.spectractor.serve.runs;

import io.spectractor.batch.result.Counts;
import io.spectractor.batch.result.RunState;
import io.spectractor.batch.result.RunSummary;
import io.spectractor.batch.run.JournalEvent;
import io.spectractor.batch.run.RunFolder;
import io.spectractor.serve.page.Html;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** How a run stands, as HTML. */
final class RunText {
    /** Images whose rate counts as that of now. */
    private static final int RECENT = 20;

    private RunText() {}

    static String badge(RunState state) {
        String word = state.name().toLowerCase(Locale.ROOT);
        return "<span class=\"badge " + word + "\">" + word + "</span>";
    }

    /** Shares of the images by what became of them. */
    static String bar(Counts counts) {
        if (counts.total() == 0) {
            return "";
        }
        StringBuilder out = new StringBuilder("<svg class=\"bar\" viewBox=\"0 0 1000 12\" preserveAspectRatio=\"none\" "
                + "role=\"img\" aria-label=\"" + Html.text(counts.line()) + "\">");
        double from = 0;
        int clean = counts.done() - counts.withCaveats();
        int[] numbers = {clean, counts.withCaveats(), counts.failed(), counts.skipped()};
        String[] kinds = {"done", "caveats", "failed", "skipped"};
        for (int i = 0; i < numbers.length; i++) {
            double width = 1000.0 * numbers[i] / counts.total();
            out.append(String.format(
                    Locale.ROOT,
                    "<rect class=\"%s\" x=\"%.1f\" y=\"0\" width=\"%.1f\" height=\"12\"/>",
                    kinds[i],
                    from,
                    width));
            from += width;
        }
        return out.append("</svg>\n").toString();
    }

    /** State, counts, pace, and what is in progress. */
    static String now(RunFolder folder, RunSummary summary, Instant now) throws IOException {
        StringBuilder out = new StringBuilder("<p>")
                .append(badge(summary.state()))
                .append(' ')
                .append(Html.text(summary.counts().line()))
                .append("</p>\n")
                .append(bar(summary.counts()));
        if (summary.stopReason() != null) {
            out.append("<p>Stopped early: ")
                    .append(Html.text(summary.stopReason()))
                    .append("</p>\n");
        }
        folder.causeOfDeath()
                .ifPresent(cause -> out.append("<p class=\"error\">Its process ")
                        .append(Html.text(cause))
                        .append("</p>\n"));
        out.append("<p>").append(pace(folder.journal(), summary, now)).append("</p>\n");
        if (summary.state() == RunState.RUNNING) {
            inWork(folder, out);
        } else if (summary.state() != RunState.FINISHED && summary.counts().notRun() > 0) {
            out.append("<p><code>spectractor resume ")
                    .append(Html.text(summary.outputFolder()))
                    .append("</code> does the rest.</p>\n");
        }
        return out.toString();
    }

    private static void inWork(RunFolder folder, StringBuilder out) throws IOException {
        TreeSet<String> names = new TreeSet<>(folder.inWork());
        if (!names.isEmpty()) {
            out.append("<p class=\"note\">In progress: ");
            names.stream().limit(50).forEach(name -> out.append(Html.text(name)).append(' '));
            out.append("</p>\n");
        }
    }

    private static String pace(List<JournalEvent> events, RunSummary summary, Instant now) {
        List<Instant> ends = events.stream()
                .filter(e -> e.event() == JournalEvent.Type.IMAGE_FINISHED
                        && e.result() != null
                        && e.result().attempts() > 0
                        && !e.result().reused())
                .map(e -> Instant.parse(e.time()))
                .toList();
        String work = "At work for " + duration(summary.seconds());
        if (ends.size() < 2) {
            return work;
        }
        boolean running = summary.state() == RunState.RUNNING;
        int images = running ? Math.min(RECENT, ends.size() - 1) : ends.size() - 1;
        Instant to = running ? now : ends.get(ends.size() - 1);
        double seconds = Math.max(
                0.001, Duration.between(ends.get(ends.size() - 1 - images), to).toMillis() / 1e3);
        String rate = String.format(Locale.ROOT, "%s, %.1f images per minute", work, 60 * images / seconds);
        int left = summary.counts().notRun();
        return running && left > 0 ? rate + ", about " + duration(seconds / images * left) + " left" : rate;
    }

    static String duration(double seconds) {
        long s = Math.round(seconds);
        if (s < 100) {
            return s + " s";
        }
        return s < 6000
                ? Math.round(s / 60.0) + " min"
                : String.format(Locale.ROOT, "%d h %02d min", s / 3600, s / 60 % 60);
    }

    /** An instant without the fraction of its second. */
    static String second(String instant) {
        return instant.replaceFirst("\\.\\d+Z$", "Z");
    }

    static String fileName(Path path) {
        return String.valueOf(path.getFileName());
    }
}
