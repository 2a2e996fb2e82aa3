package io.spectractor.core.observation;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One row of a logbook.
 *
 * @param row line number in the file (the header line is 1), or number of the exposure where all are on one line
 * @param file file name of the image, empty if the logbook has only numbers of exposures
 * @param exposure number of the exposure, or null
 * @param object name of the target, or what else was exposed
 * @param kind type of the image as the camera's control knows it (science, bias, cwfs), may be empty
 * @param disperser label of the disperser, or null if the logbook has none
 * @param xPx where order 0 is, column in unbinned pixels, or null
 * @param yPx where order 0 is, row in unbinned pixels, or null
 * @param windowXPx half width of the search window (Dx), unbinned pixels, or null
 * @param windowYPx half height of it (Dy), or null
 * @param comment remark, may be empty
 * @param skipMark what stands in the skip column, empty for nothing
 * @param quality the observer's verdict, may be empty
 */
public record LogbookEntry(
        int row,
        String file,
        @Nullable ExposureNumber exposure,
        String object,
        String kind,
        @Nullable String disperser,
        @Nullable Double xPx,
        @Nullable Double yPx,
        @Nullable Integer windowXPx,
        @Nullable Integer windowYPx,
        String comment,
        String skipMark,
        String quality) {

    /** What a program writes into the skip column of a row that is not skipped. */
    private static final Set<String> NO_MARKS = Set.of("0", "0.0", "false", "f", "no", "n", "none", "nan", "-");

    private static final Set<String> BAD = Set.of("junk", "bad", "reject", "rejected", "fail", "failed");

    /** Exposures without a star's light, or with the light of a star that was spread on purpose. */
    private static final Pattern NO_STAR = Pattern.compile(
            "(?:[a-z]{0,5}[ _-]?)(?:bias|flat|zero|dark)s?(?:[ _-].*)?|cwfs|focus|ptc|.*\\bflat\\b.*|flatfield.*|.* position|park(?:ed)?");

    /** What stands for a wheel's empty place. */
    private static final Set<String> NO_DISPERSER = Set.of("empty", "free", "none", "open", "clear");

    /** Names that say only that no star was named. */
    private static final Set<String> NAMELESS = Set.of("science", "test", "notset", "unknown", "slew_icrs", "engtest");

    /** Whether another row says the same of the image, as far as an extraction is concerned. */
    boolean agreesWith(LogbookEntry other) {
        return object.equalsIgnoreCase(other.object)
                && kind.equalsIgnoreCase(other.kind)
                && Objects.equals(disperser, other.disperser)
                && Objects.equals(xPx, other.xPx)
                && Objects.equals(yPx, other.yPx)
                && Objects.equals(windowXPx, other.windowXPx)
                && Objects.equals(windowYPx, other.windowYPx)
                && skipMark.equals(other.skipMark)
                && quality.equalsIgnoreCase(other.quality);
    }

    /** The star, or null if none is named. */
    @Nullable
    String star() {
        return object.isEmpty() || NAMELESS.contains(object.toLowerCase(Locale.ROOT)) ? null : object;
    }

    /** What the reader needs to know of an image of this row. */
    public ExposureRequest request(String fileName) {
        PixelPosition guess = xPx == null || yPx == null ? null : new PixelPosition(xPx, yPx);
        return new ExposureRequest(fileName, star(), null, disperser, guess, windowXPx, windowYPx);
    }

    /**
     * Why the image is not worth an extraction wherever its order 0 is, if so.
     *
     * <p>Policy: bias, flat and zero exposures are skipped, and such without a disperser; so is a row with <em>any</em>
     * mark in the skip column but 0, false and their like (the original honours the word "skip" only).
     */
    public Optional<String> reasonToSkip() {
        for (String word : List.of(object, kind)) {
            String lower = word.toLowerCase(Locale.ROOT);
            if (NO_STAR.matcher(lower).matches()) {
                return Optional.of("a " + UnprocessableFile.quote(lower) + " exposure");
            }
        }
        if (!skipMark.isEmpty() && !NO_MARKS.contains(skipMark.toLowerCase(Locale.ROOT))) {
            return Optional.of("marked '" + UnprocessableFile.quote(skipMark) + "' in the logbook's skip column");
        }
        if (BAD.contains(quality.toLowerCase(Locale.ROOT))) {
            return Optional.of("of quality '" + UnprocessableFile.quote(quality) + "' by the logbook");
        }
        if (disperser != null && NO_DISPERSER.contains(disperser.toLowerCase(Locale.ROOT))) {
            return Optional.of("no disperser in the beam by the logbook (" + UnprocessableFile.quote(disperser) + ")");
        }
        return Optional.empty();
    }
}
