package io.spectractor.batch.run;

import io.spectractor.core.observation.ExposureRequest;
import io.spectractor.core.pipeline.ExtractionOutcome;

/** The extraction as a scheduler sees it. Safe for threads: one engine serves all workers of a process. */
@FunctionalInterface
public interface ImageEngine {
    /**
     * Extracts one image.
     *
     * @param fileBytes the whole file as it is on disk
     * @param sha256 its digest, lower-case hex
     * @param request what is known of it
     */
    ExtractionOutcome extract(byte[] fileBytes, String sha256, ExposureRequest request);
}
