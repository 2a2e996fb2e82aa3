package io.spectractor.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.product.OrderZeroStamp;
import io.spectractor.core.product.PixelMap;
import io.spectractor.core.product.SpectrogramMaps;
import io.spectractor.core.product.SpectrumProduct;
import io.spectractor.core.product.SpectrumTable;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpectrumPlotTest {
    @TempDir
    Path folder;

    @Test
    void writesAPngThatReadsBack() throws IOException {
        Path png = folder.resolve("spectrum.png");
        SpectrumPlot.write(SyntheticProduct.star(669, 1), png);
        BufferedImage image = ImageIO.read(png.toFile());
        assertThat(image.getWidth()).isEqualTo(1400);
        assertThat(image.getHeight()).isEqualTo(SpectrumPlot.HEIGHT);
        assertThat(coloured(image)).as("pixels of the flux curve").isGreaterThan(1000);
        try (var files = Files.list(folder)) {
            assertThat(files).as("no temporary file is left").containsExactly(png);
        }
    }

    @Test
    void sameProductSamePicture() {
        BufferedImage a = SpectrumPlot.draw(SyntheticProduct.star(300, 5));
        BufferedImage b = SpectrumPlot.draw(SyntheticProduct.star(300, 5));
        assertThat(pixels(a)).isEqualTo(pixels(b));
        assertThat(pixels(SpectrumPlot.draw(SyntheticProduct.star(300, 6)))).isNotEqualTo(pixels(a));
    }

    @Test
    void reportsAFolderThatDoesNotExist() {
        SpectrumProduct product = SyntheticProduct.star(10, 1);
        assertThatThrownBy(() -> SpectrumPlot.write(product, folder.resolve("none/spectrum.png")))
                .isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10})
    void drawsShortSpectra(int columns) {
        assertThat(SpectrumPlot.draw(SyntheticProduct.star(columns, 1)).getWidth())
                .isEqualTo(1400);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, Double.NaN, -1e-13, Double.POSITIVE_INFINITY, 1e300})
    void drawsProductsOfOneValue(double value) {
        SpectrumProduct star = SyntheticProduct.star(120, 1);
        double[] all = new double[120];
        Arrays.fill(all, value);
        SpectrumTable table = star.spectrum();
        SpectrumTable flat = new SpectrumTable(
                Double.isNaN(value) ? all : table.lambdaNm(),
                all,
                all,
                table.mask(),
                all,
                all,
                all,
                table.column(),
                all);
        SpectrumProduct product = with(star, flat, flat(star.spectrogram(), (float) value), star.order0());
        assertThat(SpectrumPlot.draw(product).getHeight()).isEqualTo(SpectrumPlot.HEIGHT);
    }

    @Test
    void drawsAnEmptyProduct() {
        PixelMap nothing = new PixelMap(0, 0, new float[0]);
        double[] none = {};
        SpectrumProduct star = SyntheticProduct.star(2, 1);
        SpectrumProduct product = with(
                star,
                new SpectrumTable(none, none, none, new int[0], none, none, none, new int[0], none),
                new SpectrogramMaps(0, 0, 0, nothing, nothing, nothing, nothing, nothing, nothing, nothing),
                new OrderZeroStamp(nothing, Double.NaN, Double.NaN));
        assertThat(SpectrumPlot.draw(product).getHeight()).isEqualTo(SpectrumPlot.HEIGHT);
    }

    @Test
    void labelsKeepTheirDistanceAndOrder() {
        double[] at = LabelPlacement.spread(new double[] {10, 11, 12, 50, 99, 99, 99}, 10, 0, 100);
        for (int i = 1; i < at.length; i++) {
            assertThat(at[i] - at[i - 1]).isGreaterThanOrEqualTo(10 - 1e-9);
        }
        assertThat(at[0]).isCloseTo(1, within(1e-9));
        assertThat(at[3]).isCloseTo(50, within(1e-9));
        assertThat(at[6]).isCloseTo(100, within(1e-9));
        assertThat(LabelPlacement.spread(new double[0], 10, 0, 100)).isEmpty();
    }

    @Test
    void ticksAreRound() {
        Scale scale = Scale.of(345, 1083, 0, 1190);
        assertThat(scale.ticks(95)).containsExactly(400.0, 500.0, 600.0, 700.0, 800.0, 900.0, 1000.0);
        assertThat(scale.label(400, 95)).isEqualTo("400");
        Scale small = Scale.of(-0.05, 0.35, 0, 400);
        assertThat(small.label(small.ticks(42).get(0), 42)).isEqualTo("\u22120.05");
        assertThat(Scale.of(Double.NaN, Double.NaN, 0, 10).ticks(5)).isNotEmpty();
        assertThat(Scale.of(3, 3, 0, 10).px(3)).isCloseTo(5, within(1e-9));
    }

    @Test
    void coloursRiseInLightnessAndKeepTheirEnds() {
        ColourMap map = ColourMap.sequential();
        assertThat(map.rgb(0)).isEqualTo(0x440154);
        assertThat(map.rgb(1)).isEqualTo(0xfde725);
        double last = -1;
        for (int i = 0; i <= 50; i++) {
            int rgb = map.rgb(i / 50.0);
            double light = 0.2126 * (rgb >> 16 & 255) + 0.7152 * (rgb >> 8 & 255) + 0.0722 * (rgb & 255);
            assertThat(light).isGreaterThan(last);
            last = light;
        }
        assertThat(ColourMap.diverging().rgb(0.5)).isBetween(0xf0f0f0, 0xffffff);
    }

    @Test
    void stretchInverts() {
        PixelMap map = new PixelMap(5, 1, new float[] {-1, 0, 0.5f, 1, 500});
        Stretch stretch = Stretch.asinh(map);
        assertThat(stretch.at(stretch.valueAt(0.3))).isCloseTo(0.3, within(1e-9));
        assertThat(Stretch.symmetric(5).at(0)).isCloseTo(0.5, within(1e-12));
        assertThat(ImagePanel.number(0.0123)).isEqualTo("0.0123");
        assertThat(ImagePanel.number(-512.3)).isEqualTo("\u2212512");
    }

    private static SpectrumProduct with(
            SpectrumProduct p, SpectrumTable table, SpectrogramMaps maps, OrderZeroStamp stamp) {
        return new SpectrumProduct(
                table,
                p.covariance(),
                null,
                stamp,
                maps,
                p.psf(),
                List.of(),
                p.summary(),
                p.caveats(),
                p.inputCards(),
                p.provenance());
    }

    private static SpectrogramMaps flat(SpectrogramMaps m, float value) {
        return new SpectrogramMaps(
                m.xMin(),
                m.yMin(),
                m.fitRow0(),
                flat(m.data(), value),
                flat(m.error(), value),
                flat(m.background(), value),
                flat(m.backgroundError(), value),
                flat(m.fit(), value),
                flat(m.residuals(), value),
                flat(m.mask(), 0));
    }

    private static PixelMap flat(PixelMap map, float value) {
        float[] values = new float[map.values().length];
        Arrays.fill(values, value);
        return new PixelMap(map.width(), map.height(), values);
    }

    private static int coloured(BufferedImage image) {
        int blue = Style.FLUX.getRGB() & 0xffffff;
        return (int)
                Arrays.stream(pixels(image)).filter(p -> (p & 0xffffff) == blue).count();
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }
}
