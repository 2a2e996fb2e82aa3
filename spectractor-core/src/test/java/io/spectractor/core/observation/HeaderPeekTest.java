package io.spectractor.core.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spectractor.core.instrument.Instruments;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class HeaderPeekTest {
    private static final String[] FRAME = {
        "SIMPLE  =                    T",
        "BITPIX  =                  -32",
        "NAXIS   =                    2",
        "OBSERVAT= 'CTIO    '",
        "FILTER2 = 'Holo4_003'          / Filter in wheel 2",
    };

    private static byte[] header(String... cards) {
        StringBuilder text = new StringBuilder();
        for (String card : cards) {
            text.append(String.format("%-80s", card));
        }
        text.append(String.format("%-80s", "END"));
        text.append(" ".repeat((2880 - text.length() % 2880) % 2880));
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static Optional<String> peek(byte[] file) throws IOException {
        return HeaderPeek.disperser(new ByteArrayInputStream(file), Instruments.ctio());
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    @Test
    void readsPlainAndPackedFrames() throws IOException {
        assertThat(peek(header(FRAME))).contains("Holo4_003");
        assertThat(peek(gzip(header(FRAME)))).contains("Holo4_003");
    }

    @Test
    void readsHeadersOfManyBlocks() throws IOException {
        String[] cards = Arrays.copyOf(FRAME, 400);
        Arrays.fill(cards, 4, 399, "COMMENT nothing");
        cards[399] = FRAME[4];
        assertThat(peek(header(cards))).contains("Holo4_003");
    }

    @Test
    void readsTheExtensionOfTileCompressedFrames() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(header("SIMPLE  =                    T", "BITPIX  =                    8", "NAXIS   = 0"));
        file.write(header(
                "XTENSION= 'BINTABLE'",
                "BITPIX  =                    8",
                "NAXIS   =                    2",
                "ZIMAGE  =                    T",
                FRAME[3],
                FRAME[4]));
        assertThat(peek(file.toByteArray())).contains("Holo4_003");
    }

    @Test
    void readsTheSizeOfAFrame() throws IOException {
        String[] plain = {FRAME[0], FRAME[1], FRAME[2], "NAXIS1  =                 1024", "NAXIS2  =  512", FRAME[3]};
        assertThat(size(header(plain))).hasToString("Optional[1024 x 512]");
        assertThat(size(gzip(header(plain)))).contains(new HeaderPeek.Size(1024, 512));

        byte[] empty = header("SIMPLE  =                    T", "BITPIX  =                    8", "NAXIS   = 0");
        String[] packed = {
            "XTENSION= 'BINTABLE'",
            "NAXIS   =  2",
            "NAXIS1  =    8",
            "NAXIS2  =  512",
            FRAME[3],
            "ZNAXIS1 = 1024",
            "ZNAXIS2 = 512"
        };
        assertThat(size(joined(empty, header(packed)))).as("a table").isEmpty();
        String[] image = Arrays.copyOf(packed, packed.length + 1);
        image[packed.length] = "ZIMAGE  =                    T";
        assertThat(size(joined(empty, header(image)))).contains(new HeaderPeek.Size(1024, 512));
    }

    @Test
    void saysNoSizeOfWhatIsNoFrame() throws IOException {
        assertThat(size("<html>".getBytes(StandardCharsets.US_ASCII))).isEmpty();
        assertThat(size(header(FRAME))).as("no NAXIS1").isEmpty();
        String[] plain = {FRAME[0], FRAME[1], FRAME[2], "NAXIS1  =                    0", "NAXIS2  =  512", FRAME[3]};
        assertThat(size(header(plain))).isEmpty();
        plain[3] = "NAXIS1  =           9999999999";
        assertThat(size(header(plain))).isEmpty();
        plain[3] = "NAXIS1  =                  512";
        plain[5] = "INSTRUME= 'DECam   '";
        assertThat(size(header(plain))).isEmpty();
    }

    private static Optional<HeaderPeek.Size> size(byte[] file) throws IOException {
        return HeaderPeek.size(new ByteArrayInputStream(file), Instruments.ctio());
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** Why such a file is of no use is said when it is read. */
    @Test
    void saysNothingOfFilesThatAreNoFrames() throws IOException {
        assertThat(peek(new byte[0])).isEmpty();
        assertThat(peek("<html>".getBytes(StandardCharsets.US_ASCII))).isEmpty();
        assertThat(peek(Arrays.copyOf(header(FRAME), 2000))).isEmpty();
        assertThat(peek(new byte[1 << 20])).isEmpty();
        assertThat(peek(header(Arrays.copyOf(FRAME, 4)))).as("no FILTER2").isEmpty();
        String[] foreign = FRAME.clone();
        foreign[3] = "INSTRUME= 'DECam   '";
        assertThat(peek(header(foreign))).isEmpty();
        assertThatThrownBy(() -> peek(Arrays.copyOf(gzip(header(FRAME)), 40))).isInstanceOf(EOFException.class);
    }
}
