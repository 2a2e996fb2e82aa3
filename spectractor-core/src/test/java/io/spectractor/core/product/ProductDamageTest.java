package io.spectractor.core.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.spectractor.core.product.ProductFormatException.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProductDamageTest {
    private static final byte[] GOOD = new ProductWriter().toBytes(ProductFixtures.small());
    private final ProductReader reader = new ProductReader();

    private ProductFormatException fails(byte[] bytes) {
        ProductFormatException e =
                catchThrowableOfType(ProductFormatException.class, () -> reader.read(bytes, "night/x_spectrum.fits"));
        assertThat(e).isNotNull().hasMessageStartingWith("night/x_spectrum.fits: ");
        return e;
    }

    @Test
    void whatIsNotFitsIsSaidToBeSo() {
        assertThat(fails(new byte[0]).problem()).isEqualTo(Problem.NOT_FITS);
        assertThat(fails("<html>404</html>".getBytes(StandardCharsets.US_ASCII)).problem())
                .isEqualTo(Problem.NOT_FITS);
        assertThat(fails(new byte[10_000]).problem()).isEqualTo(Problem.NOT_FITS);
    }

    /** Cut anywhere, also exactly between two HDUs, a file is refused. */
    @Test
    void everyTruncationIsNoticed() throws IOException {
        for (int length = 2879; length < GOOD.length; length += 2880 / 4) {
            fails(Arrays.copyOf(GOOD, length));
        }
        List<StoredHdu> hdus = StoredHdu.split(GOOD, "x.fits");
        for (StoredHdu hdu : hdus.subList(2, hdus.size())) {
            assertThat(fails(Arrays.copyOf(GOOD, hdu.start())).problem())
                    .as("cut before %s", hdu.name())
                    .isEqualTo(Problem.TRUNCATED);
        }
    }

    @Test
    void everyFlippedBitIsNoticed() {
        Random random = new Random(7);
        for (int i = 0; i < 300; i++) {
            byte[] bytes = GOOD.clone();
            int at = random.nextInt(bytes.length);
            bytes[at] ^= (byte) (1 << random.nextInt(8));
            fails(bytes);
        }
    }

    @Test
    void aFlippedBitInDataIsAChecksumMismatchThatNamesTheHdu() throws IOException {
        StoredHdu covariance = StoredHdu.split(GOOD, "x.fits").get(2);
        byte[] bytes = GOOD.clone();
        bytes[covariance.end() - 2880] ^= 1;
        ProductFormatException e = fails(bytes);
        assertThat(e.problem()).isEqualTo(Problem.CHECKSUM_MISMATCH);
        assertThat(e).hasMessageContaining("SPEC_COV").hasMessageContaining("DATASUM");
    }

    @Test
    void aRawImageIsNotAProduct() {
        byte[] image = new Hdu(
                        new HeaderBuilder()
                                .card(CardText.logical("SIMPLE", true, ""))
                                .card(CardText.integer("BITPIX", 16, ""))
                                .card(CardText.integer("NAXIS", 0, ""))
                                .build(),
                        HduData.none())
                .bytes();
        ProductFormatException e = fails(image);
        assertThat(e.problem()).isEqualTo(Problem.NOT_A_PRODUCT);
        assertThat(e).hasMessageContaining("CODEVER").hasMessageContaining("spectractor run");
    }

    @Test
    void anImpossibleSizeIsAnErrorAndNoMemoryIsAskedFor() {
        String text = new String(GOOD, StandardCharsets.ISO_8859_1)
                .replaceFirst("NAXIS1  =                   12", "NAXIS1  =  2000000000000000000");
        assertThat(fails(text.getBytes(StandardCharsets.ISO_8859_1)).problem()).isEqualTo(Problem.MALFORMED);
    }

    /** A reader must not guess at a format that it does not know; the checksum still fits. */
    @Test
    void anotherMajorVersionOfTheFormatIsRefused() throws IOException {
        String text = new String(GOOD, StandardCharsets.ISO_8859_1);
        int card = text.indexOf("FMTVERS = '");
        int major = card + "FMTVERS = '".length();
        byte[] bytes = GOOD.clone();
        assertThat(bytes[major]).isEqualTo((byte) '1');
        bytes[major]++;
        int letter = text.indexOf("semantic", card);
        bytes[letter + (major - letter & 3)]--;
        ProductFormatException e = fails(bytes);
        assertThat(e.problem()).isEqualTo(Problem.OTHER_FORMAT);
        assertThat(e).hasMessageContaining("its format is 2.").hasMessageContaining("this version reads 1.x");
    }

    @Test
    void removedHdusComeBackEmpty() throws IOException {
        byte[] bytes = new byte[0];
        for (StoredHdu hdu : StoredHdu.split(GOOD, "x.fits")) {
            if (List.of("PRIMARY", "SPECTRUM", "CONFIG").contains(hdu.name())) {
                int length = hdu.end() - hdu.start();
                bytes = Arrays.copyOf(bytes, bytes.length + length);
                System.arraycopy(GOOD, hdu.start(), bytes, bytes.length - length, length);
            }
        }
        SpectrumProduct read = reader.read(bytes, "x.fits");
        SpectrumProduct full = ProductFixtures.small();
        assertThat(read.spectrum().flux()).isEqualTo(full.spectrum().flux());
        assertThat(read.order2()).isNull();
        assertThat(read.lines()).isEmpty();
        assertThat(read.spectrogram().data().values()).isEmpty();
        assertThat(read.psf().lambdaNm()).isEmpty();
        int n = full.spectrum().size();
        assertThat(read.covariance()).hasSize(n * n);
        assertThat(read.covariance()[n + 1]).isEqualTo(Math.pow(full.spectrum().fluxErr()[1], 2));
        assertThat(read.covariance()[1]).isZero();
    }
}
