package io.spectractor.batch.plan;

import io.spectractor.batch.UsageException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * An image file of a run.
 *
 * @param path where it is
 * @param name file name without folder
 * @param stem the name without its FITS ending; names the product
 */
public record InputFile(Path path, String name, String stem) {
    private static final List<String> ENDINGS =
            List.of(".fits", ".fits.gz", ".fits.fz", ".fit", ".fit.gz", ".fit.fz", ".fts", ".fts.gz", ".fts.fz");

    /**
     * An image file.
     *
     * @throws UsageException if the name has none of the endings {@code .fits}, {@code .fits.gz}, {@code .fits.fz}
     */
    public static InputFile of(Path path) {
        String name = String.valueOf(path.getFileName());
        if (!hasFitsEnding(name)) {
            throw new UsageException(path + ": the name ends in none of " + String.join(", ", ENDINGS));
        }
        return new InputFile(path, name, stem(name));
    }

    /** Whether a file name has one of the endings, in upper or lower case. */
    public static boolean hasFitsEnding(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(e -> lower.endsWith(e) && lower.length() > e.length());
    }

    /** Whether a folder's file with this name is an image to extract: FITS, not hidden, and no product of ours. */
    public static boolean isImageName(String name) {
        return hasFitsEnding(name) && !isProductName(name) && !name.startsWith(".");
    }

    /** The file name without its FITS ending. */
    public static String stem(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return ENDINGS.stream()
                .filter(lower::endsWith)
                .map(e -> name.substring(0, name.length() - e.length()))
                .findFirst()
                .orElse(name);
    }

    /** File name of the product. */
    public String productName() {
        return productName(stem);
    }

    /** File name of the product of an image with this stem. */
    public static String productName(String stem) {
        return stem + "_spectrum.fits";
    }

    /** Whether a file name is that of a product. */
    public static boolean isProductName(String name) {
        return name.endsWith("_spectrum.fits");
    }
}
