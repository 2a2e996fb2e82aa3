package io.spectractor.cli;

import io.spectractor.batch.Json;
import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.watch.FolderArrivals;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Says of each image that came what became of it: a line for people, or one of JSON for programs. */
final class ArrivalPrinter implements FolderArrivals.ArrivalListener {
    private final Services services;
    private final boolean json;

    ArrivalPrinter(Services services, boolean json) {
        this.services = services;
        this.json = json;
    }

    @Override
    public synchronized void settled(ImageResult result, boolean again) {
        if (json) {
            services.out().println(Json.line(event(result, again)));
            services.out().flush();
        } else if (result.status().isDone()) {
            services.out()
                    .println(String.format(
                            Locale.ROOT,
                            "%s: %s in %.1f s%s",
                            result.name(),
                            result.product(),
                            result.wallSeconds(),
                            result.caveats().isEmpty() ? "" : " (" + caveats(result) + ")"));
            services.out().flush();
        }
        if (again && result.status().isDone()) {
            services.err()
                    .println("note: " + result.name() + " came again with other content; its product was made anew");
        }
    }

    private static String caveats(ImageResult result) {
        return String.join(
                " ",
                result.caveats().stream()
                        .map(c -> c.name().toLowerCase(Locale.ROOT))
                        .toList());
    }

    private static Map<String, Object> event(ImageResult result, boolean again) {
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
