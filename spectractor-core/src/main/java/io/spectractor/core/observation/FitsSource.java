package io.spectractor.core.observation;

import io.spectractor.core.outcome.ExtractionException;
import io.spectractor.core.outcome.FailureKind;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one FITS file, wherever they came from, with the name that messages give it.
 *
 * <p>Gzip is recognised by its first two bytes, never by the file's name, and undone here. Everything that reads FITS
 * goes through {@link #content()}.
 */
public final class FitsSource {
    /** Largest file, and largest content of a gzipped file, that is accepted: 16 frames of 2048² float32. */
    public static final int MAX_BYTES = 1 << 28;

    private static final int GZIP_MAGIC_1 = 0x1f;
    private static final int GZIP_MAGIC_2 = 0x8b;
    private static final int GZIP_SMALLEST = 18;

    private final String name;
    private final byte[] fileBytes;
    private final @Nullable String sha256;
    private final PixelArrays arrays;

    private FitsSource(String name, byte[] fileBytes, @Nullable String sha256, PixelArrays arrays) {
        this.name = name;
        this.fileBytes = fileBytes;
        this.sha256 = sha256;
        this.arrays = arrays;
    }

    /**
     * A file that is already in memory. The array is not copied: the caller must not change it afterwards.
     *
     * @param name what messages call it, usually the file name without folder
     * @param fileBytes the file as it is on disk
     * @throws ExtractionException UNPROCESSABLE if it is larger than {@link #MAX_BYTES}
     */
    public static FitsSource of(String name, byte[] fileBytes) {
        if (fileBytes.length > MAX_BYTES) {
            throw tooLarge(name);
        }
        return new FitsSource(name, fileBytes, null, new PixelArrays());
    }

    /** The same with its {@link #sha256()}, which the caller has computed already. */
    public static FitsSource of(String name, byte[] fileBytes, String sha256) {
        if (fileBytes.length > MAX_BYTES) {
            throw tooLarge(name);
        }
        return new FitsSource(name, fileBytes, sha256, new PixelArrays());
    }

    /**
     * A file on disk, read at once.
     *
     * @throws ExtractionException UNPROCESSABLE if there is no such readable file or it is too large, RETRYABLE if the
     *     file system fails
     */
    public static FitsSource of(Path file) {
        Path fileName = file.getFileName();
        String name = fileName == null ? file.toString() : fileName.toString();
        try {
            if (Files.isDirectory(file)) {
                throw UnprocessableFile.because(name, "is a folder, not a FITS file");
            }
            if (Files.size(file) > MAX_BYTES) {
                throw tooLarge(name);
            }
            return of(name, Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw UnprocessableFile.because(
                    name, "no such file in " + file.toAbsolutePath().getParent(), e);
        } catch (AccessDeniedException e) {
            throw UnprocessableFile.because(name, "no permission to read it", e);
        } catch (IOException e) {
            throw readFailure(name, e);
        }
    }

    /**
     * A stream, read to its end; the caller closes it.
     *
     * @throws ExtractionException UNPROCESSABLE if it is too large, RETRYABLE if reading fails
     */
    public static FitsSource of(String name, InputStream stream) {
        try {
            return of(name, stream.readNBytes(MAX_BYTES + 1));
        } catch (IOException e) {
            throw readFailure(name, e);
        }
    }

    /**
     * Looks whether it is a whole FITS file, without looking at what is inside.
     *
     * @throws ExtractionException UNPROCESSABLE, saying what else it is
     */
    public void requireWhole() {
        FitsLayout.of(name, content());
    }

    /** The same, its pixels to be put into these arrays. */
    public FitsSource into(PixelArrays spare) {
        return new FitsSource(name, fileBytes, sha256, spare);
    }

    /** Arrays for the pixels. */
    PixelArrays arrays() {
        return arrays;
    }

    /** What messages call the file. */
    public String name() {
        return name;
    }

    /** SHA-256 of the file's bytes as they were read (before any decompression), lower-case hex. */
    public String sha256() {
        if (sha256 != null) {
            return sha256;
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(fileBytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * The FITS bytes: those of the file, or what is inside if it is gzipped.
     *
     * @throws ExtractionException UNPROCESSABLE if the gzip stream is truncated, damaged or too large
     */
    byte[] content() {
        byte[] bytes = fileBytes;
        // A tile-compressed file that was gzipped on top needs one round; nested gzip happens when a tool gzips twice.
        for (int round = 0; round < 2 && isGzip(bytes); round++) {
            bytes = gunzip(bytes);
        }
        return bytes;
    }

    private static boolean isGzip(byte[] bytes) {
        return bytes.length >= 2 && (bytes[0] & 0xff) == GZIP_MAGIC_1 && (bytes[1] & 0xff) == GZIP_MAGIC_2;
    }

    private byte[] gunzip(byte[] packed) {
        byte[] out = new byte[contentSizeHint(packed)];
        int n = 0;
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed), 1 << 16)) {
            while (true) {
                int got = in.readNBytes(out, n, out.length - n);
                n += got;
                if (n < out.length) {
                    return Arrays.copyOf(out, n);
                }
                int next = in.read();
                if (next < 0) {
                    return out;
                }
                if (n >= MAX_BYTES) {
                    throw tooLarge(name);
                }
                out = Arrays.copyOf(out, (int) Math.min(MAX_BYTES, Math.max(4096L, 2L * n)));
                out[n++] = (byte) next;
            }
        } catch (EOFException e) {
            throw UnprocessableFile.because(
                    name, "truncated gzip stream: it ends after " + packed.length + " bytes; fetch the file again", e);
        } catch (ZipException e) {
            throw UnprocessableFile.because(
                    name, "damaged gzip stream (" + e.getMessage() + "); fetch the file again", e);
        } catch (IOException e) {
            throw UnprocessableFile.because(name, "cannot unpack the gzip stream (" + e.getMessage() + ")", e);
        }
    }

    /** The size a gzip file claims for its content (last four bytes), kept within what deflate can reach. */
    private static int contentSizeHint(byte[] packed) {
        int n = packed.length;
        if (n < GZIP_SMALLEST) {
            return 4096;
        }
        long claimed = (packed[n - 4] & 0xffL)
                | (packed[n - 3] & 0xffL) << 8
                | (packed[n - 2] & 0xffL) << 16
                | (packed[n - 1] & 0xffL) << 24;
        // A truncated file ends in arbitrary bytes: start small then, the buffer grows.
        boolean plausible = claimed > 0 && claimed <= MAX_BYTES && claimed <= 8L * n;
        return plausible ? (int) claimed : (int) Math.min(MAX_BYTES, 2L * n);
    }

    private static ExtractionException tooLarge(String name) {
        return UnprocessableFile.because(
                name, "larger than " + (MAX_BYTES >> 20) + " MiB, which no frame is that is meant here");
    }

    private static ExtractionException readFailure(String name, IOException e) {
        return new ExtractionException(
                FailureKind.RETRYABLE, name + ": cannot be read now (" + e.getMessage() + ")", e);
    }
}
