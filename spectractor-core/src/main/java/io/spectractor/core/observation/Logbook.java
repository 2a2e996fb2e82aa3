package io.spectractor.core.observation;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The logbook of a campaign: which file shows which star through which disperser, and where its order 0 is.
 *
 * <p>A text table whose first line names the columns. Needed: {@code file}, {@code object}, {@code Obj-posXpix},
 * {@code Obj-posYpix}; used if there: {@code disperser}, {@code Dx}, {@code Dy}, {@code comment}, {@code skip}; others
 * are passed over. Semicolons, commas or tabs separate, lines end in CR, LF or CRLF, decimals take a comma or a point.
 * Immutable.
 */
public final class Logbook {
    static final String FILE_COLUMN = "file";
    static final String OBJECT_COLUMN = "object";
    static final String X_COLUMN = "Obj-posXpix";
    static final String Y_COLUMN = "Obj-posYpix";

    private static final List<String> NEEDED = List.of(FILE_COLUMN, OBJECT_COLUMN, X_COLUMN, Y_COLUMN);
    private static final String SIMULATED = "sim_";
    private static final String REDUCED = "reduc_";

    private final List<LogbookEntry> entries;
    private final Map<String, LogbookEntry> byTag;

    private final Map<String, String> broken;

    private Logbook(List<LogbookEntry> entries, Map<String, String> broken) {
        this.entries = List.copyOf(entries);
        this.byTag = new HashMap<>();
        this.broken = new HashMap<>(broken);
        for (LogbookEntry entry : entries) {
            LogbookEntry first = byTag.putIfAbsent(tag(entry.file()), entry);
            if (first != null && !first.saysTheSame(entry)) {
                this.broken.putIfAbsent(
                        tag(entry.file()),
                        "rows " + first.row() + " and " + entry.row()
                                + " of the logbook say different things of it; remove the one that is wrong");
            }
        }
    }

    /** What a logbook says of a file. */
    public sealed interface Decision permits Usable, Skipped, Unknown, Unusable {}

    /**
     * The logbook lists the file in a row that cannot be read, or in two that contradict each other.
     *
     * @param fileName its name
     * @param reason what is wrong, with the row
     */
    public record Unusable(String fileName, String reason) implements Decision {}

    /**
     * The image can be extracted.
     *
     * @param entry its row
     * @param guess where its order 0 is, unbinned pixels
     */
    public record Usable(LogbookEntry entry, PixelPosition guess) implements Decision {

        /** What the reader needs to know of it; the row's disperser, if it has one, overrides the header's. */
        public ExposureRequest request(String fileName) {
            String target = entry.object().isEmpty() ? null : entry.object();
            return new ExposureRequest(
                    fileName, target, entry.disperser(), guess, entry.windowXPx(), entry.windowYPx());
        }
    }

    /**
     * The image is listed, but not to be extracted.
     *
     * @param entry its row
     * @param reason why, a few words
     */
    public record Skipped(LogbookEntry entry, String reason) implements Decision {}

    /**
     * The logbook does not list the file.
     *
     * @param fileName its name
     */
    public record Unknown(String fileName) implements Decision {}

    /**
     * Reads a logbook.
     *
     * @throws LogbookException if it cannot be read or is no logbook; the message says why
     */
    public static Logbook read(Path file) {
        try {
            return read(Files.readAllBytes(file), file.toString());
        } catch (NoSuchFileException e) {
            throw new LogbookException(file.toString(), "there is no such logbook; check --logbook", e);
        } catch (AccessDeniedException e) {
            throw new LogbookException(file.toString(), "no permission to read the logbook", e);
        } catch (IOException e) {
            String why = Files.isDirectory(file) ? "it is a folder" : String.valueOf(e.getMessage());
            throw new LogbookException(file.toString(), "the logbook cannot be read: " + why, e);
        }
    }

    /**
     * Reads a logbook from its bytes. A row that cannot be read is that image's failure, and nobody's where no image
     * asks for it.
     *
     * @param name what messages call the file
     * @throws LogbookException if it is no logbook; the message names file and row
     */
    public static Logbook read(byte[] bytes, String name) {
        List<DelimitedText.Row> rows = DelimitedText.of(name, bytes).rows();
        Columns columns = Columns.of(name, rows.get(0));
        List<LogbookEntry> entries = new ArrayList<>();
        Map<String, String> broken = new HashMap<>();
        for (DelimitedText.Row row : rows.subList(1, rows.size())) {
            try {
                entries.add(columns.entry(row));
            } catch (LogbookException e) {
                String file = columns.file(row);
                if (!file.isEmpty()) {
                    broken.putIfAbsent(tag(file), String.valueOf(e.getMessage()));
                }
            }
        }
        return new Logbook(entries, broken);
    }

