package io.spectractor.batch.plan;

import io.spectractor.core.observation.ExposureRequest;
import org.jspecify.annotations.Nullable;

/** The entry of an image in a logbook. */
public interface ObservationLog {
    /** The logbook's word on the image with this file name. */
    Entry entry(String fileName);

    /** What a logbook can say. */
    sealed interface Entry {
        /**
         * The image is a spectrum.
         *
         * @param request target, disperser and position
         */
        record Use(ExposureRequest request) implements Entry {}

        /**
         * The image is to be left out.
         *
         * @param reason why
         * @param withoutPosition what is known of it if only its position is missing, else null
         */
        record Skip(String reason, @Nullable ExposureRequest withoutPosition) implements Entry {}

        /**
         * The logbook does not know the image.
         *
         * @param reason what was looked for
         */
        record Unknown(String reason) implements Entry {}
    }
}
