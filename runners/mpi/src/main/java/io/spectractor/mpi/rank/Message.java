package io.spectractor.mpi.rank;

import io.spectractor.batch.Json;
import io.spectractor.batch.result.ImageResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What ranks say to each other and to the hub; JSON in UTF-8.
 *
 * @param kind what it is about
 * @param rank who says it
 * @param index place of the image in the plan, -1 if it is about none
 * @param attempt which try, 0 if it is about none
 * @param worker who works on the image, or null
 * @param reason why, or null
 * @param result what became of the image, or null
 */
public record Message(
        Kind kind,
        int rank,
        int index,
        int attempt,
        @Nullable String worker,
        @Nullable String reason,
        @Nullable ImageResult result) {
    /** What a message is about. */
    public enum Kind {
        /** To rank 0: give me an image. */
        REQUEST,
        /** From rank 0: do this image. */
        TASK,
        /** From rank 0: there is no image any more. */
        NO_MORE,
        /** An image is begun. */
        STARTED,
        /** An image will be tried again by the same rank. */
        RETRYING,
        /** An image is done or failed. */
        RESULT,
        /** For those who look closely, e.g. how long the broadcast took. */
        NOTE,
        /** To rank 0: I have nothing more to do. */
        LEAVING,
        /** From rank 0: all have nothing more to do. */
        GOODBYE
    }

    static Message of(Kind kind, int rank) {
        return new Message(kind, rank, -1, 0, null, null, null);
    }

    static Message of(Kind kind, int rank, String text) {
        return new Message(kind, rank, -1, 0, null, text, null);
    }

    static Message task(int index) {
        return new Message(Kind.TASK, 0, index, 0, null, null, null);
    }

    static Message started(int rank, int index, int attempt, String worker) {
        return new Message(Kind.STARTED, rank, index, attempt, worker, null, null);
    }

    static Message retrying(int rank, int index, String reason) {
        return new Message(Kind.RETRYING, rank, index, 0, null, reason, null);
    }

    static Message finished(int rank, int index, ImageResult result) {
        return new Message(Kind.RESULT, rank, index, result.attempts(), null, null, result);
    }

    /** The byte form. */
    public byte[] toBytes() {
        return Json.line(this).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads {@link #toBytes}.
     *
     * @throws IOException if the bytes are something else
     */
    public static Message fromBytes(byte[] bytes) throws IOException {
        return Json.read(new String(bytes, StandardCharsets.UTF_8), Message.class);
    }
}
