package io.spectractor.hats;

/** A catalogue or a table that cannot be used as it is: the message names it, what is wrong and what to do. */
public final class CatalogueException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public CatalogueException(String message) {
        super(message);
    }

    public CatalogueException(String message, Throwable cause) {
        super(message, cause);
    }
}
