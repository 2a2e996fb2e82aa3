package io.spectractor.serve.data;

/** Too many ask at this moment. */
public final class BusyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BusyException() {
        super("too many queries at this moment; try again in a minute");
    }
}
