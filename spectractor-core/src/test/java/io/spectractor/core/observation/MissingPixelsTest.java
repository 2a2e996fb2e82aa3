package io.spectractor.core.observation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.outcome.ExtractionException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Found by fuzzing: an extension whose GCOUNT or PCOUNT leaves fewer data than its axes promise. */
class MissingPixelsTest {
    @ParameterizedTest
    @ValueSource(ints = {8, 16, 32, -32, -64})
    void imageWithFewerDataThanItsAxesPromiseIsDamaged(int bitpix) {
        byte[] primary = header("SIMPLE  = T", "BITPIX  = 8", "NAXIS   = 0", "EXTEND  = T", "END");
        byte[] extension = header(
                "XTENSION= 'IMAGE   '",
                "BITPIX  = " + bitpix,
                "NAXIS   = 2",
                "NAXIS1  = 16",
                "NAXIS2  = 12",
                "PCOUNT  = 0",
                "GCOUNT  = 0",
                "END");
        byte[] file = Arrays.copyOf(primary, 4 * 2880);
        System.arraycopy(extension, 0, file, 2880, 2880);

        assertThatThrownBy(() -> new InstrumentReader(Instruments.ctio())
                        .read(
                                FitsSource.of("a.fits", file),
                                ExposureRequest.of("a.fits"),
                                Instruments.ctio().config()))
                .isInstanceOf(ExtractionException.class)
                .hasMessageContaining("damaged: its axes promise 192 pixels, its data hold 0");
    }

    private static byte[] header(String... cards) {
        StringBuilder text = new StringBuilder();
        for (String card : cards) {
            text.append(card).append(" ".repeat(80 - card.length()));
        }
        return (text + " ".repeat(2880 - text.length())).getBytes(StandardCharsets.US_ASCII);
    }
}
