package io.spectractor.cli.night;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** Reads spectra by what a file is, whatever made it. */
final class NightFiles {
    private static final int GZIP = 0x1f;
    private static final int HEAD = 8;

    private NightFiles() {}

    /**
     * The spectra of a file.
     *
     * @throws IOException if it can't be read or holds none; the message names the file
     */
    static List<RawSpectrum> read(Path file) throws IOException {
        return read(String.valueOf(file.getFileName()), Files.readAllBytes(file));
    }

    private static List<RawSpectrum> read(String name, byte[] packed) throws IOException {
        byte[] bytes = packed;
        if (isGzip(packed)) {
            try (InputStream in = unpacked(packed)) {
                bytes = in.readAllBytes();
            } catch (IOException e) {
                throw damaged(name, e);
            }
        }
        if (bytes.length > 8 && bytes[1] == 'H' && bytes[2] == 'D' && bytes[3] == 'F') {
            return HdfNightReader.read(name, bytes);
        }
        if (isFits(bytes)) {
            return List.of(FitsSpectrum.read(name, bytes));
        }
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".fits") || lower.endsWith(".h5") || lower.endsWith(".hdf5")) {
            throw new IOException(name + ": neither FITS nor HDF5 inside; is it truncated?");
        }
        return List.of(TextSpectrum.read(name, bytes));
    }

    /**
     * The spectra of a file without their columns: what is known of them. Of FITS only the first header is read.
     *
     * @throws IOException as {@link #read(Path)}, as far as it is seen there
     */
    static List<RawSpectrum> outlines(String name, byte[] bytes) throws IOException {
        if (isGzip(bytes)) {
            try (InputStream in = new BufferedInputStream(unpacked(bytes))) {
                in.mark(HEAD);
                boolean fits = isFits(in.readNBytes(HEAD));
                in.reset();
                if (fits) {
                    return List.of(FitsSpectrum.outline(name, in));
                }
            } catch (IOException e) {
                throw damaged(name, e);
            }
        }
        return isFits(bytes)
                ? List.of(FitsSpectrum.outline(name, new ByteArrayInputStream(bytes)))
                : read(name, bytes).stream().map(RawSpectrum::outline).toList();
    }

    private static boolean isGzip(byte[] bytes) {
        return bytes.length > 2 && (bytes[0] & 0xff) == GZIP && (bytes[1] & 0xff) == 0x8b;
    }

    private static boolean isFits(byte[] bytes) {
        return bytes.length > 6 && bytes[0] == 'S' && bytes[1] == 'I' && bytes[2] == 'M' && bytes[3] == 'P';
    }

    private static InputStream unpacked(byte[] bytes) throws IOException {
        return new GZIPInputStream(new ByteArrayInputStream(bytes));
    }

    private static IOException damaged(String name, IOException e) {
        String message = String.valueOf(e.getMessage());
        return message.startsWith(name)
                ? e
                : new IOException(name + ": damaged, it can't be unpacked (" + message + "); copy it again", e);
    }
}
