package io.spectractor.core.observation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A logbook as rows of cells, however it was written.
 *
 * @param form how it was written, a few words, e.g. "semicolons"
 * @param titles names of the columns
 * @param titleRow where they stand, 1 for the first line
 * @param rows one per exposure
 */
record LogbookTable(String form, List<String> titles, int titleRow, List<DelimitedText.Row> rows) {
    /** Remarks may stand above the titles. */
    private static final int LINES_BEFORE_TITLES = 20;

    LogbookTable {
        titles = List.copyOf(titles);
        rows = List.copyOf(rows);
    }

    /**
     * Reads a table of text, or a list of exposures in JSON.
     *
     * @throws LogbookException if it is neither, or no line names the columns
     */
    static LogbookTable of(String name, byte[] bytes) {
        String start = new String(bytes, 0, Math.min(bytes.length, 64), StandardCharsets.ISO_8859_1);
        if (start.startsWith("\u00ef\u00bb\u00bf")) {
            start = start.substring(3);
        }
        if (start.stripLeading().startsWith("{") || start.stripLeading().startsWith("[")) {
            return JsonLogbook.table(name, bytes);
        }
        return ofText(name, bytes);
    }

    private static LogbookTable ofText(String name, byte[] bytes) {
        DelimitedText text = DelimitedText.of(name, bytes);
        List<DelimitedText.Row> rows = text.rows();
        if (rows.isEmpty()) {
            // separators and blanks alone
            throw new LogbookException(name, "the logbook is empty");
        }
        int header = header(rows);
        List<DelimitedText.Row> data = new ArrayList<>();
        for (DelimitedText.Row row : rows.subList(header + 1, rows.size())) {
            if (!row.cells().get(0).startsWith(DelimitedText.REMARK)) {
                data.add(row);
            }
        }
        List<String> titles = new ArrayList<>(rows.get(header).cells());
        titles.set(0, titles.get(0).replaceFirst("^#\\s*", ""));
        if (titles.get(0).isEmpty() && text.form().equals(DelimitedText.BLANKS)) {
            titles.remove(0);
        }
        return new LogbookTable(text.form(), titles, rows.get(header).number(), data);
    }

    /** The first line that has a column for files or exposures, else the first; a remark only if no other line has one. */
    private static int header(List<DelimitedText.Row> rows) {
        List<Integer> titles = new ArrayList<>();
        List<Integer> remarks = new ArrayList<>();
        for (int i = 0; i < rows.size() && titles.size() < LINES_BEFORE_TITLES; i++) {
            boolean remark = rows.get(i).cells().get(0).startsWith(DelimitedText.REMARK);
            (remark ? remarks : titles).add(i);
        }
        int first = titles.isEmpty() ? 0 : titles.get(0);
        titles.addAll(remarks);
        for (int i : titles) {
            List<String> plain =
                    rows.get(i).cells().stream().map(LogbookColumn::plain).toList();
            for (LogbookColumn column :
                    List.of(LogbookColumn.FILE, LogbookColumn.EXPOSURE_ID, LogbookColumn.SEQUENCE)) {
                if (plain.size() > 1 && column.titles().stream().anyMatch(plain::contains)) {
                    return i;
                }
            }
        }
        return first;
    }
}
