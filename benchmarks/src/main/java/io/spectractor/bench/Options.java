package io.spectractor.bench;

import io.spectractor.batch.UsageException;

/** Checks of options. */
final class Options {
    private Options() {}

    /** @throws UsageException with the message unless the condition holds */
    static void require(boolean condition, String message) {
        if (!condition) {
            throw new UsageException(message);
        }
    }
}
