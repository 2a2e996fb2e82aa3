package io.spectractor.batch.watch;

import io.spectractor.batch.plan.LogbookObservations;
import io.spectractor.batch.plan.ObservationLog;
import io.spectractor.core.observation.Logbook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A logbook to which observers still write. It is read again when its file has changed; where that fails, in the middle of
 * being saved for instance, what was read before holds on. Not safe for threads.
 */
public final class WatchedLogbook {
    private final Path file;
    private final Consumer<String> messages;
    private Logbook logbook;
    private @Nullable Stamp read;

    private record Stamp(long size, FileTime time) {}

    /**
     * Reads the logbook for the first time.
     *
     * @param messages what a person should know, a line each
     * @throws RuntimeException as {@link Logbook#read(Path)}
     */
    public WatchedLogbook(Path file, Consumer<String> messages) {
        this.file = file;
        this.messages = messages;
        this.read = stamp();
        this.logbook = Logbook.read(file);
    }

    public Logbook logbook() {
        return logbook;
    }

    /** Its entries. */
    public ObservationLog observations() {
        return new LogbookObservations(logbook);
    }

    /** Whether it says anything of this image. */
    public boolean knows(String fileName) {
        return !(logbook.decide(fileName) instanceof Logbook.Unknown);
    }

    /** Reads it again if it has changed, and tells whether there is something new. */
    public boolean refresh() {
        Stamp now = stamp();
        if (now == null || now.equals(read)) {
            return false;
        }
        read = now;
        try {
            logbook = Logbook.read(file);
        } catch (RuntimeException e) {
            messages.accept(
                    "the logbook has changed and cannot be read now, the one before holds on: " + e.getMessage());
            return false;
        }
        messages.accept("the logbook has changed: " + logbook.summary());
        return true;
    }

    private @Nullable Stamp stamp() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(attributes.size(), attributes.lastModifiedTime());
        } catch (IOException e) {
            return null;
        }
    }
}
