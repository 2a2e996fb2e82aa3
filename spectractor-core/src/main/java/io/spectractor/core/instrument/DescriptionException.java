package io.spectractor.core.instrument;

/** A description of an instrument that can't be used: the message names file, line, what is wrong and what to do. */
public final class DescriptionException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    DescriptionException(String message) {
        super(message);
    }

    DescriptionException(String message, Throwable cause) {
        super(message, cause);
    }
}
