package io.spectractor.batch.report;

import io.spectractor.batch.result.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The resources that a run used: the picture {@code resources.png} of the run folder. */
final class ResourceSection {
    private static final Logger LOG = LoggerFactory.getLogger(ResourceSection.class);

    private final RunSummary summary;

    ResourceSection(RunSummary summary) {
        this.summary = summary;
    }

    void render(Html html) {
        Path picture = summary.runFolder().resolve("resources.png");
        if (!Files.isRegularFile(picture)) {
            return;
        }
        try {
            String png = Base64.getEncoder().encodeToString(Files.readAllBytes(picture));
            html.open("section").element("h2", "Resource usage of the run");
            html.empty(
                    "img",
                    "src",
                    "data:image/png;base64," + png,
                    "alt",
                    "load, processor time per process, unused memory and memory per process over time",
                    "style",
                    "width:100%;height:auto");
            html.element(
                    "p",
                    "From resources.parquet in the run folder; 'spectractor monitor' draws parts of it larger.",
                    "class",
                    "note");
            html.close();
        } catch (IOException e) {
            LOG.warn("{} cannot be read and is left out of the report", picture, e);
        }
    }
}
