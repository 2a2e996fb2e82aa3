package io.spectractor.core.outcome;

/** Why an image has no spectrum, and whether trying again makes sense. */
public enum FailureKind {
    /** The input can't be used: truncated, not FITS, another instrument, a card missing. */
    UNPROCESSABLE,
    /** The input was readable but holds no usable spectrum. */
    NO_SPECTRUM,
    /** The image took longer than its time limit. */
    TIMEOUT,
    /** Something around the image failed (disk, memory, file system); another try may succeed. */
    RETRYABLE,
    /** An internal error. */
    BUG
}
