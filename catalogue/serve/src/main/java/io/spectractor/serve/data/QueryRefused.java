package io.spectractor.serve.data;

/** What was asked for cannot be had; the message says why and what could be. */
public final class QueryRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public QueryRefused(String message) {
        super(message);
    }

    public QueryRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
