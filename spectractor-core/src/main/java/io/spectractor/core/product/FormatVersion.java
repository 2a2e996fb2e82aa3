package io.spectractor.core.product;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Semantic version of a format of files, {@code major.minor.patch} (semver.org). What it promises, docs/development.md says:
 * a reader that knows a major version reads every file of it, older minor versions in full, newer ones but for what they added.
 *
 * @param major changes when a reader of files before would misread those after, or miss something it relies on
 * @param minor changes when something is added that a reader may pass over
 * @param patch changes when what is written gets clearer: comments, order, precision
 */
public record FormatVersion(int major, int minor, int patch) {
    /** The spectrum file that {@link ProductWriter} writes and docs/product.md describes. */
    public static final FormatVersion PRODUCT = new FormatVersion(1, 3, 0);

    /** The run folder, {@code _runs/<run-id>}, with its journal, plan and summary. */
    public static final FormatVersion RUN = new FormatVersion(1, 2, 0);

    /** What files have in which no version is written: those before versions were. */
    private static final FormatVersion UNWRITTEN = new FormatVersion(1, 0, 0);

    private static final Pattern FORM = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})");

    /**
     * Reads a version.
     *
     * @param text what a file has, null if it has none
     * @throws IllegalArgumentException if it is not a version
     */
    public static FormatVersion parse(@Nullable String text) {
        if (text == null) {
            return UNWRITTEN;
        }
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a version such as " + PRODUCT);
        }
        return new FormatVersion(
                Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3)));
    }

    /** Whether a reader of this version reads files of another one. */
    public boolean reads(FormatVersion other) {
        return major == other.major;
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
