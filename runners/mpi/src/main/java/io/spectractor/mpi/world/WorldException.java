package io.spectractor.mpi.world;

/** The world of ranks is broken, or did not come about: nothing can be sent any more. */
public final class WorldException extends Exception {
    private static final long serialVersionUID = 1L;

    public WorldException(String message) {
        super(message);
    }

    public WorldException(String message, Throwable cause) {
        super(message, cause);
    }
}
