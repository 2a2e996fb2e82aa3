package io.spectractor.batch.report;

import io.spectractor.batch.result.ImageResult;
import io.spectractor.plot.Thumbnail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/** Finds the plot of a product: a PNG beside it with its name. */
final class Plots {
    private static final int THUMBNAIL_WIDTH_PX = 360;

    private final Path outputFolder;

    Plots(Path outputFolder) {
        this.outputFolder = outputFolder;
    }

    /** The plot's file, if there is one. */
    Optional<Path> file(ImageResult image) {
        String product = image.product();
        if (product == null) {
            return Optional.empty();
        }
        Path plot = outputFolder.resolve(product.replaceFirst("\\.fits$", "") + ".png");
        return Files.isRegularFile(plot) ? Optional.of(plot) : Optional.empty();
    }

    /** A small copy of a plot as a data URI; nothing if the file can't be read as an image. */
    static Optional<String> thumbnail(Path plot) {
        try {
            return Thumbnail.png(plot, THUMBNAIL_WIDTH_PX)
                    .map(png -> "data:image/png;base64," + Base64.getEncoder().encodeToString(png));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
