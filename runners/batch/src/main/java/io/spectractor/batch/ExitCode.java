package io.spectractor.batch;

/** How a command ends. Scripts and schedulers rely on these numbers. */
public enum ExitCode {
    /** Every image that was asked for has its product. */
    ALL_DONE(0),
    /** Wrong usage or configuration; nothing was done. */
    USAGE(2),
    /** An internal error. */
    BUG(3),
    /** Some images failed. */
    SOME_FAILED(10),
    /** Images failed and none was done. */
    ALL_FAILED(11),
    /** Stopped before the end; {@code resume} continues. */
    INTERRUPTED(75);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
