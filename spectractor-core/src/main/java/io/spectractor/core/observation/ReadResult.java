package io.spectractor.core.observation;

import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.outcome.Caveat;
import java.util.Set;

/**
 * What reading a file gives.
 *
 * @param exposure the exposure, rebinned if the configuration says so
 * @param caveats what a user should know of the input
 * @param inputSha256 SHA-256 of the file's bytes as read, lower-case hex
 * @param config the configuration of this exposure, unbinned: what its header knows better is in it, and {@code ccd.rebin}
 *     is what the user gave times the binning that the frame was read with
 * @param fromFile takes pixels of the file's image to those of the exposure's
 */
public record ReadResult(
        Exposure exposure, Set<Caveat> caveats, String inputSha256, ExtractionConfig config, PixelTransform fromFile) {
    public ReadResult {
        caveats = Set.copyOf(caveats);
    }

    /** An exposure that lies in its file as it is extracted. */
    public ReadResult(Exposure exposure, Set<Caveat> caveats, String inputSha256, ExtractionConfig config) {
        this(exposure, caveats, inputSha256, config, PixelTransform.IDENTITY);
    }
}
