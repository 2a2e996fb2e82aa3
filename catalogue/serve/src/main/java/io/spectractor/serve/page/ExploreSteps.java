package io.spectractor.serve.page;

import io.spectractor.serve.data.ColumnSpec;
import io.spectractor.serve.data.TableSpec;
import io.spectractor.serve.page.Drawing.Kind;
import io.spectractor.serve.page.ExploreForm.Filter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The form of the page Explore. */
final class ExploreSteps {
    private final Html html;
    private final List<TableSpec> tables;

    ExploreSteps(Html html, List<TableSpec> tables) {
        this.html = html;
        this.tables = tables;
    }

    /**
     * The form.
     *
     * @param folded whether it is out of the way, because the query was written by hand
     */
    String write(ExploreForm form, TableSpec table, Drawing drawing, boolean folded) {
        StringBuilder out = new StringBuilder();
        out.append("<details class=\"steps\"")
                .append(folded ? "" : " open")
                .append("><summary>Step by step</summary>\n");
        out.append("<form action=\"").append(html.base()).append("/explore\"><div class=\"row\"><label>1. Table");
        out.append("<select name=\"table\">");
        for (TableSpec one : tables) {
            option(one.fullName(), one.fullName().equals(table.fullName()), out);
        }
        out.append("</select></label><button>Choose</button></div></form>\n<form action=\"")
                .append(html.base());
        out.append("/explore\"><input type=\"hidden\" name=\"table\" value=\"").append(Html.text(table.fullName()));
        out.append("\">\n");
        columns(form, table, out);
        out.append("<fieldset><legend>3. Sample and place</legend><div class=\"row\">");
        input("sample", "percent of the rows, at random", form.percent() == 100 ? "100" : "" + form.percent(), out);
        input("seed", "number of the sample", "" + form.seed(), out);
        double[] cone = form.cone();
        if (table.sky() != null) {
            input("ra", "right ascension, deg", cone == null ? "" : "" + cone[0], out);
            input("dec", "declination, deg", cone == null ? "" : "" + cone[1], out);
            input("radius", "radius, deg", cone == null ? "" : "" + cone[2], out);
        }
        out.append("</div></fieldset>\n<fieldset><legend>4. Filters</legend>");
        for (int i = 1; i <= ExploreForm.FILTERS; i++) {
            filter(i, i <= form.filters().size() ? form.filters().get(i - 1) : null, table, out);
        }
        out.append("</fieldset>\n<fieldset><legend>5. Plot</legend><div class=\"row\">");
        drawing(
                drawing,
                table.columns().stream()
                        .filter(column -> column.type().isNumber())
                        .map(ColumnSpec::name)
                        .toList(),
                out);
        out.append("</div></fieldset>\n<button>Show</button></form></details>\n");
        return out.toString();
    }

    private static void columns(ExploreForm form, TableSpec table, StringBuilder out) {
        List<String> chosen = form.columns().isEmpty() ? ExploreForm.usual(table) : form.columns();
        out.append("<fieldset><legend>2. Columns</legend><div class=\"choices\">");
        for (ColumnSpec column : table.columns()) {
            out.append("<label class=\"choice\" title=\"")
                    .append(Html.text(column.description()))
                    .append("\">");
            out.append("<input type=\"checkbox\" name=\"columns\" value=\"").append(Html.text(column.name()));
            out.append(chosen.contains(column.name()) ? "\" checked> " : "\"> ");
            out.append(Html.text(column.name())).append("</label>");
        }
        out.append("</div></fieldset>\n");
    }

    private static void filter(int number, @Nullable Filter filter, TableSpec table, StringBuilder out) {
        out.append("<div class=\"row\"><select name=\"f").append(number).append("\" aria-label=\"column of filter ");
        out.append(number).append("\"><option value=\"\">-</option>");
        for (ColumnSpec column : table.columns()) {
            if (!column.type().isArray()) {
                option(column.name(), filter != null && filter.column().equals(column.name()), out);
            }
        }
        out.append("</select><select name=\"o").append(number).append("\" aria-label=\"sign of filter ");
        out.append(number).append("\">");
        for (String sign : ExploreForm.SIGNS) {
            option(sign, filter != null && filter.sign().equals(sign), out);
        }
        out.append("</select><input name=\"v").append(number).append("\" aria-label=\"value of filter ");
        out.append(number).append("\" value=\"").append(Html.text(filter == null ? "" : filter.value()));
        out.append("\"></div>\n");
    }

    /** The choices of a drawing. */
    static void drawing(Drawing drawing, List<String> columns, StringBuilder out) {
        out.append("<label>plot<select name=\"plot\">");
        for (Kind kind : Kind.values()) {
            out.append("<option value=\"").append(kind.word()).append(kind == drawing.kind() ? "\" selected>" : "\">");
            out.append(kind.label()).append("</option>");
        }
        out.append("</select></label>\n");
        axis("x", drawing.x(), drawing.xRange(), columns, out);
        axis("y", drawing.y(), drawing.yRange(), columns, out);
    }

    private static void axis(
            String axis, @Nullable String chosen, double @Nullable [] range, List<String> columns, StringBuilder out) {
        out.append("<label>along ")
                .append(axis)
                .append("<select name=\"")
                .append(axis)
                .append("\">");
        out.append("<option value=\"\">-</option>");
        columns.forEach(column -> option(column, column.equals(chosen), out));
        out.append("</select></label>\n");
        input(axis + "min", axis + " from", range == null ? "" : String.format(Locale.ROOT, "%s", range[0]), out);
        input(axis + "max", axis + " to", range == null ? "" : String.format(Locale.ROOT, "%s", range[1]), out);
    }

    private static void option(String name, boolean selected, StringBuilder out) {
        out.append(selected ? "<option selected>" : "<option>")
                .append(Html.text(name))
                .append("</option>");
    }

    private static void input(String name, String label, String value, StringBuilder out) {
        out.append("<label>")
                .append(label)
                .append("<input class=\"short\" name=\"")
                .append(name);
        out.append("\" inputmode=\"decimal\" value=\"").append(Html.text(value)).append("\"></label>\n");
    }
}
