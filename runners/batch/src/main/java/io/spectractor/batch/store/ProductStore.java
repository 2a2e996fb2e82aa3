package io.spectractor.batch.store;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Where products go. A product appears under its name whole or not at all; a record beside it tells what it was made of.
 * Safe for threads, and for several processes on one folder as far as the file system locks files.
 */
public interface ProductStore {
    /** Whether there is a file with this product's name, whoever made it. */
    boolean exists(String productName) throws IOException;

    /** The record of a product, if there is one that can be read. The product itself is not looked at. */
    Optional<ProductRecord> record(String productName) throws IOException;

    /** The record, if its key is this one and the product's bytes have the digest that it tells. */
    Optional<ProductRecord> verified(String productName, String key) throws IOException;

    /**
     * Commits a product. When another run has committed a product with the same key in the meantime, that one stays; so
     * does one that this run has committed already, in another attempt.
     *
     * @param product the whole file
     * @param record what it was made of, with the digest of {@code product}
     * @param replaceSame whether to replace a product of the same key that another run made
     * @return the record of the product that stands under the name now
     * @throws IOException if it cannot be written; then nothing changed under the product's name
     */
    ProductRecord commit(byte[] product, ProductRecord record, boolean replaceSame) throws IOException;

    /**
     * Removes the temporary files of runs that are no more.
     *
     * @return how many were removed
     */
    int sweep(Predicate<String> runIsAlive) throws IOException;
}
