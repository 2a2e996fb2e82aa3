package io.spectractor.batch.report;

import io.spectractor.batch.result.ImageResult;
import io.spectractor.core.outcome.Failure;
import io.spectractor.core.outcome.FailureKind;
import io.spectractor.core.outcome.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Images that failed alike.
 *
 * @param stage where
 * @param kind what sort
 * @param cause the message without what is particular to one file
 * @param images the images, in the order of the plan
 */
public record FailureGroup(Stage stage, FailureKind kind, String cause, List<ImageResult> images) {

    /** Groups, the largest first. */
    public static List<FailureGroup> of(List<ImageResult> images) {
        Map<List<Object>, FailureGroup> groups = new LinkedHashMap<>();
        for (ImageResult image : images) {
            Failure failure = image.failure();
            if (failure != null) {
                String cause = cause(failure.message(), image);
                groups.computeIfAbsent(
                                List.of(failure.stage(), failure.kind(), cause.replaceAll("[0-9]+", "#")),
                                key -> new FailureGroup(failure.stage(), failure.kind(), cause, new ArrayList<>()))
                        .images()
                        .add(image);
            }
        }
        return groups.values().stream()
                .sorted(Comparator.comparingInt((FailureGroup g) -> -g.images().size()))
                .toList();
    }

    /** The message without the name of the file. */
    private static String cause(String message, ImageResult image) {
        String general = message.replace(image.input(), "…").replace(image.name(), "…");
        return general.replaceFirst("^\\s*…\\s*:?\\s*", "");
    }
}
