package io.spectractor.serve.runs;

import io.spectractor.batch.UsageException;
import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.result.RunInfo;
import io.spectractor.batch.result.RunState;
import io.spectractor.batch.result.RunSummary;
import io.spectractor.batch.run.RunFolder;
import io.spectractor.serve.data.OutputFolders;
import io.spectractor.serve.page.CsrfToken;
import io.spectractor.serve.page.Html;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** The list of runs, and the page of each. */
final class RunsPage {
    private static final int LISTED = 200;
    private static final int IMAGES = 500;

    private final OutputFolders folders;
    private final RunCache cache;
    private final Html html;
    private final CsrfToken csrf;

    RunsPage(OutputFolders folders, RunCache cache, Html html, CsrfToken csrf) {
        this.folders = folders;
        this.cache = cache;
        this.html = html;
        this.csrf = csrf;
    }

    String list() {
        StringBuilder out = new StringBuilder();
        if (folders.all().isEmpty()) {
            out.append("<p>No output folder was named. <code>spectractor serve DIR --runs products ...</code>"
                    + " shows the runs in <code>products</code>.</p>\n");
        }
        for (Map.Entry<String, Path> entry : folders.all().entrySet()) {
            out.append("<h2>").append(Html.text(entry.getKey())).append("</h2>\n");
            folder(entry.getKey(), entry.getValue(), out);
        }
        return html.page("Runs", "/runs", out.toString());
    }

    private void folder(String name, Path path, StringBuilder out) {
        List<RunFolder> runs;
        try {
            if (!Files.isDirectory(path)) {
                out.append(Html.error("The folder " + path + " is not there any more."));
                return;
            }
            runs = new ArrayList<>(RunFolder.list(path));
        } catch (UsageException e) {
            out.append(Html.error(e.getMessage()));
            return;
        }
        if (runs.isEmpty()) {
            out.append("<p class=\"note\">There is no run in ")
                    .append(Html.text(path))
                    .append(".</p>\n");
            return;
        }
        Collections.reverse(runs);
        out.append(
                "<div class=\"wide\"><table><tr><th>run</th><th>state</th><th>started</th><th>images</th><th></th></tr>\n");
        runs.stream().limit(LISTED).forEach(run -> row(name, run, out));
        out.append("</table></div>\n");
        if (runs.size() > LISTED) {
            out.append("<p class=\"note\">The last ")
                    .append(LISTED)
                    .append(" of ")
                    .append(runs.size());
            out.append(" are shown.</p>\n");
        }
    }

    private void row(String name, RunFolder run, StringBuilder out) {
        out.append("<tr><td><a href=\"")
                .append(Html.text(address(name, run.runId())))
                .append("\">");
        out.append(Html.text(run.runId())).append("</a></td>");
        try {
            RunSummary summary = cache.summary(run);
            out.append("<td>").append(RunText.badge(summary.state())).append("</td><td>");
            out.append(Html.text(RunText.second(summary.info().startedAt()))).append("</td><td>");
            out.append(Html.text(summary.counts().line())).append("</td><td class=\"narrow\">");
            out.append(RunText.bar(summary.counts())).append("</td>");
        } catch (IOException | UsageException e) {
            out.append("<td colspan=\"4\">").append(Html.text(reason(e))).append("</td>");
        }
        out.append("</tr>\n");
    }

    /** What is wrong with a run's folder, in a sentence. */
    static String reason(Exception e) {
        return e instanceof UsageException
                ? String.valueOf(e.getMessage())
                : "it cannot be read (" + e.getClass().getSimpleName().replaceAll("Exception$", "") + ")";
    }

    String address(String name, String run) {
        return html.base() + "/runs/" + name + "/run/" + run;
    }

