package io.spectractor.cli.night;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** Reads spectra by what a file is, whatever made it. */
final class NightFiles {
    private static final int GZIP = 0x1f;

    private NightFiles() {}

    /**
     * The spectra of a file.
     *
     * @throws IOException if it can't be read or holds none; the message names the file
     */
    static List<RawSpectrum> read(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length > 2 && (bytes[0] & 0xff) == GZIP && (bytes[1] & 0xff) == 0x8b) {
            try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                bytes = in.readAllBytes();
            } catch (IOException e) {
                throw new IOException(
                        name + ": damaged, it can't be unpacked (" + e.getMessage() + "); copy it again", e);
            }
        }
        if (bytes.length > 8 && bytes[1] == 'H' && bytes[2] == 'D' && bytes[3] == 'F') {
            return HdfNightReader.read(name, bytes);
        }
        if (bytes.length > 6 && bytes[0] == 'S' && bytes[1] == 'I' && bytes[2] == 'M' && bytes[3] == 'P') {
            return List.of(FitsSpectrum.read(name, bytes));
        }
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".fits") || lower.endsWith(".h5") || lower.endsWith(".hdf5")) {
            throw new IOException(name + ": neither FITS nor HDF5 inside; is it truncated?");
        }
        return List.of(TextSpectrum.read(name, bytes));
    }
}
