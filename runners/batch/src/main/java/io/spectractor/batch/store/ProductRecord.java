package io.spectractor.batch.store;

import io.spectractor.batch.Hashes;
import io.spectractor.batch.plan.WorkItem;
import io.spectractor.batch.result.ImageResult;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a product in the output folder, kept beside it.
 *
 * @param context hash of all that decides the product apart from the image file
 * @param result the result of the image when the product was made
 * @param runId the run that made it, null where nobody wrote it down
 */
public record ProductRecord(
        String context, ImageResult result, @Nullable String runId) {
    /** A record that is not committed yet. */
    public ProductRecord(String context, ImageResult result) {
        this(context, result, null);
    }

    /** Hash of configuration, calibration, code and request. */
    public static String context(WorkItem item, String configSha256, String calibrationSha256, String codeVersion) {
        return Hashes.sha256(String.join("\n", configSha256, calibrationSha256, codeVersion, item.requestText()));
    }

    /** The content key: two images with one key have the same product. */
    public static String key(String inputSha256, String context) {
        return Hashes.sha256(inputSha256 + "\n" + context);
    }
}
