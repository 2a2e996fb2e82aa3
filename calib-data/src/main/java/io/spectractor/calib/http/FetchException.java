package io.spectractor.calib.http;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;

/** A URL could not be fetched; the message names it and why. */
public final class FetchException extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean missing;

    FetchException(String message, boolean missing, Throwable cause) {
        super(message, cause);
        this.missing = missing;
    }

    FetchException(String message, boolean missing) {
        super(message);
        this.missing = missing;
    }

    /** The text is not a URL that can be asked. */
    public static FetchException notAUrl(String text, Throwable cause) {
        return new FetchException(text + " is not a URL", false, cause);
    }

    /** A file of another file system could not be read. */
    public static FetchException of(URI file, IOException cause) {
        boolean missing = cause instanceof NoSuchFileException || cause instanceof FileNotFoundException;
        return new FetchException(file + ": " + (missing ? "no such file" : cause.toString()), missing, cause);
    }

    /** Whether the server answered that there is no such thing. */
    public boolean isMissing() {
        return missing;
    }
}
