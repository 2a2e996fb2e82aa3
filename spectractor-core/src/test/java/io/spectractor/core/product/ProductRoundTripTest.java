package io.spectractor.core.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spectractor.core.config.RecordFields;
import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.outcome.Stage;
import io.spectractor.core.outcome.StageTimings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.Fits;
import nom.tam.fits.FitsException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("changes the locale of the process")
class ProductRoundTripTest {
    private static final StageTimings TIMINGS =
            StageTimings.none().with(Stage.READ, 0.25).with(Stage.EXTRACT, 1.5);
    private final ProductWriter writer =
            new ProductWriter(Clock.fixed(Instant.parse("2026-11-29T01:02:03.999Z"), ZoneOffset.UTC));
    private final ProductReader reader = new ProductReader();

    @Test
    void everythingComesBack() throws IOException {
        assertSame(ProductFixtures.typical());
        assertSame(ProductFixtures.small());
        assertSame(ProductFixtures.bare());
    }

    private void assertSame(SpectrumProduct product) throws IOException {
        SpectrumProduct read = reader.read(writer.toBytes(product, TIMINGS), "x.fits");
        Map<String, Object> expected = values("", product);
        expected.put(".inputCards", InputCards.forProduct(product.inputCards()));
        assertThat(values("", read)).isEqualTo(expected);
    }

    /** All values of a record and the records in it; arrays as buffers, which compare exactly and NaN equal to NaN. */
    private static Map<String, Object> values(String name, Record owner) {
        Map<String, Object> all = new TreeMap<>();
        for (RecordComponent component : owner.getClass().getRecordComponents()) {
            Object value = RecordFields.valueOrNull(component, owner);
            String path = name + "." + component.getName();
            if (value instanceof Record inner) {
                all.putAll(values(path, inner));
            } else {
                all.put(path, exact(value));
            }
        }
        return all;
    }

    private static Object exact(@Nullable Object value) {
        if (value instanceof double[] array) {
            return DoubleBuffer.wrap(array);
        }
        if (value instanceof float[] array) {
            return FloatBuffer.wrap(array);
        }
        if (value instanceof int[] array) {
            return IntBuffer.wrap(array);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(ProductRoundTripTest::exact).toList();
        }
        return Objects.requireNonNullElse(value, "null");
    }

    @Test
    void whatWasReadIsWrittenAsTheSameBytes() throws IOException {
        byte[] bytes = writer.toBytes(ProductFixtures.small(), TIMINGS);
        SpectrumProduct read = reader.read(bytes, "x.fits");
        assertThat(writer.toBytes(read, TIMINGS)).isEqualTo(bytes);
    }

    @Test
    void timingsComeBackAndChangeNothingElse() throws IOException {
        byte[] without = writer.toBytes(ProductFixtures.small());
        byte[] with = writer.toBytes(ProductFixtures.small(), TIMINGS);
        byte[] other = writer.toBytes(ProductFixtures.small(), TIMINGS.with(Stage.READ, 99));
        assertThat(reader.timings(with, "x.fits")).isEqualTo(TIMINGS);
        assertThat(reader.timings(without, "x.fits")).isEqualTo(StageTimings.none());
        assertThat(with).startsWith(without);
        assertThat(other).startsWith(without).isNotEqualTo(with);
    }

    @Test
    void bytesDoNotDependOnTheLocale() {
        byte[] bytes = writer.toBytes(ProductFixtures.small());
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(writer.toBytes(ProductFixtures.small())).isEqualTo(bytes);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void notANumberIsAlwaysTheSameBits() {
        SpectrumProduct product = ProductFixtures.small();
        byte[] bytes = writer.toBytes(product);
        product.spectrogram().residuals().values()[1] = Float.intBitsToFloat(0xFFC12345);
        product.spectrum().traceY()[0] = Double.NaN;
        byte[] first = writer.toBytes(product);
        product.spectrum().traceY()[0] = Double.longBitsToDouble(0xFFF8000000000001L);
        assertThat(writer.toBytes(product)).isEqualTo(first).isNotEqualTo(bytes);
    }

    @Test
    void streamAndArrayAgree() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.write(ProductFixtures.small(), TIMINGS, out);
        assertThat(out.toByteArray()).isEqualTo(writer.toBytes(ProductFixtures.small(), TIMINGS));
    }

    @Test
    void scienceDigestIgnoresTimingsOnly() throws IOException {
        SpectrumProduct product = ProductFixtures.small();
        String digest = ScienceDigest.of(writer.toBytes(product), "x.fits");
        assertThat(digest).hasSize(64);
        assertThat(ScienceDigest.of(writer.toBytes(product, TIMINGS), "x.fits")).isEqualTo(digest);
        product.spectrum().flux()[0] = Math.nextUp(product.spectrum().flux()[0]);
        assertThat(ScienceDigest.of(writer.toBytes(product), "x.fits")).isNotEqualTo(digest);
    }

