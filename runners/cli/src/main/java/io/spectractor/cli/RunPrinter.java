package io.spectractor.cli;

import io.spectractor.batch.ExitCode;
import io.spectractor.batch.Json;
import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.result.ImageStatus;
import io.spectractor.batch.result.RunSummary;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Says how a run ended, or how it stands. */
final class RunPrinter {
    private final PrintStream out;

    RunPrinter(PrintStream out) {
        this.out = out;
    }

    void print(RunSummary summary, @Nullable ExitCode exitCode, boolean json) {
        if (json) {
            out.println(Json.pretty(asMap(summary, exitCode)));
            return;
        }
        out.println(
                "run " + summary.info().runId() + " " + summary.state().name().toLowerCase(Locale.ROOT)
                        + (summary.stopReason() == null ? "" : " (" + summary.stopReason() + ")")
                        + ": " + summary.counts().line()
                        + String.format(Locale.ROOT, " in %.1f s", summary.seconds()));
        printCauses(summary.images());
        out.println("products: " + summary.outputFolder());
        out.println("summary:  " + summary.runFolder().resolve("summary.csv"));
        out.println("report:   " + summary.runFolder().resolve("report.html"));
    }

    /** Failures of one kind and stage on one line. */
    private void printCauses(List<ImageResult> images) {
        Map<String, Integer> causes = new TreeMap<>();
        for (ImageResult image : images) {
            if (image.failure() != null) {
                String cause = image.failure().kind() + " in " + image.failure().stage();
                causes.merge(cause.toLowerCase(Locale.ROOT), 1, Integer::sum);
            }
        }
        causes.forEach((cause, count) -> out.println("failed:   " + count + " " + cause));
        Map<String, Integer> reasons = new TreeMap<>();
        images.stream()
                .filter(i -> i.status() == ImageStatus.SKIPPED)
                .forEach(i -> reasons.merge(String.valueOf(i.note()), 1, Integer::sum));
        reasons.forEach((reason, count) -> out.println("skipped:  " + count + " " + reason));
    }

    /** The end of a run on one line of JSON. */
    static Map<String, Object> asEvent(RunSummary summary, ExitCode exitCode) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("event", "ended");
        fields.put("run", summary.info().runId());
        fields.put("exitCode", exitCode.code());
        fields.put("runFolder", summary.runFolder().toString());
        fields.put("counts", summary.counts());
        return fields;
    }

    static Map<String, Object> asMap(RunSummary summary, @Nullable ExitCode exitCode) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("run", summary.info());
        fields.put("state", summary.state());
        if (summary.stopReason() != null) {
            fields.put("stopReason", summary.stopReason());
        }
        if (exitCode != null) {
            fields.put("exitCode", exitCode.code());
        }
        fields.put("outputFolder", summary.outputFolder().toString());
        fields.put("runFolder", summary.runFolder().toString());
        fields.put("seconds", summary.seconds());
        fields.put("counts", summary.counts());
        fields.put("images", summary.images());
        return fields;
    }
}
