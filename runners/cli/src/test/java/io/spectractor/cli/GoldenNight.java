package io.spectractor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/** Spectra of the nights with known air in the shared material (folder golden/multi), as they are or changed. */
final class GoldenNight {
    private GoldenNight() {}

    /** The folder of a night; without the shared material the test is skipped. */
    static Path folder(String night) {
        String shared = System.getenv("SPECTRACTOR_SHARED");
        assumeTrue(shared != null, "SPECTRACTOR_SHARED names no folder of shared material");
        Path path = Path.of(shared).toAbsolutePath().resolve("golden/multi").resolve(night);
        assumeTrue(Files.isDirectory(path), path + " is not there");
        return path;
    }

    /** Writes a spectrum of a night with changed bytes. */
    static void spectrum(String night, int number, Path file, Consumer<byte[]> how) throws IOException {
        Path packed = folder(night).resolve(String.format(Locale.ROOT, "%02d_spectrum.fits.gz", number));
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(packed))) {
            byte[] bytes = in.readAllBytes();
            how.accept(bytes);
            Files.write(file, bytes);
        }
    }

    /** Where a text begins. */
    static int find(byte[] bytes, String text) {
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
        assertThat(at).as(text).isNotNegative();
        return at;
    }

    /** Puts another card in place of one. */
    static void card(byte[] bytes, String old, String now) {
        byte[] line = String.format(Locale.ROOT, "%-80s", now).getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(line, 0, bytes, find(bytes, old), line.length);
    }
}
