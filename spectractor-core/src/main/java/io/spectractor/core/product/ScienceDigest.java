package io.spectractor.core.product;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 of what a product says about the sky: the bytes of all HDUs but {@code TIMINGS}. Equal digests prove that two
 * runs, on whatever scheduler, found the same.
 */
public final class ScienceDigest {
    private ScienceDigest() {}

    /**
     * Digest of a product file, 64 hexadecimal digits.
     *
     * @throws ProductFormatException if the file is no complete FITS file
     * @throws IOException if it cannot be read
     */
    public static String of(Path file) throws IOException {
        return of(Files.readAllBytes(file), file.toString());
    }

    /**
     * Digest of a product's bytes, 64 hexadecimal digits.
     *
     * @param name name of the file, for the error message
     * @throws ProductFormatException if the bytes are no complete FITS file
     */
    public static String of(byte[] bytes, String name) throws ProductFormatException {
        MessageDigest digest = sha256();
        for (StoredHdu hdu : StoredHdu.split(bytes, name)) {
            if (!hdu.name().equals(ProductHdu.TIMINGS.name())) {
                digest.update(bytes, hdu.start(), hdu.end() - hdu.start());
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