    /** All rows, in the order of the file. */
    public List<LogbookEntry> entries() {
        return entries;
    }

    /**
     * The row of a file. Folder, case and the endings .fits, .fit, .fts, .gz and .fz do not matter; a simulated image
     * {@code sim_X} without a row of its own goes by the row of {@code reduc_X}, which it was made from.
     */
    public Optional<LogbookEntry> find(String fileName) {
        String tag = tag(fileName);
        LogbookEntry entry = byTag.get(tag);
        if (entry == null && tag.startsWith(SIMULATED)) {
            entry = byTag.get(REDUCED + tag.substring(SIMULATED.length()));
        }
        return Optional.ofNullable(entry);
    }

    /** What to do with a file. */
    public Decision decide(String fileName) {
        String reason = broken.get(tag(fileName));
        if (reason != null) {
            return new Unusable(fileName, reason);
        }
        return find(fileName).map(LogbookEntry::decision).orElseGet(() -> new Unknown(fileName));
    }

    /** File name in lower case, without folder and endings. */
    private static String tag(String fileName) {
        int slash = Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\'));
        String tag = fileName.substring(slash + 1).toLowerCase(Locale.ROOT);
        for (String ending : List.of(".gz", ".fz", ".fits", ".fit", ".fts")) {
            if (tag.endsWith(ending)) {
                tag = tag.substring(0, tag.length() - ending.length());
            }
        }
        return tag;
    }

    /** Where the columns are, and how their cells are read. */
    private record Columns(String name, List<String> titles, Map<String, Integer> index) {

        static Columns of(String name, DelimitedText.Row header) {
            Map<String, Integer> index = new HashMap<>();
            for (int i = 0; i < header.cells().size(); i++) {
                String title = header.cells().get(i).toLowerCase(Locale.ROOT);
                if (index.putIfAbsent(title, i) != null && !title.isEmpty()) {
                    throw LogbookException.atRow(name, header.number(), "column " + title + " occurs twice");
                }
            }
            for (String title : NEEDED) {
                if (!index.containsKey(title.toLowerCase(Locale.ROOT))) {
                    throw new LogbookException(
                            name,
                            "not a logbook: column " + title + " is missing in the first line, which has "
                                    + UnprocessableFile.quote(String.join(", ", header.cells())));
                }
            }
            return new Columns(name, header.cells(), index);
        }

        LogbookEntry entry(DelimitedText.Row row) {
            if (row.cells().size() != titles.size()) {
                throw LogbookException.atRow(
                        name,
                        row.number(),
                        titles.size() + " cells expected, " + row.cells().size() + " found");
            }
            String file = text(row, FILE_COLUMN);
            if (file.isEmpty()) {
                throw LogbookException.atRow(name, row.number(), "column file is blank");
            }
            String disperser = text(row, "disperser");
            return new LogbookEntry(
                    row.number(),
                    file,
                    text(row, OBJECT_COLUMN),
                    disperser.isEmpty() ? null : disperser,
                    number(row, X_COLUMN),
                    number(row, Y_COLUMN),
                    window(row, "Dx"),
                    window(row, "Dy"),
                    text(row, "comment"),
                    text(row, "skip"));
        }

        /** The file that a row is about, empty if even that can't be told. */
        String file(DelimitedText.Row row) {
            Integer column = index.get(FILE_COLUMN);
            return column == null || column >= row.cells().size()
                    ? ""
                    : row.cells().get(column);
        }

        private String text(DelimitedText.Row row, String title) {
            Integer column = index.get(title.toLowerCase(Locale.ROOT));
            return column == null ? "" : row.cells().get(column);
        }

        private @Nullable Double number(DelimitedText.Row row, String title) {
            String text = text(row, title);
            if (text.isEmpty()) {
                return null;
            }
            try {
                double value = Double.parseDouble(text.replace(',', '.'));
                if (Double.isFinite(value)) {
                    return value;
                }
            } catch (NumberFormatException e) {
                throw badCell(row, title, text, "is not a number");
            }
            throw badCell(row, title, text, "is not a finite number");
        }

        private @Nullable Integer window(DelimitedText.Row row, String title) {
            Double value = number(row, title);
            if (value == null) {
                return null;
            }
            if (value < 1 || value > 10_000 || value != Math.rint(value)) {
                throw badCell(row, title, text(row, title), "is not a window in whole pixels");
            }
            return value.intValue();
        }

        private LogbookException badCell(DelimitedText.Row row, String title, String text, String what) {
            return LogbookException.atRow(
                    name, row.number(), "column " + title + ": '" + UnprocessableFile.quote(text) + "' " + what);
        }
    }
}
