package io.spectractor.cli;

import io.spectractor.batch.Json;
import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.watch.ArrivalEvent;
import io.spectractor.batch.watch.FolderArrivals;
import java.util.Locale;

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
            services.out().println(Json.line(ArrivalEvent.of(result, again)));
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
}
