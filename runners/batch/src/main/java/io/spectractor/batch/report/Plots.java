package io.spectractor.batch.report;

import io.spectractor.batch.result.ImageResult;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import javax.imageio.ImageIO;

/** Finds the plot of a product: a PNG beside it with its name. */
final class Plots {
    private static final int THUMBNAIL_WIDTH_PX = 360;

    static {
        // its temporary files want a shutdown hook, which a JVM that is ending does not give
        ImageIO.setUseCache(false);
    }

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
            BufferedImage large = ImageIO.read(plot.toFile());
            if (large == null) {
                return Optional.empty();
            }
            int width = Math.min(THUMBNAIL_WIDTH_PX, large.getWidth());
            int height = Math.max(1, large.getHeight() * width / large.getWidth());
            BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = small.createGraphics();
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
            graphics.setRenderingHint(RenderingHints.KEY_RENDERING, RenderingHints.VALUE_RENDER_QUALITY);
            graphics.drawImage(halved(large, width), 0, 0, width, height, null);
            graphics.dispose();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ImageIO.write(small, "png", bytes);
            return Optional.of("data:image/png;base64," + Base64.getEncoder().encodeToString(bytes.toByteArray()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Halves an image until it is less than twice as wide as wanted: one big step would drop lines. */
    private static BufferedImage halved(BufferedImage image, int wantedWidth) {
        BufferedImage current = image;
        while (current.getWidth() >= 2 * wantedWidth && current.getHeight() > 1) {
            int width = current.getWidth() / 2;
            int height = Math.max(1, current.getHeight() / 2);
            BufferedImage half = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = half.createGraphics();
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            graphics.drawImage(current, 0, 0, width, height, null);
            graphics.dispose();
            current = half;
        }
        return current;
    }
}
