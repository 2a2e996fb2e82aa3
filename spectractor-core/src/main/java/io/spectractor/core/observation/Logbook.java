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

/**
 * The logbook of a campaign: which file shows which star through which disperser, and where its order 0 is.
 *
 * <p>A text table with a line that names the columns, or a list of exposures in JSON. Needed: the file or the number of
 * the exposure, and the object; used if there: position of order 0, disperser, window, type of image, quality, comment,
 * skip. {@link LogbookColumn} has the titles; others are passed over. Semicolons, commas, tabs, bars or blanks separate,
 * lines end in CR, LF or CRLF, decimals take a comma or a point. Immutable.
 *
 * <p>Where some rows have positions, those without are skipped: in the CTIO campaign's logbook they are not spectra. Where
 * none has, order 0 is looked for in all.
 */
public final class Logbook {
    private static final String SIMULATED = "sim_";
    private static final String REDUCED = "reduc_";

    private final List<LogbookEntry> entries;
    private final Map<String, LogbookEntry> byTag = new HashMap<>();
    private final Map<ExposureNumber, LogbookEntry> byNumber = new HashMap<>();
    private final Map<String, String> broken;
    private final boolean placed;
    private final String understood;

    private Logbook(List<LogbookEntry> entries, Map<String, String> broken, boolean placed, String understood) {
        this.entries = List.copyOf(entries);
        this.broken = new HashMap<>(broken);
        this.placed = placed;
        for (LogbookEntry entry : entries) {
            String tag = entry.file().isEmpty() ? String.valueOf(entry.exposure()) : tag(entry.file());
            LogbookEntry first = byTag.putIfAbsent(tag, entry);
            if (first != null && !first.agreesWith(entry)) {
                this.broken.putIfAbsent(
                        tag,
                        "rows " + first.row() + " and " + entry.row()
                                + " of the logbook say different things of it; remove the one that is wrong");
            }
            if (entry.exposure() != null) {
                byNumber.putIfAbsent(entry.exposure(), entry);
            }
        }
        long usable = entries.stream().filter(e -> decide(e) instanceof Usable).count();
        this.understood = usable + " of " + (entries.size() + broken.size()) + " rows can be extracted; " + understood
                + (placed ? "" : "; no positions: order 0 is looked for");
    }

    /** What a logbook says of a file. */
    public sealed interface Decision permits Usable, Skipped, Unknown, Invalid {}

    /**
     * The logbook lists the file in a row that cannot be read, or in two that contradict each other.
     *
     * @param fileName its name
     * @param reason what is wrong, with the row
     */
    public record Invalid(String fileName, String reason) implements Decision {}

    /**
     * The image can be extracted.
     *
     * @param entry its row
     */
    public record Usable(LogbookEntry entry) implements Decision {
        /** What the reader needs to know of it. */
        public ExposureRequest request(String fileName) {
            return entry.request(fileName);
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
     * @throws LogbookException if it cannot be read or is not a logbook; the message says why
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
     * @throws LogbookException if it is not a logbook; the message names file and row
     */
    public static Logbook read(byte[] bytes, String name) {
        LogbookTable table = LogbookTable.of(name, bytes);
        LogbookColumns columns = new LogbookColumns(name, table);
        List<LogbookEntry> entries = new ArrayList<>();
        Map<String, String> broken = new HashMap<>();
        for (DelimitedText.Row row : table.rows()) {
            try {
                entries.add(columns.entry(row));
            } catch (LogbookException e) {
                String file = columns.file(row);
                if (!file.isEmpty()) {
                    broken.putIfAbsent(tag(file), String.valueOf(e.getMessage()));
                }
            }
        }
        String form = table.form() + (columns.decimalCommas() ? ", decimal commas" : "");
        return new Logbook(entries, broken, columns.hasPositions(), form + "; " + columns.description());
    }

    /** What was understood, in one line: how many rows can be extracted, which columns were read and which were not. */
    public String summary() {
        return understood;
    }

    /** All rows, in the order of the file. */
    public List<LogbookEntry> entries() {
        return entries;
    }

    /**
     * The row of a file. Folder, case and the endings .fits, .fit, .fts, .gz and .fz do not matter; a simulated image
     * {@code sim_X} without a row of its own goes by the row of {@code reduc_X}, which it was made from. Where the logbook
     * has numbers of exposures, the number in the name is enough.
     */
    public Optional<LogbookEntry> find(String fileName) {
        String tag = tag(fileName);
        LogbookEntry entry = byTag.get(tag);
        if (entry == null && tag.startsWith(SIMULATED)) {
            entry = byTag.get(REDUCED + tag.substring(SIMULATED.length()));
        }
        return entry != null ? Optional.of(entry) : ExposureNumber.in(tag).map(byNumber::get);
    }

    /** What to do with a file. */
    public Decision decide(String fileName) {
        String reason = broken.get(tag(fileName));
        if (reason == null) {
            reason = ExposureNumber.in(tag(fileName))
                    .map(number -> broken.get(number.toString()))
                    .orElse(null);
        }
        if (reason != null) {
            return new Invalid(fileName, reason);
        }
        return find(fileName).map(this::decide).orElseGet(() -> new Unknown(fileName));
    }

    /** What to do with the image of a row. */
    public Decision decide(LogbookEntry entry) {
        Optional<String> reason = entry.reasonToSkip();
        if (reason.isPresent()) {
            return new Skipped(entry, reason.get());
        }
        if (placed && entry.xPx() == null) {
            return new Skipped(entry, "no Obj-posXpix in the logbook");
        }
        if (placed && entry.yPx() == null) {
            return new Skipped(entry, "no Obj-posYpix in the logbook");
        }
        return new Usable(entry);
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
}
