package io.spectractor.core.observation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where the columns of a logbook are, and how their cells are read. */
final class LogbookColumns {
    private static final int MAX_WINDOW_PX = 10_000;
    private static final int SHOWN = 8;

    private final String name;
    private final LogbookTable table;
    private final Map<LogbookColumn, Integer> index = new EnumMap<>(LogbookColumn.class);

    /**
     * Finds the columns.
     *
     * @param name what messages call the logbook
     * @throws LogbookException if a column occurs twice, or nothing names the images or the stars
     */
    LogbookColumns(String name, LogbookTable table) {
        this.name = name;
        this.table = table;
        List<String> plain = table.titles().stream().map(LogbookColumn::plain).toList();
        refuseTwice(plain);
        for (LogbookColumn column : LogbookColumn.values()) {
            column.titles().stream()
                    .mapToInt(plain::indexOf)
                    .filter(i -> i >= 0)
                    .findFirst()
                    .ifPresent(i -> index.put(column, i));
        }
        boolean numbered = index.containsKey(LogbookColumn.EXPOSURE_ID)
                || (index.containsKey(LogbookColumn.DAY) && index.containsKey(LogbookColumn.SEQUENCE));
        if (!index.containsKey(LogbookColumn.FILE) && !numbered) {
            throw missing("for the file (" + titles(LogbookColumn.FILE) + ") or the exposure ("
                    + titles(LogbookColumn.EXPOSURE_ID) + "; or dayobs and seqnum)");
        }
        if (!index.containsKey(LogbookColumn.OBJECT)) {
            throw missing("for the star (" + titles(LogbookColumn.OBJECT) + ")");
        }
        if (index.containsKey(LogbookColumn.X) != index.containsKey(LogbookColumn.Y)) {
            boolean x = index.containsKey(LogbookColumn.X);
            throw missing("for the position in " + (x ? "y (Obj-posYpix)" : "x (Obj-posXpix)")
                    + ", though there is one in " + (x ? "x" : "y"));
        }
    }

    private static String titles(LogbookColumn column) {
        return String.join(
                ", ", column.titles().subList(0, Math.min(4, column.titles().size())));
    }

    private LogbookException missing(String what) {
        return new LogbookException(
                name,
                "not a logbook: no column " + what + " among the titles, which are "
                        + UnprocessableFile.quote(String.join(", ", table.titles())));
    }

    private void refuseTwice(List<String> plain) {
        Set<String> known = new HashSet<>();
        for (LogbookColumn column : LogbookColumn.values()) {
            known.addAll(column.titles());
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < plain.size(); i++) {
            if (known.contains(plain.get(i)) && !seen.add(plain.get(i))) {
                throw LogbookException.atRow(
                        name, table.titleRow(), "column " + table.titles().get(i) + " occurs twice");
            }
        }
    }

    /** Whether there is such a column, and some row has something in it. */
    boolean hasPositions() {
        return index.containsKey(LogbookColumn.X)
                && table.rows().stream()
                        .anyMatch(row -> row.cells().size() > index.get(LogbookColumn.X)
                                && !blank(row.cells().get(index.get(LogbookColumn.X))));
    }

    /** The titles that were understood, and those passed over. */
    String description() {
        List<String> understood = new ArrayList<>();
        Set<Integer> used = new HashSet<>(index.values());
        List<String> others = new ArrayList<>();
        for (int i = 0; i < table.titles().size(); i++) {
            String title = table.titles().get(i);
            if (!title.isEmpty()) {
                (used.contains(i) ? understood : others).add(UnprocessableFile.quote(title));
            }
        }
        return "read " + String.join(", ", understood) + (others.isEmpty() ? "" : "; passed over " + some(others));
    }

    private static String some(List<String> titles) {
        int more = titles.size() - SHOWN;
        return more <= 1
                ? String.join(", ", titles)
                : String.join(", ", titles.subList(0, SHOWN)) + " and " + more + " more";
    }

