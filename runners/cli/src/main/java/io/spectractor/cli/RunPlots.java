package io.spectractor.cli;

import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.result.RunSummary;
import io.spectractor.core.product.ProductReader;
import io.spectractor.plot.SpectrumPlot;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Draws the products of a run, those with warnings first, so that its report can show them. */
final class RunPlots {
    private static final Logger LOG = LoggerFactory.getLogger(RunPlots.class);

    private RunPlots() {}

    /**
     * Draws what has no plot yet, or an older one than its product. A plot that fails does not make a run fail.
     *
     * @param limit how many images of the run get a plot at most
     * @return how many have one
     */
    static int draw(RunSummary summary, int limit) {
        Path folder = summary.outputFolder();
        // pictures are written by a library that knows files of this machine only
        if (limit == 0 || !folder.getFileSystem().equals(FileSystems.getDefault())) {
            return 0;
        }
        List<ImageResult> images = summary.images().stream()
                .filter(image -> image.status().isDone() && image.product() != null)
                .sorted((a, b) -> b.status().compareTo(a.status()))
                .limit(limit)
                .toList();
        // each into a file of its own; when pictures are drawn, no image is in progress any more
        return (int) images.parallelStream()
                .filter(image -> draw(folder.resolve(String.valueOf(image.product()))))
                .count();
    }

    private static boolean draw(Path product) {
        Path picture = pictureOf(product);
        try {
            if (Files.exists(picture)
                    && Files.getLastModifiedTime(picture).compareTo(Files.getLastModifiedTime(product)) >= 0) {
                return true;
            }
            SpectrumPlot.write(new ProductReader().read(product), picture);
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} cannot be drawn", product, e);
            return false;
        }
    }

    /** The plot of a product: a PNG beside it with its name. */
    static Path pictureOf(Path product) {
        String name = String.valueOf(product.getFileName()).replaceAll("(?i)\\.fits$", "");
        return product.resolveSibling(name + ".png");
    }
}
