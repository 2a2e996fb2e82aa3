package io.spectractor.core.observation;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A table of text: lines that end in CR, LF or CRLF, cells between semicolons, commas, tabs or bars, whichever the first
 * line has most of that is no remark, or between blanks if it has none of them; a cell may stand in double quotes. A line
 * that starts with # is a remark, in which quotes mean nothing.
 *
 * @param form what separates the cells, in words
 * @param rows the lines with at least one cell that is not blank
 */
record DelimitedText(String form, List<Row> rows) {
    static final String BLANKS = "blanks";
    static final String REMARK = "#";

    /**
     * One line.
     *
     * @param number 1 for the first line of the file
     * @param cells its cells, blanks at either end removed
     */
    record Row(int number, List<String> cells) {}

    /**
     * Parses bytes.
     *
     * @throws LogbookException if they are not text, or a quote stays open
     */
    static DelimitedText of(String name, byte[] bytes) {
        String text = decode(bytes);
        if (text.startsWith("\ufeff")) {
            text = text.substring(1);
        }
        if (text.isBlank()) {
            throw new LogbookException(name, "the logbook is empty");
        }
        String start = text.stripLeading().toLowerCase(Locale.ROOT);
        if (start.startsWith("<!doctype") || start.startsWith("<html") || start.startsWith("<?xml")) {
            throw new LogbookException(name, "is an HTML or XML page, not a logbook; fetch the file again");
        }
        if (text.indexOf('\0') >= 0) {
            throw new LogbookException(name, "is not a text file; save the logbook as CSV");
        }
        Parser parser = new Parser(name, text);
        return new DelimitedText(form(parser.separator), parser.parse());
    }

    /**
     * UTF-8 if the bytes are valid as such, else Mac-Roman, which the CTIO logbook of 2017 was written in (its 0x8F is
     * an e with a grave accent). A Java without Mac-Roman takes Latin-1: only accents in comments suffer.
     */
    private static String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            Charset old =
                    Charset.isSupported("x-MacRoman") ? Charset.forName("x-MacRoman") : StandardCharsets.ISO_8859_1;
            return new String(bytes, old);
        }
    }

    private static String form(char separator) {
        return switch (separator) {
            case ',' -> "commas";
            case '\t' -> "tabs";
            case '|' -> "bars";
            case ' ' -> BLANKS;
            default -> "semicolons";
        };
    }

    /** One pass over the text. */
    private static final class Parser {
        private final String name;
        private final String text;
        private final char separator;
        private final List<Row> rows = new ArrayList<>();
        private final StringBuilder cell = new StringBuilder();
        private List<String> cells = new ArrayList<>();
        private int line = 1;

        Parser(String name, String text) {
            this.name = name;
            this.text = text;
            this.separator = separator(text);
        }

        List<Row> parse() {
            int i = 0;
            while (i < text.length()) {
                char c = text.charAt(i);
                if (c == '"' && cell.toString().isBlank() && !isRemark()) {
                    i = quoted(i);
                } else if (c == ' ' && separator == ' ' && cells.isEmpty() && cell.isEmpty()) {
                    // before the first cell
                } else if (c == separator) {
                    endCell();
                    while (separator == ' ' && i + 1 < text.length() && text.charAt(i + 1) == ' ') {
                        i++;
                    }
                } else if (c == '\r' || c == '\n') {
                    endRow();
                    if (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
                        i++;
                    }
                } else {
                    cell.append(c);
                }
                i++;
            }
            endRow();
            return List.copyOf(rows);
        }

        private boolean isRemark() {
            return !cells.isEmpty() && cells.get(0).startsWith(REMARK);
        }

        /** Reads the quoted text that starts at {@code start}; returns where its closing quote is. */
        private int quoted(int start) {
            cell.setLength(0);
            int i = start + 1;
            while (i < text.length()) {
                char c = text.charAt(i);
                if (c == '"') {
                    if (i + 1 >= text.length() || text.charAt(i + 1) != '"') {
                        return i;
                    }
                    i++;
                }
                cell.append(c);
                i++;
            }
            throw LogbookException.atRow(name, line, "a double quote is never closed");
        }

        private void endCell() {
            cells.add(cell.toString().trim());
            cell.setLength(0);
        }

        private void endRow() {
            endCell();
            if (cells.stream().anyMatch(value -> !value.isEmpty())) {
                rows.add(new Row(line, List.copyOf(cells)));
            }
            cells = new ArrayList<>();
            line++;
        }

        private static char separator(String text) {
            // lines() ends them at CR, LF and CRLF
            List<String> first = text.lines()
                    .filter(line -> !line.isBlank())
                    .sorted(Comparator.comparing(line -> line.stripLeading().startsWith(REMARK)))
                    .limit(1)
                    .toList();
            String header = first.isEmpty() ? "" : first.get(0);
            char best = ';';
            for (char candidate : new char[] {',', '\t', '|'}) {
                if (count(header, candidate) > count(header, best)) {
                    best = candidate;
                }
            }
            return count(header, best) > 0 || header.isBlank() || header.trim().indexOf(' ') < 0 ? best : ' ';
        }

        private static long count(String line, char c) {
            return line.chars().filter(other -> other == c).count();
        }
    }
}
