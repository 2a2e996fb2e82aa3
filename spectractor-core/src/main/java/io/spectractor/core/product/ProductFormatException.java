package io.spectractor.core.product;

import java.io.IOException;

/** A file is not a readable spectrum product; the message names the file, what is wrong and what to do. */
public final class ProductFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What is wrong with the file. */
    public enum Problem {
        /** Empty, or not FITS at all. */
        NOT_FITS,
        /** Ends before its last HDU is complete. */
        TRUNCATED,
        /** FITS, but not a spectrum written by this software. */
        NOT_A_PRODUCT,
        /** A product of a format that this version cannot read. */
        OTHER_FORMAT,
        /** A DATASUM or CHECKSUM does not match the bytes. */
        CHECKSUM_MISMATCH,
        /** A product whose contents contradict the layout. */
        MALFORMED
    }

    private final Problem problem;

    ProductFormatException(Problem problem, String file, String message) {
        super(file + ": " + message);
        this.problem = problem;
    }

    /** What is wrong, for callers that decide by it. */
    public Problem problem() {
        return problem;
    }
}
