package io.spectractor.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for world coordinates and the stars of the field; short for keys of the section astrometry. */
final class SkyOptions {
    @Option(
            names = "--astrometry",
            paramLabel = "FILE.wcs|DIR|header|auto",
            description =
                    "Order 0 from world coordinates: a file, a folder with NAME.wcs for each image, the frame's own"
                            + " header, or auto, which asks solve-field of astrometry.net.")
    private @Nullable String astrometry;

    @Option(
            names = "--stars",
            paramLabel = "FILE",
            description =
                    "Stars of the field with positions, magnitudes and proper motions, as Gaia's: FITS, VOTable, ECSV or"
                            + " CSV. They refine the world coordinates and enter the model as known light.")
    private @Nullable String stars;

    /** As {@code --set} takes them. */
    List<String> settings() {
        List<String> all = new ArrayList<>();
        if (astrometry != null) {
            all.add("astrometry.wcs=" + astrometry);
        }
        if (stars != null) {
            all.add("astrometry.stars=" + stars);
        }
        return all;
    }
}
