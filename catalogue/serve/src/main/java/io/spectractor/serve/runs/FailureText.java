package io.spectractor.serve.runs;

import io.spectractor.batch.report.FailureGroup;
import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.result.RunSummary;
import io.spectractor.core.outcome.Failure;
import io.spectractor.serve.page.Html;
import java.util.List;
import java.util.Locale;

/** Failures of a run, grouped by cause as its report groups them. */
final class FailureText {
    private static final int NAMED = 20;

    private FailureText() {}

    static String of(RunSummary summary) {
        List<FailureGroup> groups = FailureGroup.of(summary.images());
        if (groups.isEmpty()) {
            return "<p>No image has failed.</p>\n";
        }
        StringBuilder out = new StringBuilder();
        for (FailureGroup group : groups) {
            out.append("<article class=\"cause\"><h3><span class=\"badge failed\">")
                    .append(group.images().size())
                    .append("</span> ")
                    .append(Html.text(group.cause()))
                    .append("</h3>\n<p class=\"note\">")
                    .append(Html.text((group.kind() + ", in stage " + group.stage()).toLowerCase(Locale.ROOT)))
                    .append("</p>\n<details><summary>images</summary><ul>");
            for (ImageResult image :
                    group.images().subList(0, Math.min(NAMED, group.images().size()))) {
                Failure failure = image.failure();
                out.append("<li><code>").append(Html.text(image.name())).append("</code> ");
                if (failure != null) {
                    out.append(Html.text(failure.message()));
                    if (!failure.trace().isEmpty()) {
                        out.append("<pre>").append(Html.text(failure.trace())).append("</pre>");
                    }
                }
                out.append("</li>\n");
            }
            if (group.images().size() > NAMED) {
                out.append("<li>and ").append(group.images().size() - NAMED).append(" more</li>\n");
            }
            out.append("</ul></details></article>\n");
        }
        return out.toString();
    }
}
