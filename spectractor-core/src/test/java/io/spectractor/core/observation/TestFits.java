package io.spectractor.core.observation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Assumptions;

/** FITS files made byte by byte, so that tests do not lean on the library that the reader uses. */
final class TestFits {
    static final int BLOCK = 2880;

    private final List<String> cards = new ArrayList<>();
    private byte[] data = new byte[0];

    private TestFits() {}

    /** A primary HDU with the mandatory cards. */
    static TestFits image(int bitpix, int... axes) {
        TestFits fits =
                new TestFits().card("SIMPLE", "T").card("BITPIX", bitpix).card("NAXIS", axes.length);
        for (int i = 0; i < axes.length; i++) {
            fits.card("NAXIS" + (i + 1), axes[i]);
        }
        return fits;
    }

    static TestFits empty() {
        return new TestFits();
    }

    /** A frame of the CTIO 0.9 m telescope: the cards that the reader looks at, with the values of a real frame. */
    static TestFits ctio(int width, int height, float... adu) {
        return image(-32, width, height)
                .card("OBJECT", "'HD11980 '           / Name of object observed")
                .card("DATE-OBS", "'2017-05-31T02:53:52.356'")
                .card("UT", "'02:53:52.356'")
                .card("GTRON11", "12.")
                .card("GTRON12", "12.")
                .card("GTRON21", "12.")
                .card("GTRON22", "12.")
                .card("GTGAIN11", "3.")
                .card("GTGAIN12", "3.")
                .card("GTGAIN21", "3.")
                .card("GTGAIN22", "3.")
                .card("EXPTIME", "120. / Exposure time in secs")
                .card("OBSERVAT", "'CTIO    '           / Origin of data")
                .card("TELESCOP", "'CTIO 0.9 meter telescope'")
                .card("TELID", "'ct36    '")
                .card("UT", "'02:53:52.16'")
                .card("RA", "'12:53:8.10'")
                .card("DEC", "'-18:33:27.78'")
                .card("HA", "'01:52:42.92'")
                .card("AIRMASS", "1.131 / airmass")
                .card("OUTTEMP", "8.6")
                .card("OUTHUM", "25")
                .card("OUTPRESS", "784.")
                .card("FILTER1", "'dia     '")
                .card("FILTER2", "'HoloAmAg'")
                .card("INSTRUME", "'cfccd   '")
                .card("XPIXSIZE", "0.401")
                .card("XSTART", "1")
                .card("YSTART", "1")
                .floats(adu);
    }

    TestFits card(String keyword, Object value) {
        return raw(String.format(Locale.ROOT, "%-8s= %s", keyword, value));
    }

    TestFits raw(String card) {
        cards.add(card.length() > 80 ? card.substring(0, 80) : card + " ".repeat(80 - card.length()));
        return this;
    }

    TestFits without(String keyword) {
        cards.removeIf(card -> card.startsWith(String.format(Locale.ROOT, "%-8s=", keyword)));
        return this;
    }

    TestFits with(String keyword, Object value) {
        return without(keyword).card(keyword, value);
    }

    TestFits data(byte... bytes) {
        data = bytes.clone();
        return this;
    }

    TestFits floats(float... values) {
        ByteBuffer buffer = ByteBuffer.allocate(4 * values.length);
        for (float value : values) {
            buffer.putFloat(value);
        }
        return data(buffer.array());
    }

    byte[] header() {
        return padded(
                (String.join("", cards) + "END" + " ".repeat(77)).getBytes(StandardCharsets.US_ASCII), (byte) ' ');
    }

    byte[] bytes() {
        return concat(header(), padded(data, (byte) 0));
    }

    static byte[] padded(byte[] bytes, byte filler) {
        byte[] padded = Arrays.copyOf(bytes, (bytes.length + BLOCK - 1) / BLOCK * BLOCK);
        Arrays.fill(padded, bytes.length, padded.length, filler);
        return padded;
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Runs a program of Debian's libcfitsio-bin and returns its output; the test is skipped where it is absent. */
    static byte[] run(Path folder, String... command) {
        Path output = folder.resolve("output.bin");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(output.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed");
            }
            return Files.readAllBytes(output);
        } catch (IOException e) {
            Assumptions.abort(command[0] + " is not installed (Debian package libcfitsio-bin): " + e.getMessage());
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A file below the golden folder; the test is skipped where the folder is absent. */
    static Path golden(String path) {
        String folder = System.getenv("SPECTRACTOR_GOLDEN");
        Assumptions.assumeTrue(folder != null, "SPECTRACTOR_GOLDEN is not set");
        Path file = Path.of(String.valueOf(folder)).resolve(path).normalize();
        Assumptions.assumeTrue(Files.exists(file), () -> file + " does not exist");
        return file;
    }
}