    /** Whether a number of the table has a decimal comma. */
    boolean decimalCommas() {
        return table.rows().stream()
                .flatMap(row -> row.cells().stream())
                .anyMatch(cell -> cell.matches("[+-]?\\d+,\\d+"));
    }

    /**
     * A row.
     *
     * @throws LogbookException if a cell can't be read; the message names row and column
     */
    LogbookEntry entry(DelimitedText.Row row) {
        int expected = table.titles().size();
        int found = row.cells().size();
        boolean excess = found > expected
                && row.cells().subList(expected, found).stream().anyMatch(cell -> !cell.isEmpty());
        if (found < expected || excess) {
            throw LogbookException.atRow(name, row.number(), expected + " cells expected, " + found + " found");
        }
        String file = text(row, LogbookColumn.FILE);
        ExposureNumber exposure = exposure(row).orElse(null);
        if (file.isEmpty() && exposure == null) {
            throw LogbookException.atRow(
                    name,
                    row.number(),
                    index.containsKey(LogbookColumn.FILE) ? "column file is blank" : "no exposure number");
        }
        String disperser = text(row, LogbookColumn.DISPERSER);
        return new LogbookEntry(
                row.number(),
                file,
                exposure,
                text(row, LogbookColumn.OBJECT),
                text(row, LogbookColumn.KIND),
                disperser.isEmpty() ? null : disperser,
                number(row, LogbookColumn.X),
                number(row, LogbookColumn.Y),
                window(row, LogbookColumn.WINDOW_X),
                window(row, LogbookColumn.WINDOW_Y),
                text(row, LogbookColumn.COMMENT),
                text(row, LogbookColumn.SKIP),
                text(row, LogbookColumn.QUALITY));
    }

    private Optional<ExposureNumber> exposure(DelimitedText.Row row) {
        return ExposureNumber.in(text(row, LogbookColumn.EXPOSURE_ID))
                .or(() -> ExposureNumber.of(text(row, LogbookColumn.DAY), text(row, LogbookColumn.SEQUENCE)));
    }

    /** The file or exposure that a row is about, empty if even that can't be told. */
    String file(DelimitedText.Row row) {
        Integer column = index.get(LogbookColumn.FILE);
        if (column == null) {
            column = index.get(LogbookColumn.EXPOSURE_ID);
        }
        return column == null || column >= row.cells().size() ? "" : row.cells().get(column);
    }

    private String text(DelimitedText.Row row, LogbookColumn column) {
        Integer at = index.get(column);
        return at == null || at >= row.cells().size() || blank(row.cells().get(at))
                ? ""
                : row.cells().get(at);
    }

    /** Tables of data frames write what is missing as nan. */
    private static boolean blank(String cell) {
        return cell.isEmpty() || cell.equals("nan") || cell.equals("NaN") || cell.equals("None") || cell.equals("--");
    }

    private @Nullable Double number(DelimitedText.Row row, LogbookColumn column) {
        String text = text(row, column);
        if (text.isEmpty()) {
            return null;
        }
        try {
            double value = Double.parseDouble(text.replace(',', '.'));
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw badCell(row, column, text, "is not a number");
        }
        throw badCell(row, column, text, "is not a finite number");
    }

    private @Nullable Integer window(DelimitedText.Row row, LogbookColumn column) {
        Double value = number(row, column);
        if (value == null) {
            return null;
        }
        if (value < 1 || value > MAX_WINDOW_PX || value != Math.rint(value)) {
            throw badCell(row, column, text(row, column), "is not a window in whole pixels");
        }
        return value.intValue();
    }

    private LogbookException badCell(DelimitedText.Row row, LogbookColumn column, String text, String what) {
        return LogbookException.atRow(
                name,
                row.number(),
                "column " + table.titles().get(index.get(column)) + ": '" + UnprocessableFile.quote(text) + "' "
                        + what);
    }
}
