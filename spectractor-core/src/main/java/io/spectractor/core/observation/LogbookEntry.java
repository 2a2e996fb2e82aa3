package io.spectractor.core.observation;

import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One row of a logbook.
 *
 * @param row line number in the file, the header line is 1
 * @param file file name of the image
 * @param object name of the target, or what else was exposed
 * @param disperser label of the disperser, or null if the logbook has none
 * @param xPx where order 0 is, column in unbinned pixels, or null
 * @param yPx where order 0 is, row in unbinned pixels, or null
 * @param windowXPx half width of the search window (Dx), unbinned pixels, or null
 * @param windowYPx half height of it (Dy), or null
 * @param comment remark, may be empty
 * @param skipMark what stands in the skip column, empty for nothing
 */
public record LogbookEntry(
        int row,
        String file,
        String object,
        @Nullable String disperser,
        @Nullable Double xPx,
        @Nullable Double yPx,
        @Nullable Integer windowXPx,
        @Nullable Integer windowYPx,
        String comment,
        String skipMark) {

    /** What a program writes into the skip column of a row that is not skipped. */
    private static final Set<String> NO_MARKS = Set.of("0", "0.0", "false", "f", "no", "n", "none", "nan", "-");

    /** Whether another row says the same of the image, as far as an extraction is concerned. */
    boolean saysTheSame(LogbookEntry other) {
        return object.equalsIgnoreCase(other.object)
                && Objects.equals(disperser, other.disperser)
                && Objects.equals(xPx, other.xPx)
                && Objects.equals(yPx, other.yPx)
                && Objects.equals(windowXPx, other.windowXPx)
                && Objects.equals(windowYPx, other.windowYPx)
                && skipMark.equals(other.skipMark);
    }

    /**
     * Whether the image is worth an extraction.
     *
     * <p>Policy: bias, flat and zero exposures are skipped; so is a row with <em>any</em> mark in the skip column but 0, false and their like (the
     * original honours the word "skip" only), and one without a position. Both rules leave the same 2006 rows of the CTIO
     * logbook, whose other marks all stand in rows without a position.
     */
    public Logbook.Decision decision() {
        String kind = object.toLowerCase(Locale.ROOT);
        if (kind.equals("bias") || kind.equals("flat") || kind.equals("zero")) {
            return new Logbook.Skipped(this, "a " + kind + " exposure");
        }
        if (!skipMark.isEmpty() && !NO_MARKS.contains(skipMark.toLowerCase(Locale.ROOT))) {
            return new Logbook.Skipped(this, "marked '" + skipMark + "' in the logbook's skip column");
        }
        if (xPx == null) {
            return new Logbook.Skipped(this, "no " + Logbook.X_COLUMN + " in the logbook");
        }
        if (yPx == null) {
            return new Logbook.Skipped(this, "no " + Logbook.Y_COLUMN + " in the logbook");
        }
        return new Logbook.Usable(this, new PixelPosition(xPx, yPx));
    }
}
