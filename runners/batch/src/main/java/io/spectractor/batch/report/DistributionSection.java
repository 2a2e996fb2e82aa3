package io.spectractor.batch.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.spectractor.batch.Json;
import io.spectractor.batch.result.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a scheduler of many nodes wrote down of its own time, in {@code distribution.json} of the run folder. */
final class DistributionSection {
    private static final Logger LOG = LoggerFactory.getLogger(DistributionSection.class);

    private final RunSummary summary;

    DistributionSection(RunSummary summary) {
        this.summary = summary;
    }

    void render(Html html) {
        Optional<JsonNode> numbers = read(summary.runFolder().resolve("distribution.json"));
        if (numbers.isEmpty()) {
            return;
        }
        html.open("section").element("h2", "Where the time went");
        html.open("div", "class", "scroll").open("table", "class", "timings").open("tbody");
        for (Map.Entry<String, JsonNode> field : numbers.get().properties()) {
            html.open("tr").element("td", words(field.getKey()));
            html.element("td", field.getValue().asText(), "class", "number").close();
        }
        html.close().close().close().close();
    }

    private static String words(String name) {
        return name.replaceFirst("_core_s$", ", s summed over cores")
                .replaceFirst("_s$", ", s")
                .replace('_', ' ');
    }

    private static Optional<JsonNode> read(Path file) {
        try {
            return Files.exists(file)
                    ? Optional.of(Json.read(Files.readString(file), JsonNode.class))
                    : Optional.empty();
        } catch (IOException e) {
            LOG.warn("{} cannot be read and is left out of the report", file, e);
            return Optional.empty();
        }
    }
}
