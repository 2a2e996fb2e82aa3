package io.spectractor.batch.watch;

import io.spectractor.batch.result.ImageResult;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What became of an image, as programs read it: a line of JSON or a message. */
public final class ArrivalEvent {
    private ArrivalEvent() {}

    /**
     * The fields.
     *
     * @param again whether its product replaces that of other content under the same name
     */
    public static Map<String, Object> of(ImageResult result, boolean again) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(
                "event",
                result.status().isDone()
                        ? "spectrum_ready"
                        : result.status().name().toLowerCase(Locale.ROOT));
        fields.put("image", result.name());
        fields.put("input", result.input());
        if (result.product() != null) {
            fields.put("product", result.product());
            fields.put("scienceSha256", result.scienceSha256());
            fields.put("replaces", again);
            fields.put("caveats", result.caveats());
        }
        if (result.failure() != null) {
            fields.put("failure", result.failure().kind());
            fields.put("message", result.failure().message());
        }
        if (result.note() != null) {
            fields.put("note", result.note());
        }
        return fields;
    }
}
