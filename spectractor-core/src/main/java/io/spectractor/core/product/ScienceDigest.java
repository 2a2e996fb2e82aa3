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
            if (isScience(hdu)) {
                digest.update(bytes, hdu.start(), hdu.end() - hdu.start());
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static boolean isScience(StoredHdu hdu) {
        return !hdu.name().equals(ProductHdu.TIMINGS.name());
    }

    /**
     * The digests of a product file, of its science and of all of it, 64 hexadecimal digits each.
     *
     * @param science as {@link #of(byte[], String)}
     * @param file SHA-256 of all bytes
     */
    public record OfFile(String science, String file) {}

    /**
     * Both digests of a product's bytes; where what counts for both comes first, as we write it, in one pass.
     *
     * @param name name of the file, for the error message
     * @throws ProductFormatException if the bytes are no complete FITS file
     */
    public static OfFile ofFile(byte[] bytes, String name) throws ProductFormatException {
        MessageDigest science = sha256();
        MessageDigest file = null;
        int shared = 0;
        for (StoredHdu hdu : StoredHdu.split(bytes, name)) {
            if (isScience(hdu)) {
                science.update(bytes, hdu.start(), hdu.end() - hdu.start());
                shared = file == null ? hdu.end() : shared;
            } else if (file == null) {
                file = copy(science);
            }
        }
        MessageDigest whole = file == null ? copy(science) : file;
        whole.update(bytes, shared, bytes.length - shared);
        HexFormat hex = HexFormat.of();
        return new OfFile(hex.formatHex(science.digest()), hex.formatHex(whole.digest()));
    }

    private static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("Java's own SHA-256 can be copied", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
