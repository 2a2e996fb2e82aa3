package io.spectractor.calib;

import static org.assertj.core.api.Assertions.assertThat;

import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.observation.ExposureRequest;
import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.pipeline.ExtractionOutcome;
import io.spectractor.core.pipeline.SpectrumExtractor;
import io.spectractor.core.product.SpectrumProduct;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The facts of a golden case's {@code case.json} that tests need. */
record GoldenCase(String json) {

    static GoldenCase read(Path folder) throws IOException {
        return new GoldenCase(Files.readString(folder.resolve("case.json")));
    }

    /** The product of the image of a case. */
    static SpectrumProduct extract(Path folder, ExtractionConfig config, CalibrationStore calibration)
            throws IOException {
        GoldenCase facts = read(folder);
        ExtractionOutcome outcome = new SpectrumExtractor(config, calibration)
                .extract(
                        Files.readAllBytes(folder.resolve(facts.image())),
                        new ExposureRequest(
                                facts.image(),
                                facts.target(),
                                facts.disperser(),
                                new PixelPosition(facts.guessX(), facts.guessY()),
                                null,
                                null));
        assertThat(outcome).isInstanceOf(ExtractionOutcome.Done.class);
        return ((ExtractionOutcome.Done) outcome).product();
    }

    String image() {
        return text("image");
    }

    String target() {
        return text("target");
    }

    String disperser() {
        return text("disperser");
    }

    double guessX() {
        return Double.parseDouble(find("\"guess_xy_pixels\":\\s*\\[\\s*([-0-9.]+)"));
    }

    double guessY() {
        return Double.parseDouble(find("\"guess_xy_pixels\":\\s*\\[\\s*[-0-9.]+\\s*,\\s*([-0-9.]+)"));
    }

    double truth(String key) {
        return Double.parseDouble(find("\"" + key + "\":\\s*([-0-9.eE+]+)"));
    }

    private String text(String key) {
        return find("\"" + key + "\":\\s*\"([^\"]*)\"");
    }

    private String find(String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(json);
        if (!matcher.find()) {
            throw new IllegalArgumentException("no " + pattern + " in case.json");
        }
        return matcher.group(1);
    }
}
