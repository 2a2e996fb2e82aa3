package io.spectractor.plot;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Small copies of plots, for pages that show many. */
public final class Thumbnail {
    private Thumbnail() {}

    /**
     * A copy of a picture in its proportions.
     *
     * @param picture its file
     * @param widthPx width of the copy; a narrower picture keeps its own
     * @return the bytes of a PNG file, or nothing if the file is not a picture
     * @throws IOException if it can't be read
     */
    public static Optional<byte[]> png(Path picture, int widthPx) throws IOException {
        BufferedImage large =
                ImageIO.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(Files.readAllBytes(picture))));
        if (large == null) {
            return Optional.empty();
        }
        int width = Math.min(widthPx, large.getWidth());
        int height = Math.max(1, large.getHeight() * width / large.getWidth());
        return Optional.of(
                Figure.png(scaled(halved(large, width), width, height, RenderingHints.VALUE_INTERPOLATION_BICUBIC)));
    }

    /** Halves an image until it is less than twice as wide as wanted: one big step would drop lines. */
    private static BufferedImage halved(BufferedImage image, int wantedWidth) {
        BufferedImage current = image;
        while (current.getWidth() >= 2 * wantedWidth && current.getHeight() > 1) {
            current = scaled(
                    current,
                    current.getWidth() / 2,
                    Math.max(1, current.getHeight() / 2),
                    RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        }
        return current;
    }

    private static BufferedImage scaled(BufferedImage image, int width, int height, Object interpolation) {
        BufferedImage copy = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = copy.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, interpolation);
        graphics.setRenderingHint(RenderingHints.KEY_RENDERING, RenderingHints.VALUE_RENDER_QUALITY);
        graphics.drawImage(image, 0, 0, width, height, null);
        graphics.dispose();
        return copy;
    }
}
