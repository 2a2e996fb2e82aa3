package io.spectractor.serve.page;

import io.javalin.http.Context;
import io.spectractor.serve.data.BusyException;
import io.spectractor.serve.data.ColumnSpec;
import io.spectractor.serve.data.QueryRejectedException;
import io.spectractor.serve.data.TableSpec;
import io.spectractor.serve.page.PageQueries.Answer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Columns, a sample, filters, a drawing, and the result in any format; the query is always shown and can be written by hand. */
final class ExplorePage {
    private static final int SHOWN = 100;

    private final PageQueries queries;
    private final Html html;
    private final CsrfToken csrf;

    ExplorePage(PageQueries queries, Html html, CsrfToken csrf) {
        this.queries = queries;
        this.html = html;
        this.csrf = csrf;
    }

    String page(Context http) {
        Map<String, List<String>> given = http.queryParamMap();
        @Nullable String query = Pages.parameter(http, "query");
        StringBuilder out = new StringBuilder();
        try {
            Drawing drawing = Drawing.of(http);
            ExploreForm form = ExploreForm.of(given);
            TableSpec table = table(form.table());
            String asked = query;
            if (asked == null && table != null) {
                asked = form.adql(table, drawing.columns(table));
            }
            if (table != null) {
                out.append(new ExploreSteps(html, queries.now().tables()).write(form, table, drawing, query != null));
            }
            String text = asked == null ? "SELECT * FROM TAP_SCHEMA.tables" : asked;
            List<ColumnSpec> columns = List.of();
            try {
                Answer answer = queries.ask(text, SHOWN, false);
                columns = answer.columns();
                out.append(expert(text, columns, drawing));
                out.append(drawing.draw(queries, text, columns, html));
                out.append(request(text));
                new ResultTable(html).write(answer, out);
            } catch (QueryRejectedException e) {
                http.status(400);
                if (columns.isEmpty()) {
                    out.append(expert(text, columns, drawing));
                }
                out.append(Html.error(e.getMessage()));
            }
        } catch (NotThereException | QueryRejectedException e) {
            http.status(e instanceof NotThereException ? 404 : 400);
            out.append(Html.error(e.getMessage())).append("<p><a href=\"").append(html.base());
            out.append("/explore\">Begin again</a></p>\n");
        } catch (BusyException e) {
            http.status(503);
            out.append(Html.error(e.getMessage()));
        }
        return html.page("Explore", "/explore", out.toString());
    }

    private @Nullable TableSpec table(@Nullable String name) {
        List<TableSpec> all = queries.now().tables();
        if (name != null) {
            return all.stream()
                    .filter(table -> table.isNamed(name))
                    .findFirst()
                    .orElseThrow(() -> new NotThereException("there is no table " + name));
        }
        List<TableSpec> ours = all.stream()
                .filter(table -> !table.schema().equals("TAP_SCHEMA"))
                .toList();
        return ours.stream()
                .filter(table -> table.name().equals("spectra"))
                .findFirst()
                .orElse(ours.isEmpty() ? null : ours.get(0));
    }

    private String expert(String query, List<ColumnSpec> columns, Drawing drawing) {
        StringBuilder out = new StringBuilder("<form action=\"" + html.base()
                + "/explore\">\n<label>The query, in ADQL; change it as you like"
                + "<textarea name=\"query\" spellcheck=\"false\" required>\n"
                + Html.text(query) + "</textarea></label>\n<div class=\"row\">");
        List<String> numbers = columns.stream()
                .filter(column -> column.type().isNumber())
                .map(ColumnSpec::name)
                .toList();
        ExploreSteps.drawing(drawing, numbers, out);
        return out.append("<button>Run this query</button></div>\n</form>\n").toString();
    }

    private String request(String query) {
        StringBuilder out = new StringBuilder("<form method=\"post\" action=\"" + html.base()
                + "/requests\"><div class=\"row\">" + csrf.field() + "<input type=\"hidden\" name=\"QUERY\" value=\""
                + Html.text(query) + "\"><label>All rows, made in the background, as<select name=\"RESPONSEFORMAT\">");
        new TreeMap<>(Pages.formats())
                .forEach((name, format) -> out.append("<option value=\"")
                        .append(format)
                        .append("\">")
                        .append(name)
                        .append("</option>"));
        out.append("</select></label><button>Request</button> ");
        out.append(ExternalLinks.samp(
                html.base() + "/tap/sync?LANG=ADQL&MAXREC=" + Drawing.POINTS + "0&QUERY=" + Html.encoded(query),
                "rows"));
        return out.append("</div></form>\n").toString();
    }
}
