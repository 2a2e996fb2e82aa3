package io.spectractor.batch.report;

import io.spectractor.batch.result.Counts;
import io.spectractor.batch.result.RunInfo;
import io.spectractor.batch.result.RunSummary;
import java.util.Locale;

/** The head of the report: how the run ended, the counts, and the facts. */
final class RunSection {
    private static final int SHORT_HASH = 12;

    private final RunSummary summary;

    RunSection(RunSummary summary) {
        this.summary = summary;
    }

    void render(Html html) {
        RunInfo info = summary.info();
        String state = summary.state().name().toLowerCase(Locale.ROOT);
        html.open("header");
        html.element("p", "Spectractor: report of a run", "class", "kicker");
        html.open("h1").text(info.runId() + " ").element("span", state, "class", "badge " + state);
        html.close();
        String reason = summary.stopReason();
        if (reason != null) {
            html.element("p", "Stopped early: " + reason, "class", "warning");
        }
        html.close();
        counts(html, summary.counts());
        facts(html, info);
    }

    private static void counts(Html html, Counts counts) {
        int clean = counts.done() - counts.withCaveats();
        html.open("section", "class", "counts");
        tile(html, counts.total(), "images", "all");
        tile(html, clean, "done", "done");
        tile(html, counts.withCaveats(), "done with caveats", "caveats");
        tile(html, counts.failed(), "failed", "failed");
        tile(html, counts.skipped(), "skipped", "skipped");
        tile(html, counts.notRun(), "not run", "notrun");
        html.close();
        if (counts.total() > 0) {
            html.open("div", "class", "bar", "role", "img", "aria-label", counts.line());
            share(html, clean, counts.total(), "done");
            share(html, counts.withCaveats(), counts.total(), "caveats");
            share(html, counts.failed(), counts.total(), "failed");
            share(html, counts.skipped(), counts.total(), "skipped");
            share(html, counts.notRun(), counts.total(), "notrun");
            html.close();
        }
        if (counts.reused() > 0) {
            html.element(
                    "p",
                    counts.reused() + " of the products were kept from an earlier run: same input, settings,"
                            + " calibration and code.",
                    "class",
                    "note");
        }
    }

    private static void tile(Html html, int number, String label, String kind) {
        html.open("div", "class", number == 0 ? "tile zero" : "tile " + kind);
        html.element("b", Integer.toString(number));
        html.element("span", label);
        html.close();
    }

    private static void share(Html html, int number, int total, String kind) {
        if (number > 0) {
            String width = String.format(Locale.ROOT, "width:%.3f%%", 100.0 * number / total);
            html.element("span", "", "class", kind, "style", width);
        }
    }

    private void facts(Html html, RunInfo info) {
        html.open("section").element("h2", "The run").open("dl");
        fact(html, "Command", String.join(" ", info.commandLine()), "code");
        fact(html, "Started", toTheSecond(info.startedAt()), "span");
        String ended = summary.endedAt();
        fact(html, "Ended", ended == null ? "not yet, or unknown" : toTheSecond(ended), "span");
        fact(html, "Time", duration(), "span");
        fact(html, "Scheduler", info.scheduler() + ", " + info.workers() + " workers", "span");
        fact(html, "Machine", info.host() + " · " + info.machine(), "span");
        fact(html, "Code", info.codeVersion(), "span");
        fact(html, "Configuration", shortHash(info.configSha256()), "code");
        fact(html, "Calibration", info.calibrationVersion() + " · " + shortHash(info.calibrationSha256()), "code");
        fact(html, "Products in", summary.outputFolder().toString(), "code");
        html.close().close();
    }

    private String duration() {
        int worked = (int) summary.images().stream()
                .filter(i -> i.attempts() > 0 && !i.reused())
                .count();
        String seconds = Numbers.seconds(summary.seconds());
        if (worked == 0 || !(summary.seconds() > 0)) {
            return seconds;
        }
        return String.format(Locale.ROOT, "%s, %.1f images per minute", seconds, worked * 60 / summary.seconds());
    }

    private static void fact(Html html, String name, String value, String tag) {
        html.element("dt", name).open("dd").element(tag, value).close();
    }

    /** An instant without the fraction of its second, which tells a reader nothing. */
    private static String toTheSecond(String instant) {
        return instant.replaceFirst("\\.\\d+Z$", "Z");
    }

    private static String shortHash(String sha256) {
        return sha256.substring(0, Math.min(SHORT_HASH, sha256.length()));
    }
}
