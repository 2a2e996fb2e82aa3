package io.spectractor.core.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.instrument.Instruments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real frame of the golden case hd111980-real, plain, gzipped and packed by fpack. */
@Tag("slow")
class GoldenFrameTest {
    private static final String FRAME = "hd111980-real/reduc_20170530_134.fits.gz";
    private static final String NAME = "reduc_20170530_134.fits";

    @TempDir
    private Path folder;

    private static ReadResult read(byte[] file) {
        return new InstrumentReader(Instruments.ctio())
                .read(file, ExposureRequest.of(NAME), Instruments.ctio().config());
    }

    /** Values of the frame's header; h and dec as in spec/01 §4. */
    @Test
    void headerOfTheRealFrame() throws IOException {
        Exposure exposure = read(Files.readAllBytes(TestFits.golden(FRAME))).exposure();
        ObservationMetadata metadata = exposure.metadata();
        assertThat(metadata.airmass()).isEqualTo(1.131);
        assertThat(metadata.exposureSeconds()).isEqualTo(120);
        assertThat(metadata.hourAngleDeg()).isCloseTo(28.178833, within(1e-6));
        assertThat(metadata.declinationDeg()).isCloseTo(-18.557717, within(1e-6));
        assertThat(metadata.rightAscensionDeg()).isCloseTo(193.28375, within(1e-9));
        assertThat(metadata.disperser()).isEqualTo("HoloAmAg");
        assertThat(metadata.filter()).isNull();
        assertThat(metadata.pressureHPa()).isEqualTo(784);
        assertThat(metadata.cards())
                .hasSize(129)
                .contains(FitsHeader.padded("PROPID  = '        '           / Proposal ID", 80));
        assertThat(exposure.image().width()).isEqualTo(2048);
        assertThat(exposure.image().height()).isEqualTo(2048);
        assertThat(exposure.image().saturationRate()).isEqualTo(500);
    }

    @Test
    void plainGzippedAndLosslesslyPackedFramesAreTheSame() throws IOException {
        byte[] gzipped = Files.readAllBytes(TestFits.golden(FRAME));
        byte[] plain = FitsSource.of(NAME, gzipped).content();
        Path file = folder.resolve(NAME);
        Files.write(file, plain);
        byte[] packed = TestFits.run(folder, "fpack", "-g", "-q", "0", "-S", file.toString());
        assertSame(read(plain).exposure(), read(gzipped).exposure());
        assertSame(read(plain).exposure(), read(packed).exposure());
    }

    private static void assertSame(Exposure expected, Exposure actual) {
        CcdImage a = expected.image();
        CcdImage b = actual.image();
        for (int y = 0; y < a.height(); y++) {
            for (int x = 0; x < a.width(); x++) {
                boolean same = a.rate(x, y) == b.rate(x, y)
                        && a.variance(x, y) == b.variance(x, y)
                        && a.mask(x, y) == b.mask(x, y);
                if (!same) {
                    assertThat(b.rate(x, y)).as("rate at %d, %d", x, y).isEqualTo(a.rate(x, y));
                }
            }
        }
        assertThat(actual.metadata()).isEqualTo(expected.metadata());
    }

    /** fpack's default quantisation rounds floats by up to a small part of the noise. */
    @Test
    void ricePackedFrameIsThatOfFunpack() throws IOException {
        byte[] plain =
                FitsSource.of(NAME, Files.readAllBytes(TestFits.golden(FRAME))).content();
        Path file = folder.resolve(NAME);
        Files.write(file, plain);
        byte[] packed = TestFits.run(folder, "fpack", "-S", file.toString());
        Path packedFile = folder.resolve(NAME + ".fz");
        Files.write(packedFile, packed);
        byte[] reference = TestFits.run(folder, "funpack", "-S", packedFile.toString());
        float[] expected = FitsImage.read(FitsSource.of(NAME, reference)).pixels();
        float[] actual = FitsImage.read(FitsSource.of(NAME, packed)).pixels();
        int different = 0;
        for (int i = 0; i < expected.length; i++) {
            // scale * n + zero is rounded in another order: one unit in the last place, more where the sum is close to
            // 0
            if (!(Math.abs(actual[i] - expected[i]) <= Math.max(1e-6f, Math.ulp(expected[i])))) {
                different++;
            }
        }
        assertThat(different).isZero();
        ObservationMetadata before = read(plain).exposure().metadata();
        ObservationMetadata after = read(packed).exposure().metadata();
        // fpack adds three HISTORY cards on the rounding, which are worth keeping
        int n = before.cards().size();
        assertThat(after.cards().subList(0, n)).isEqualTo(before.cards());
        assertThat(after.cards().subList(n, after.cards().size())).allMatch(card -> card.startsWith("HISTORY"));
        assertThat(after.hourAngleDeg()).isEqualTo(before.hourAngleDeg());
        assertThat(after.airmass()).isEqualTo(before.airmass());
    }
}