    @Test
    void theTimeOfWritingStandsWithTheTimingsOnly() throws IOException {
        byte[] bytes = writer.toBytes(ProductFixtures.small(), TIMINGS);
        List<StoredHdu> hdus = StoredHdu.split(bytes, "x.fits");
        assertThat(hdus.get(hdus.size() - 1).text("DATE")).isEqualTo("2026-11-29T01:02:03");
        assertThat(hdus.subList(0, hdus.size() - 1)).allMatch(hdu -> hdu.text("DATE") == null);
        byte[] later = new ProductWriter(Clock.systemUTC()).toBytes(ProductFixtures.small(), TIMINGS);
        assertThat(ScienceDigest.of(later, "x.fits")).isEqualTo(ScienceDigest.of(bytes, "x.fits"));
    }

    @Test
    void nomTamFitsSeesTheSameHdus() throws IOException, FitsException {
        byte[] bytes = writer.toBytes(ProductFixtures.small(), TIMINGS);
        List<String> names = new ArrayList<>();
        try (Fits fits = new Fits(new ByteArrayInputStream(bytes))) {
            for (BasicHDU<?> hdu : fits.read()) {
                names.add(hdu.getHeader().getStringValue("EXTNAME"));
            }
        }
        assertThat(names)
                .containsExactlyElementsOf(
                        Arrays.stream(ProductHdu.values()).map(ProductHdu::name).toList());
    }

    @Test
    void everyKeywordOfThePrimaryHeaderIsInTheEnumAndTheOtherWayRound() throws IOException {
        StoredHdu primary = StoredHdu.split(writer.toBytes(ProductFixtures.small()), "x.fits")
                .get(0);
        List<String> ours = new ArrayList<>();
        int input = StoredHeader.inputCards(primary).size();
        for (String card : primary.cards().subList(0, primary.cards().size() - 2 - input)) {
            String keyword = Card.parse(card).keyword();
            if (!keyword.matches(
                    "SIMPLE|BITPIX|NAXIS\\d?|EXTEND|COMMENT|CONTINUE|WCSAXES|C(TYPE|UNIT|RPIX|RVAL|DELT)\\d|P[SV]1_\\d")) {
                ours.add(keyword.replaceFirst("^(DEPNAM|DEPVER)\\d+$", "$1nn"));
            }
        }
        assertThat(ours)
                .hasSameElementsAs(Arrays.stream(ProductKeyword.values())
                        .filter(k -> k.section() != ProductKeyword.Section.EXTENSIONS)
                        .map(ProductKeyword::keyword)
                        .toList());
    }

    @Test
    void spectractorsParametersAreInBinnedPixels() {
        SortedMap<String, String> config =
                ProductFixtures.config(Instruments.ctio().config());
        config.put("ccd.rebin", "2");
        List<String> cards = OriginalParameters.cards(config);
        assertThat(cards)
                .anyMatch(c -> c.matches("HIERARCH CCD_REBIN = +2 .*"))
                .anyMatch(c -> c.matches("HIERARCH CCD_PIXEL2MM = +0.048 .*"))
                .anyMatch(c -> c.matches("HIERARCH CCD_PIXEL2ARCSEC = +0.802 .*"))
                .anyMatch(c -> c.matches("HIERARCH PIXWIDTH_SIGNAL = +10 .*"))
                .anyMatch(c -> c.matches("HIERARCH PIXSHIFT_PRIOR = +0.1 .*"))
                .anyMatch(c -> c.matches("HIERARCH DISTANCE2CCD = +55.45 .*"))
                .anyMatch(c -> c.matches("PSF_TYPE= 'Moffat *'.*"))
                .anyMatch(c -> c.matches("HIERARCH SPECTRACTOR_BACKGROUND_SUBTRACTION = +T .*"))
                .noneMatch(c -> c.contains("X_"))
                .noneMatch(c -> c.contains("TRANSMISSON"));
    }

    @Test
    void libraryVersionsAreThoseOfTheBuild() throws IOException {
        Properties versions = new Properties();
        try (InputStream in = ProductWriter.class.getResourceAsStream("dependencies.properties")) {
            versions.load(in);
        }
        String pom = Files.readString(Path.of(System.getProperty("basedir", "."), "..", "pom.xml"));
        assertThat(pom)
                .contains("<nom-tam-fits.version>" + versions.getProperty("nom-tam-fits") + "<")
                .contains("<commons-math3.version>" + versions.getProperty("commons-math3") + "<");
        assertThat(new String(writer.toBytes(ProductFixtures.small()), StandardCharsets.ISO_8859_1))
                .contains("DEPNAM01= 'commons-math3'")
                .contains("DEPNAM02= 'nom-tam-fits'");
    }

    @Test
    void anUncertaintyOfZeroIsRefused() {
        SpectrumProduct product = ProductFixtures.small();
        product.spectrum().fluxErr()[3] = 0;
        assertThatThrownBy(() -> writer.toBytes(product))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("reduc_20170530_134.fits")
                .hasMessageContaining("not positive");
    }
}
