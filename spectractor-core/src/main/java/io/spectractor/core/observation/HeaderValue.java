package io.spectractor.core.observation;

import org.jspecify.annotations.Nullable;

/**
 * What a header says of one thing, and how that was found.
 *
 * @param value the value, or null if there is none
 * @param status how far to trust it
 * @param how one line: which card, with which value and unit, or why not
 * @param <T> type of the value
 */
public record HeaderValue<T>(@Nullable T value, Status status, String how) {
    /** How a value came about. */
    public enum Status {
        /** A card says it, or what cards say determines it. */
        FOUND,
        /** The description has it for want of a card. */
        ASSUMED,
        /** Nothing says it. */
        MISSING,
        /** A card says what can't be. */
        IMPOSSIBLE
    }

    /** Whether there is a value. */
    public boolean isThere() {
        return value != null;
    }
}
