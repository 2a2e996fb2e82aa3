package io.spectractor.serve.page;

import io.spectractor.serve.data.ColumnSpec;
import io.spectractor.serve.page.PageQueries.Answer;
import org.jspecify.annotations.Nullable;

/** Rows of a result as a table. Stars and spectra in it lead to their pages. */
final class ResultTable {
    private final Html html;

    ResultTable(Html html) {
        this.html = html;
    }

    void write(Answer answer, StringBuilder out) {
        out.append("<h2>")
                .append(answer.overflow() ? "The first " : "")
                .append(answer.rows().size());
        out.append(answer.rows().size() == 1 ? " row" : " rows").append("</h2>\n");
        out.append("<div class=\"wide\"><table><tr>");
        for (ColumnSpec column : answer.columns()) {
            out.append("<th").append(right(column)).append('>').append(Html.text(column.name()));
            out.append(
                            column.unit().isEmpty()
                                    ? ""
                                    : "<br><span class=\"note\">" + Html.text(Html.unit(column.unit())) + "</span>")
                    .append("</th>");
        }
        out.append("</tr>\n");
        for (@Nullable Object[] row : answer.rows()) {
            out.append("<tr>");
            for (int i = 0; i < row.length; i++) {
                ColumnSpec column = answer.columns().get(i);
                out.append("<td")
                        .append(right(column))
                        .append(row[i] instanceof Double ? " title=\"" + row[i] + "\">" : ">")
                        .append(cell(column, row[i]))
                        .append("</td>");
            }
            out.append("</tr>\n");
        }
        out.append("</table></div>\n");
    }

    private static String right(ColumnSpec column) {
        return column.type().isNumber() ? " class=\"n\"" : "";
    }

    private String cell(ColumnSpec column, @Nullable Object value) {
        boolean none = value == null || (value instanceof Double number && number.isNaN());
        String text = none ? "" : String.valueOf(value);
        if (column.name().equals(SpectrumPage.DIGEST) && text.matches("[0-9a-f]{64}")) {
            return "<a href=\"" + SpectrumPage.address(html, text) + "\" title=\"" + text + "\">" + text.substring(0, 8)
                    + "</a>";
        }
        if (column.name().equals("target") && !text.isBlank()) {
            return "<a href=\"" + html.base() + "/star?star=" + Html.encoded(text) + "\">" + Html.text(text) + "</a>";
        }
        return Html.text(Html.value(value, column.ucd()));
    }
}
