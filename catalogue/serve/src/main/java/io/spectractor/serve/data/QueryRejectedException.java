package io.spectractor.serve.data;

/** What was asked for cannot be had; the message says why and what could be. */
public final class QueryRejectedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public QueryRejectedException(String message) {
        super(message);
    }

    public QueryRejectedException(String message, Throwable cause) {
        super(message, cause);
    }
}
