package io.spectractor.core.observation;

import io.spectractor.core.config.ExtractionConfig;

/** What turns files into exposures. Implementations are immutable and safe for threads. */
@FunctionalInterface
public interface ExposureReader {
    /**
     * Reads a file.
     *
     * @param source the file
     * @param request what is known of it beforehand; positions in unbinned pixels
     * @param config the configuration as the user gave it, <em>not</em> {@link ExtractionConfig#binned() binned}
     * @return the exposure, in the pixels of the rebinned image
     * @throws io.spectractor.core.outcome.ExtractionException UNPROCESSABLE if the file is damaged, from another
     *     instrument, lacks a card or holds mostly pixels that are no numbers; the one-line message names the file
     */
    ReadResult read(FitsSource source, ExposureRequest request, ExtractionConfig config);

    /** Reads a file in memory. */
    default ReadResult read(byte[] fileBytes, ExposureRequest request, ExtractionConfig config) {
        return read(FitsSource.of(request.name(), fileBytes), request, config);
    }
}
