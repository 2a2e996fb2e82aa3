package io.spectractor.serve.page;

/** What an address names is not in the catalogue; the message says what. */
final class NotThereException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotThereException(String message) {
        super(message);
    }
}