    String run(String name, RunFolder folder) throws IOException {
        RunSummary summary = cache.summary(folder);
        String at = address(name, folder.runId());
        boolean running = summary.state() == RunState.RUNNING;
        StringBuilder out = new StringBuilder();
        out.append(running ? "<p class=\"note\" id=\"live\" role=\"status\">&nbsp;</p>\n" : "");
        out.append("<div id=\"parts\"");
        if (running) {
            out.append(" data-events=\"").append(Html.text(at)).append("/events\"");
        }
        out.append("><section data-part=\"now\">").append(RunText.now(folder, summary, Instant.now()));
        out.append("</section>\n");
        if (running) {
            out.append("<details><summary>Cancel this run</summary><form method=\"post\" action=\"")
                    .append(Html.text(at))
                    .append("/cancel\">")
                    .append(csrf.field())
                    .append("<p>Images in progress are finished; <code>resume</code> does the rest later.</p>")
                    .append("<button>Cancel it</button></form></details>\n");
        }
        out.append("<h2>Failures by cause</h2>\n<section data-part=\"failures\">")
                .append(FailureText.of(summary))
                .append("</section>\n<h2>What it takes</h2>\n<section data-part=\"panels\">")
                .append(Panels.of(folder))
                .append("</section>\n<h2>Images</h2>\n<section data-part=\"images\">")
                .append(images(name, summary))
                .append("</section></div>\n");
        out.append("<p><a href=\"")
                .append(html.base())
                .append("/runs/")
                .append(name)
                .append("/files/_runs/");
        out.append(folder.runId())
                .append("/report.html\">The whole report</a>, with pictures, times and settings</p>\n");
        logs(at, folder, out);
        facts(summary, out);
        if (running) {
            out.append("<script src=\"").append(html.base()).append("/live.js\" defer></script>\n");
        }
        return html.page("Run " + folder.runId(), "/runs", out.toString());
    }

    private void logs(String at, RunFolder folder, StringBuilder out) throws IOException {
        List<Path> logs = folder.filledLogs();
        if (logs.isEmpty()) {
            return;
        }
        out.append("<h2>Logs</h2>\n<ul>");
        for (Path log : logs) {
            String file = RunText.fileName(log);
            out.append("<li><a href=\"").append(Html.text(at)).append("/logs/");
            out.append(Html.encoded(file)).append("\">").append(Html.text(file)).append("</a> (");
            out.append(Files.size(log)).append(" bytes)</li>");
        }
        out.append("</ul>\n");
    }

    /** What became of each image. */
    String images(String name, RunSummary summary) {
        StringBuilder out = new StringBuilder("<details")
                .append(summary.images().size() <= 30 ? " open" : "")
                .append("><summary>")
                .append(summary.images().size());
        out.append(
                " images</summary><div class=\"wide\"><table><tr><th>image</th><th>state</th><th>product</th></tr>\n");
        summary.images().stream().limit(IMAGES).forEach(image -> image(name, image, out));
        out.append("</table></div></details>\n");
        if (summary.images().size() > IMAGES) {
            out.append("<p class=\"note\">The first ").append(IMAGES).append(" are listed.</p>\n");
        }
        return out.toString();
    }

    private void image(String name, ImageResult image, StringBuilder out) {
        String product = image.product();
        out.append("<tr><td>").append(Html.text(image.name())).append("</td><td>");
        out.append(Html.text(
                image.status().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ')));
        out.append("</td><td>");
        if (product != null) {
            file(name, product, product, out);
            String plot = product.replaceFirst("\\.fits$", "") + ".png";
            if (folders.file(name, plot).isPresent()) {
                out.append(' ');
                file(name, plot, "picture", out);
            }
        }
        out.append("</td></tr>\n");
    }

    private void file(String name, String file, String text, StringBuilder out) {
        if (folders.file(name, file).isEmpty()) {
            out.append(Html.text(text)).append(" (gone)");
            return;
        }
        out.append("<a href=\"")
                .append(html.base())
                .append("/runs/")
                .append(name)
                .append("/files/");
        out.append(Html.encoded(file).replace("+", "%20"))
                .append("\">")
                .append(Html.text(text))
                .append("</a>");
    }

    private static void facts(RunSummary summary, StringBuilder out) {
        RunInfo info = summary.info();
        out.append("<h2>The run</h2>\n<dl>");
        fact("command", String.join(" ", info.commandLine()), out);
        fact("started", RunText.second(info.startedAt()), out);
        fact("ended", summary.endedAt() == null ? "-" : RunText.second(summary.endedAt()), out);
        fact("scheduler", info.scheduler() + ", " + info.workers() + " workers", out);
        fact("machine", info.host() + ", " + info.machine(), out);
        fact("code", info.codeVersion(), out);
        fact("configuration", info.configSha256(), out);
        fact("calibration", info.calibrationVersion() + ", " + info.calibrationSha256(), out);
        out.append("</dl>\n");
    }

    private static void fact(String name, String value, StringBuilder out) {
        out.append("<dt>")
                .append(name)
                .append("</dt><dd>")
                .append(Html.text(value))
                .append("</dd>\n");
    }
}
