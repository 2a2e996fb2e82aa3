package io.spectractor.core.astrometry;

import java.io.Serial;

/** World coordinates that cannot be used; the message names the file, what is wrong and what to do. */
public final class WcsException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    public WcsException(String message) {
        super(message);
    }

    public WcsException(String message, Throwable cause) {
        super(message, cause);
    }
}
