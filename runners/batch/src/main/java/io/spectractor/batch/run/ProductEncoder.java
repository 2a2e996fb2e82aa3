package io.spectractor.batch.run;

import io.spectractor.core.outcome.StageTimings;
import io.spectractor.core.product.ProductFormatException;
import io.spectractor.core.product.ProductWriter;
import io.spectractor.core.product.ScienceDigest;
import io.spectractor.core.product.SpectrumProduct;

/** Turns a product into the bytes of its file. */
public interface ProductEncoder {
    /** The whole file. */
    byte[] encode(SpectrumProduct product, StageTimings timings);

    /** Hashes of the file and of its science content. */
    ScienceDigest.OfFile digests(byte[] file, String name);

    /** The FITS layout that users read. */
    static ProductEncoder fits() {
        return new ProductEncoder() {
            @Override
            public byte[] encode(SpectrumProduct product, StageTimings timings) {
                return new ProductWriter().toBytes(product, timings);
            }

            @Override
            public ScienceDigest.OfFile digests(byte[] file, String name) {
                try {
                    return ScienceDigest.ofFile(file, name);
                } catch (ProductFormatException e) {
                    throw new IllegalStateException("we wrote a file that we cannot read: " + name, e);
                }
            }
        };
    }
}
