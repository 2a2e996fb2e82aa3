package io.spectractor.serve.page;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.spectractor.serve.data.QueryRejectedException;
import io.spectractor.serve.vo.Job;
import io.spectractor.serve.vo.Jobs;
import io.spectractor.serve.vo.Parameters;
import io.spectractor.serve.vo.ResultFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Results that are made in the background: the jobs of TAP, as a page. */
final class RequestsPage {
    private static final int QUERY = 160;

    private final Jobs jobs;
    private final Html html;
    private final CsrfToken csrf;
    private final long mostRows;

    /**
     * @param mostRows rows of a result at most
     */
    RequestsPage(Jobs jobs, Html html, CsrfToken csrf, long mostRows) {
        this.jobs = jobs;
        this.html = html;
        this.csrf = csrf;
        this.mostRows = mostRows;
    }

    String page() {
        List<Job> all = jobs.all();
        StringBuilder out = new StringBuilder();
        if (all.isEmpty()) {
            out.append("<p>Nothing was requested. <a href=\"").append(html.base());
            out.append("/explore\">Explore</a> makes requests, and so does every program that uses TAP.</p>\n");
            return html.page("Requests", "/requests", out.toString());
        }
        boolean active = all.stream().anyMatch(job -> job.phase().isActive());
        out.append("<div class=\"wide\" id=\"requests\"" + (active ? Html.FOLLOWED : "")
                + "><table><tr><th>state</th><th>query</th><th>asked for</th><th>result</th><th></th></tr>\n");
        all.forEach(job -> row(job, out));
        out.append("</table></div>\n<p class=\"note\">They are kept for a week, or until the server stops.</p>\n");
        return html.page("Requests", "/requests", out.toString());
    }

    private void row(Job job, StringBuilder out) {
        String query = String.valueOf(job.parameters().get("QUERY"));
        String error = job.error();
        out.append("<tr><td>")
                .append(job.phase().name().toLowerCase(Locale.ROOT))
                .append("</td><td class=\"narrow\"><code>");
        out.append(Html.text(query.length() > QUERY ? query.substring(0, QUERY) + " ..." : query))
                .append("</code></td><td>");
        out.append(Html.text(job.created().toString().replaceFirst("\\..*", "Z")))
                .append("</td><td>");
        ResultFormat format = job.format();
        if (job.result() != null && format != null) {
            out.append("<a download href=\"")
                    .append(html.base())
                    .append("/tap/async/")
                    .append(job.id());
            out.append("/results/result\">")
                    .append(Html.text(format.aliases().get(0)))
                    .append("</a>");
        }
        // a message may list all columns that there are
        boolean listing = error != null && error.length() > QUERY;
        out.append(error == null ? "" : Html.text(listing ? error.substring(0, QUERY) + " ..." : error))
                .append("</td><td><form method=\"post\" action=\"");
        out.append(html.base())
                .append("/requests/")
                .append(job.id())
                .append("/delete\">")
                .append(csrf.field());
        out.append("<button>")
                .append(job.phase().isActive() ? "Cancel" : "Delete")
                .append("</button></form></td></tr>\n");
    }

    void create(Context http) {
        csrf.check(http);
        String query = http.formParam("QUERY");
        String format = http.formParam("RESPONSEFORMAT");
        if (query == null || query.isBlank() || format == null) {
            throw new QueryRejectedException("a request needs a query and a format");
        }
        Job job = jobs.create(
                new Parameters(Map.of(
                        "LANG", List.of("ADQL"),
                        "QUERY", List.of(query),
                        "RESPONSEFORMAT", List.of(format),
                        "MAXREC", List.of(Long.toString(mostRows)))),
                List.of());
        jobs.run(job);
        http.redirect(html.base() + "/requests", HttpStatus.SEE_OTHER);
    }

    void delete(Context http) {
        csrf.check(http);
        Job job = jobs.get(http.pathParam("id"));
        if (job != null) {
            jobs.destroy(job);
        }
        http.redirect(html.base() + "/requests", HttpStatus.SEE_OTHER);
    }
}
