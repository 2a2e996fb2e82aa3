package io.spectractor.serve.page;

import io.javalin.http.Context;
import io.spectractor.serve.data.ColumnSpec;
import io.spectractor.serve.data.QueryRefused;
import io.spectractor.serve.page.Answers.Answer;
import io.spectractor.serve.page.SvgPlot.Series;
import java.util.Arrays;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A query of one's own: rows, a drawing, and the result in any format. */
final class ExplorePage {
    private static final int SHOWN = 100;
    private static final int DRAWN = 5000;
    private static final int BINS = 60;

    private final Answers answers;
    private final Html html;

    ExplorePage(Answers answers, Html html) {
        this.answers = answers;
        this.html = html;
    }

    String page(Context http) {
        String query = Pages.parameter(http, "query");
        String x = Pages.parameter(http, "x");
        String y = Pages.parameter(http, "y");
        String body = "";
        @Nullable Answer answer = null;
        if (query != null) {
            try {
                answer = answers.ask(query, DRAWN, false);
                body = shown(query, answer, x, y);
            } catch (QueryRefused e) {
                http.status(400);
                body = Html.error(e.getMessage());
            }
        }
        return html.page("Explore", "/explore", form(query, answer, x, y) + body);
    }

    private String form(@Nullable String query, @Nullable Answer answer, @Nullable String x, @Nullable String y) {
        String text = query == null ? "SELECT TOP 100 *\nFROM " + first() : query;
        StringBuilder out = new StringBuilder("<form action=\"" + html.base()
                + "/explore\">\n<label>Query (ADQL)<textarea name=\"query\" spellcheck=\"false\" required>\n"
                + Html.text(text) + "</textarea></label>\n<div class=\"row\">");
        select("x", "draw along x", answer, x, out);
        select("y", "and along y (none: how many)", answer, y, out);
        return out.append("<button>Ask</button></div>\n</form>\n").toString();
    }

    private String first() {
        return answers.now().tables().stream()
                .findFirst()
                .map(table -> table.fullName())
                .orElse("TAP_SCHEMA.tables");
    }

    private static void select(
            String name, String label, @Nullable Answer answer, @Nullable String chosen, StringBuilder out) {
        out.append("<label>")
                .append(label)
                .append("<select name=\"")
                .append(name)
                .append("\"><option value=\"\">-</option>");
        if (answer != null) {
            for (ColumnSpec column : answer.columns()) {
                if (column.type().isNumber()) {
                    out.append("<option")
                            .append(column.name().equals(chosen) ? " selected" : "")
                            .append('>')
                            .append(Html.text(column.name()))
                            .append("</option>");
                }
            }
        }
        out.append("</select></label>\n");
    }

    private String shown(String query, Answer answer, @Nullable String x, @Nullable String y) {
        StringBuilder out = new StringBuilder("<p>")
                .append(answer.overflow() ? "more than " : "")
                .append(answer.rows().size())
                .append(answer.rows().size() == 1 ? " row" : " rows")
                .append("; as ");
        new TreeMap<>(Pages.formats())
                .forEach((name, format) -> out.append("<a href=\"")
                        .append(html.base())
                        .append("/tap/sync?LANG=ADQL&amp;RESPONSEFORMAT=")
                        .append(format)
                        .append("&amp;QUERY=")
                        .append(Html.encoded(query))
                        .append("\">")
                        .append(name)
                        .append("</a> "));
        out.append("</p>\n");
        if (x != null && answer.column(x) >= 0) {
            if (answer.overflow()) {
                out.append("<p class=\"note\">The first ").append(DRAWN).append(" rows are drawn.</p>\n");
            }
            out.append(y != null && answer.column(y) >= 0 ? scatter(answer, x, y) : histogram(answer, x));
        }
        rows(answer, out);
        return out.toString();
    }

    private static String named(Answer answer, String column) {
        ColumnSpec spec = answer.columns().get(answer.column(column));
        return spec.name() + (spec.unit().isEmpty() ? "" : " (" + spec.unit() + ")");
    }

    private static String scatter(Answer answer, String x, String y) {
        ColumnSpec spec = answer.columns().get(answer.column(y));
        return new SvgPlot(
                        named(answer, x),
                        named(answer, y),
                        spec.unit().equals("mag") && !spec.name().contains("err"))
                .add(new Series(
                        y, answer.numbers(answer.column(x)), answer.numbers(answer.column(y)), null, null, false))
                .draw();
    }

    private static String histogram(Answer answer, String x) {
        double[] values = Arrays.stream(answer.numbers(answer.column(x)))
                .filter(Double::isFinite)
                .toArray();
        if (values.length == 0) {
            return "<p class=\"note\">No values to draw.</p>\n";
        }
        double least = Arrays.stream(values).min().orElseThrow();
        double most = Arrays.stream(values).max().orElseThrow();
        double width = most > least ? (most - least) / BINS : 1;
        double[] counts = new double[BINS];
        for (double value : values) {
            counts[(int) Math.min(BINS - 1, (value - least) / width)]++;
        }
        double[] edges = new double[2 * BINS + 2];
        double[] heights = new double[2 * BINS + 2];
        for (int i = 0; i <= BINS; i++) {
            edges[2 * i] = least + i * width;
            edges[2 * i + 1] = edges[2 * i];
            heights[2 * i + 1] = i < BINS ? counts[i] : 0;
            heights[2 * i] = i > 0 ? counts[i - 1] : 0;
        }
        return new SvgPlot(named(answer, x), "rows", false)
                .add(Series.line(x, edges, heights))
                .draw();
    }

    private static void rows(Answer answer, StringBuilder out) {
        out.append("<div class=\"wide\"><table><tr>");
        answer.columns()
                .forEach(column -> out.append("<th>")
                        .append(Html.text(column.name()))
                        .append(
                                column.unit().isEmpty()
                                        ? ""
                                        : "<br><span class=\"note\">" + Html.text(column.unit()) + "</span>")
                        .append("</th>"));
        out.append("</tr>\n");
        answer.rows().stream().limit(SHOWN).forEach(row -> {
            out.append("<tr>");
            for (Object value : row) {
                out.append("<td>").append(Html.text(value)).append("</td>");
            }
            out.append("</tr>\n");
        });
        out.append("</table></div>\n");
        if (answer.rows().size() > SHOWN) {
            out.append("<p class=\"note\">The first ").append(SHOWN).append(" are shown.</p>\n");
        }
    }
}
