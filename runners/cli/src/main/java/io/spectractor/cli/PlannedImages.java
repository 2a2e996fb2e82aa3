package io.spectractor.cli;

import io.spectractor.batch.UsageException;
import io.spectractor.batch.files.PathResolver;
import io.spectractor.batch.plan.WorkItem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Optional;

/** The images of a plan before a run: a look into their headers. */
final class PlannedImages {
    private PlannedImages() {}

    /** What is to be known of a file. */
    @FunctionalInterface
    interface Look<T> {
        Optional<T> at(InputStream stream) throws IOException;
    }

    /** What the file says; nothing if it can't be read now: the image itself will tell. */
    static <T> Optional<T> peek(WorkItem item, Look<T> look) {
        try (InputStream stream = Files.newInputStream(PathResolver.path(item.input()))) {
            return look.at(stream);
        } catch (IOException | UsageException e) {
            return Optional.empty();
        }
    }
}
