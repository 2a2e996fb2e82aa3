package io.spectractor.bench.report;

import io.spectractor.batch.report.Html;
import java.util.List;
import java.util.regex.Pattern;

/** Tables and facts in a page. */
final class TableHtml {
    private static final Pattern NUMBER =
            Pattern.compile("[–+-]?([0-9][0-9.,]*)?( ?(s|%|min|h|core-hours))?([ ,–]+[0-9].*)?");

    /** Characters of a name that need not be broken. */
    private static final int SHORT = 32;

    private TableHtml() {}

    /** A table; columns of nothing but numbers are set to the right. */
    static void draw(Html html, ComparisonTable.Table table) {
        boolean[] numbers = new boolean[table.head().size()];
        for (int c = 0; c < numbers.length; c++) {
            int column = c;
            numbers[c] = table.rows().stream()
                    .allMatch(r -> NUMBER.matcher(r.get(column)).matches());
        }
        boolean shortNames = table.rows().stream().allMatch(r -> r.get(0).length() <= SHORT);
        html.open("div", "class", "scroll")
                .open("table", "class", shortNames ? "short" : "long")
                .open("thead")
                .open("tr");
        cells(html, "th", table.head(), numbers);
        html.close().close().open("tbody");
        for (List<String> row : table.rows()) {
            html.open("tr");
            cells(html, "td", row, numbers);
            html.close();
        }
        html.close().close().close();
    }

    private static void cells(Html html, String tag, List<String> cells, boolean[] numbers) {
        for (int c = 0; c < cells.size(); c++) {
            html.element(tag, cells.get(c), "class", numbers[c] ? "number" : "words");
        }
    }

    static void fact(Html html, String name, String value, String tag) {
        html.element("dt", name).open("dd").element(tag, value).close();
    }
}
