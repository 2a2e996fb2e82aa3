package io.spectractor.bench;

import io.spectractor.batch.UsageException;
import java.nio.file.Path;

/** The checkout that the benchmarks belong to; {@code ./spectractor bench} names it in a system property. */
final class Checkout {
    private static final String PROPERTY = "spectractor.root";

    private Checkout() {}

    /** Its folder. */
    static Path root() {
        String root = System.getProperty(PROPERTY);
        if (root == null) {
            throw new UsageException(
                    "start the benchmarks with './spectractor bench', which says where the sources are");
        }
        return Path.of(root);
    }

    /** The script {@code spectractor} in it. */
    static Path script() {
        return root().resolve("spectractor");
    }
}
