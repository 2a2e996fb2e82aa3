package io.spectractor.core.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.spectractor.core.outcome.StageTimings;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScienceDigestTest {
    private static final byte[] FILE = new ProductWriter().toBytes(ProductFixtures.typical(), StageTimings.none());

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    @Test
    void theDigestOfAllBytesIsThatOfTheFile() throws Exception {
        ScienceDigest.OfFile both = ScienceDigest.ofFile(FILE, "x.fits");
        assertThat(both.file()).isEqualTo(sha256(FILE));
        assertThat(both.science()).isEqualTo(ScienceDigest.of(FILE, "x.fits")).isNotEqualTo(both.file());
    }

    @Test
    void withoutTimingsBothAreTheSame() throws Exception {
        byte[] bytes = new ProductWriter().toBytes(ProductFixtures.typical());
        ScienceDigest.OfFile both = ScienceDigest.ofFile(bytes, "x.fits");
        assertThat(both.file()).isEqualTo(sha256(bytes)).isEqualTo(both.science());
        assertThat(both.science()).isEqualTo(ScienceDigest.of(FILE, "x.fits"));
    }

    /** A tool may have written the HDUs in another order, or again. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void timingsMayStandAnywhere(int place) throws Exception {
        List<StoredHdu> hdus = StoredHdu.split(FILE, "x.fits");
        ByteArrayOutputStream moved = new ByteArrayOutputStream();
        StoredHdu timings = hdus.get(hdus.size() - 1);
        for (int i = 0; i < hdus.size(); i++) {
            if (i == place) {
                moved.write(FILE, timings.start(), timings.end() - timings.start());
            }
            moved.write(
                    FILE, hdus.get(i).start(), hdus.get(i).end() - hdus.get(i).start());
        }
        ScienceDigest.OfFile both = ScienceDigest.ofFile(moved.toByteArray(), "y.fits");
        assertThat(both.file()).isEqualTo(sha256(moved.toByteArray()));
        assertThat(both.science()).isEqualTo(ScienceDigest.of(FILE, "x.fits"));
    }
}
