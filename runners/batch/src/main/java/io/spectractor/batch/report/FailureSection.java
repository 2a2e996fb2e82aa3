package io.spectractor.batch.report;

import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.result.RunSummary;
import io.spectractor.core.outcome.Caveat;
import io.spectractor.core.outcome.Caveat.Rank;
import io.spectractor.core.outcome.Failure;
import io.spectractor.core.outcome.FailureKind;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Why images failed, grouped by cause, and what is to be known of those that did not. */
final class FailureSection {
    private static final int NAMED = 30;

    private final RunSummary summary;

    FailureSection(RunSummary summary) {
        this.summary = summary;
    }

    void render(Html html) {
        List<FailureGroup> groups = FailureGroup.of(summary.images());
        if (!groups.isEmpty()) {
            html.open("section").element("h2", "Failures by cause");
            groups.forEach(group -> group(html, group));
            html.close();
        }
        caveats(html);
    }

    private static void group(Html html, FailureGroup group) {
        int n = group.images().size();
        html.open("article", "class", "cause");
        html.open("h3").element("span", Integer.toString(n), "class", "badge failed");
        html.text(" " + group.cause()).close();
        html.element(
                "p",
                meaning(group.kind()) + ", in stage " + group.stage().name().toLowerCase(Locale.ROOT),
                "class",
                "note");
        html.open("ul", "class", "files");
        for (ImageResult image : group.images().subList(0, Math.min(NAMED, n))) {
            html.open("li").element("code", image.name());
            Failure failure = image.failure();
            if (failure != null && !failure.message().endsWith(group.cause())) {
                html.text(" " + failure.message());
            }
            if (failure != null && !failure.trace().isEmpty()) {
                html.open("details")
                        .element("summary", "trace")
                        .element("pre", failure.trace())
                        .close();
            }
            html.close();
        }
        if (n > NAMED) {
            html.element("li", "and " + (n - NAMED) + " more: see summary.csv");
        }
        html.close().close();
    }

    private static String meaning(FailureKind kind) {
        return switch (kind) {
            case UNPROCESSABLE -> "The input can't be used";
            case NO_SPECTRUM -> "The input holds no usable spectrum";
            case TIMEOUT -> "It took longer than its time limit";
            case RETRYABLE -> "Another try may succeed";
            case BUG -> "An internal error: please report it with the trace";
        };
    }

    private void caveats(Html html) {
        Map<Caveat, Integer> counts = new EnumMap<>(Caveat.class);
        summary.images().forEach(image -> image.caveats().forEach(c -> counts.merge(c, 1, Integer::sum)));
        if (counts.isEmpty()) {
            return;
        }
        html.open("section").element("h2", "Caveats");
        html.element(
                "p",
                "Look at the plot of an image with a warning before using its spectrum. Information is good to know."
                        + " docs/troubleshooting.md explains what to do about each.",
                "class",
                "note");
        html.open("table").open("tbody");
        for (Rank rank : List.of(Rank.WARNING, Rank.INFORMATION)) {
            for (Caveat caveat : Caveat.ofRank(rank, counts.keySet())) {
                String word = rank.name().toLowerCase(Locale.ROOT);
                html.open("tr").element("td", Integer.toString(counts.get(caveat)), "class", "number");
                html.open("td").element("span", word, "class", "caveat-" + word).close();
                html.open("td").element("code", caveat.name()).close();
                html.element("td", caveat.meaning()).close();
            }
        }
        html.close().close().close();
    }
}
