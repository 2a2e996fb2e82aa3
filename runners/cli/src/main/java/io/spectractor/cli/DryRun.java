package io.spectractor.cli;

import io.spectractor.batch.ExitCode;
import io.spectractor.batch.Json;
import io.spectractor.batch.plan.PlannedImage;
import io.spectractor.batch.plan.WorkItem;
import io.spectractor.batch.run.RunSettings;
import io.spectractor.batch.run.WorkContext;
import io.spectractor.batch.store.FolderProductStore;
import io.spectractor.batch.store.ProductRecord;
import io.spectractor.batch.store.ProductStore;
import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.config.ConfigText;
import io.spectractor.core.observation.ExposureRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says what a run would do, and touches nothing. */
final class DryRun {
    private final Services services;
    private final boolean json;

    DryRun(Services services, boolean json) {
        this.services = services;
        this.json = json;
    }

    int print(RunSettings settings, CalibrationStore calibration) throws IOException {
        ProductStore store = new FolderProductStore(settings.outputFolder(), settings.runId());
        WorkContext context = new WorkContext(
                ConfigText.sha256(settings.config()),
                settings.calibrationSha256(),
                settings.codeVersion(),
                settings.existing());
        List<Map<String, Object>> lines = new ArrayList<>();
        for (PlannedImage image : settings.plan().images()) {
            lines.add(line(image, store, context, calibration));
        }
        if (json) {
            services.out().println(Json.pretty(lines));
        } else {
            lines.forEach(l -> services.out().println(String.join("  ", words(l))));
            services.out()
                    .println(settings.plan().items().size() + " of " + lines.size() + " images would be extracted");
        }
        return ExitCode.ALL_DONE.code();
    }

    private static Map<String, Object> line(
            PlannedImage image, ProductStore store, WorkContext context, CalibrationStore calibration)
            throws IOException {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("image", image.name());
        if (image instanceof PlannedImage.Extract extract) {
            ExposureRequest request = extract.item().request();
            line.put("plan", "extract");
            put(line, "target", request.target());
            line.put("reference", PlannedReference.of(request.target(), calibration));
            put(line, "disperser", request.disperser());
            put(
                    line,
                    "guess",
                    request.guess() == null
                            ? null
                            : request.guess().x() + "," + request.guess().y());
            put(line, "product", standing(extract.item(), store, context));
        } else if (image instanceof PlannedImage.Skip skip) {
            line.put("plan", "skip");
            line.put("reason", skip.reason());
        } else if (image instanceof PlannedImage.Refuse refuse) {
            line.put("plan", "fail");
            line.put("reason", refuse.failure().message());
        }
        return line;
    }

    private static @Nullable String standing(WorkItem item, ProductStore store, WorkContext context)
            throws IOException {
        if (!store.exists(item.productName())) {
            return null;
        }
        Optional<ProductRecord> record = store.record(item.productName());
        boolean fits = record.isPresent() && record.get().context().equals(context.of(item));
        return fits ? "there already, kept if image and product are unchanged" : "there already, made otherwise";
    }

    private static void put(Map<String, Object> line, String key, @Nullable String value) {
        if (value != null) {
            line.put(key, value);
        }
    }

    private static List<String> words(Map<String, Object> line) {
        List<String> words = new ArrayList<>();
        line.forEach((key, value) -> words.add(
                switch (key) {
                    case "image", "plan", "reason" -> value.toString();
                    default -> key + "=" + value;
                }));
        return words;
    }
}
