package io.spectractor.batch.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.spectractor.batch.result.Counts;
import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.result.ImageStatus;
import io.spectractor.batch.result.RunInfo;
import io.spectractor.batch.result.RunState;
import io.spectractor.batch.result.RunSummary;
import io.spectractor.core.outcome.Caveat;
import io.spectractor.core.outcome.Failure;
import io.spectractor.core.outcome.FailureKind;
import io.spectractor.core.outcome.Stage;
import io.spectractor.core.outcome.StageTimings;
import io.spectractor.core.product.AstrometrySummary;
import io.spectractor.core.product.ForwardModelSummary;
import io.spectractor.core.product.ObservationSummary;
import io.spectractor.core.product.ProductSummary;
import io.spectractor.core.product.QualitySummary;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void nothingFromOutsideBecomesMarkup() {
        String html = HtmlReport.render(run(List.of(
                failed("<script>alert(1)</script>.fits", "<img src=x onerror=alert(2)>"),
                done("a&b\"'.fits", new TreeSet<>()))));
        assertThat(html).doesNotContain("<script").doesNotContain("<img src=x").doesNotContain("onerror=alert(2)>");
        assertThat(html).contains("&lt;script&gt;alert(1)&lt;/script&gt;.fits");
        assertThat(html).contains("href=\"../../a%26b%22%27_spectrum.fits\"");
    }

    @Test
    void loadsNothingFromTheNetwork() {
        String html = HtmlReport.render(run(List.of(done("a.fits", new TreeSet<>()))));
        assertThat(html)
                .doesNotContain("http://")
                .doesNotContain("https://")
                .contains("default-src 'none'".replace("'", "&#39;"));
    }

    @Test
    void elementsAreBalanced() {
        String html = HtmlReport.render(sample());
        for (String tag :
                List.of("html", "head", "body", "main", "section", "table", "tr", "td", "div", "dl", "a", "article")) {
            assertThat(count(html, "<" + tag + "[ >]")).as(tag).isEqualTo(count(html, "</" + tag + ">"));
        }
    }

    @Test
    void failuresAreGroupedByCauseWhateverTheFileAndTheNumbers() {
        List<FailureGroup> groups = FailureGroup.of(sample().images());
        assertThat(groups).hasSize(2);
        assertThat(groups.get(0).images()).hasSize(2);
        assertThat(groups.get(0).cause()).isEqualTo("HDU 0 is truncated: 4096 of 16777216 bytes; copy it again");
        assertThat(groups.get(1).kind()).isEqualTo(FailureKind.BUG);
    }

    @Test
    void countsFactsAndCaveatsAreThere() {
        String html = HtmlReport.render(sample());
        assertThat(html)
                .contains("spectractor run night/*.fits --out products")
                .contains("Order 0 is saturated".substring(1))
                .contains("743.71, 683.13")
                .contains("bias frame")
                .contains("java.lang.IllegalStateException");
        assertThat(html).contains("<b>6</b>");
    }

    @Test
    void stagesAreSummedOverTheImagesThatWereWorkedOn() {
        List<StageStatistics> stages = StageStatistics.of(sample().images());
        assertThat(stages).extracting(StageStatistics::stage).containsExactly(Stage.READ, Stage.EXTRACT);
        assertThat(stages.get(1).medianSeconds()).isEqualTo(1.25);
        assertThat(stages.get(1).images()).isEqualTo(2);
    }

    @Test
    void plotsBesideProductsAreEmbedded() throws Exception {
        ImageIO.write(
                new BufferedImage(1600, 900, BufferedImage.TYPE_INT_RGB),
                "png",
                folder.resolve("reduc_1_spectrum.png").toFile());
        String html = HtmlReport.render(sample());
        assertThat(html).contains("href=\"../../reduc_1_spectrum.png\"").contains("src=\"data:image/png;base64,");
    }

    @Test
    void chromiumShowsIt() throws Exception {
        Chromium chromium = Chromium.in(folder);
        BufferedImage plot = new BufferedImage(1600, 900, BufferedImage.TYPE_INT_RGB);
        int colour = 0xff00c8;
        for (int i = 0; i < 1600 * 900; i++) {
            plot.setRGB(i % 1600, i / 1600, colour);
        }
        ImageIO.write(plot, "png", folder.resolve("reduc_1_spectrum.png").toFile());
        Files.createDirectories(folder.resolve("_runs/r1"));
        Path page = HtmlReport.write(sample());

        String elements = chromium.elements(page);
        BufferedImage screen = chromium.picture(page, 1400, 2600);

        assertThat(count(elements, "<tr class=\"(done|done-with-caveats|failed|skipped)\""))
                .isEqualTo(6);
        assertThat(elements).contains("<title>Spectractor run r1</title>").contains("order 0 is saturated");
        Map<Integer, Integer> colours = new HashMap<>();
        for (int i = 0; i < screen.getWidth() * screen.getHeight(); i++) {
            colours.merge(screen.getRGB(i % screen.getWidth(), i / screen.getWidth()) & 0xffffff, 1, Integer::sum);
        }
        assertThat(colours).as("ink: several colours").hasSizeGreaterThan(20);
        assertThat(colours.getOrDefault(0x2e8b57, 0)).as("the green of done").isGreaterThan(200);
        assertThat(colours.getOrDefault(0xc0392b, 0)).as("the red of failed").isGreaterThan(200);
        assertThat(colours.getOrDefault(colour, 0)).as("the embedded plot").isGreaterThan(5000);
    }

    @Test
    void isWrittenIntoTheRunFolder() throws Exception {
        Files.createDirectories(folder.resolve("_runs/r1"));
        Path file = HtmlReport.write(sample());
        assertThat(file).isEqualTo(folder.resolve("_runs/r1/report.html")).isRegularFile();
        assertThat(Files.readString(file)).startsWith("<!DOCTYPE html>").endsWith("</html>\n");
    }

    @Test
    void durationsAreForPeople() {
        assertThat(Numbers.seconds(1.234)).isEqualTo("1.23 s");
        assertThat(Numbers.seconds(61.26)).isEqualTo("61.3 s");
        assertThat(Numbers.seconds(754)).isEqualTo("12 min 34 s");
        assertThat(Numbers.seconds(7325)).isEqualTo("2 h 02 min");
        assertThat(Numbers.fixed(Double.NaN, 2)).isEqualTo("–");
    }

    private RunSummary sample() {
        SortedSet<Caveat> caveats = new TreeSet<>(List.of(Caveat.ORDER0_SATURATED, Caveat.LOW_SIGNAL));
        Failure bug = new Failure(
                Stage.EXTRACT,
                FailureKind.BUG,
                "reduc_5.fits: no profile",
                "java.lang.IllegalStateException: no\n\tat X");
        return run(List.of(
                done("reduc_1.fits", new TreeSet<>()),
                done("reduc_2.fits", caveats),
                failed("reduc_3.fits", "/data/reduc_3.fits: HDU 0 is truncated: 4096 of 16777216 bytes; copy it again"),
                failed("reduc_4.fits", "/data/reduc_4.fits: HDU 0 is truncated: 8192 of 16777216 bytes; copy it again"),
                ImageResult.failed("reduc_5.fits", "/data/reduc_5.fits", bug, 1, 0.5, StageTimings.none(), null, null),
                ImageResult.notTried("reduc_6.fits", "/data/reduc_6.fits", ImageStatus.SKIPPED, "bias frame")));
    }

    private RunSummary run(List<ImageResult> images) {
        RunInfo info = new RunInfo(
                "r1",
                "2026-11-22T04:00:00Z",
                "local",
                2,
                "0.1.0-abc",
                "f".repeat(64),
                "2026.1",
                "e".repeat(64),
                List.of("spectractor", "run", "night/*.fits", "--out", "products"),
                "node1",
                "Linux amd64, Java 17, 2 cores",
                null);
        return new RunSummary(
                info,
                folder,
                folder.resolve("_runs/r1"),
                RunState.FINISHED,
                null,
                "2026-11-22T04:00:12.380964297Z",
                12,
                Counts.of(images),
                images,
                new TreeMap<>(Map.of("ccd.rebin", "1", "psf.type", "MOFFAT")));
    }

    private static ImageResult failed(String name, String message) {
        Failure failure = new Failure(Stage.READ, FailureKind.UNPROCESSABLE, message, "");
        return ImageResult.failed(name, "/data/" + name, failure, 1, 0.02, StageTimings.none(), null, null);
    }

    private static ImageResult done(String name, SortedSet<Caveat> caveats) {
        Map<Stage, Double> seconds = new EnumMap<>(Stage.class);
        seconds.put(Stage.READ, 0.1);
        seconds.put(Stage.EXTRACT, caveats.isEmpty() ? 1.0 : 1.5);
        return new ImageResult(
                name,
                "/data/" + name,
                ImageStatus.done(caveats),
                null,
                null,
                caveats,
                1,
                false,
                1.7,
                new StageTimings(seconds),
                name.replace(".fits", "_spectrum.fits"),
                "a".repeat(64),
                "b".repeat(64),
                "c".repeat(64),
                "d".repeat(64),
                numbers("HD111980"));
    }

    private static ProductSummary numbers(@Nullable String target) {
        return new ProductSummary(
                target,
                "HoloAmAg",
                null,
                0,
                "2017-05-31T02:53:52",
                120,
                1.131,
                8.6,
                784,
                25,
                -18.6,
                28.2,
                119.8,
                180,
                1,
                743.7057,
                683.1345,
                -1.5696,
                -1.57,
                -1.566,
                346.92,
                55.45,
                0.02,
                -0.02,
                0.01,
                573.3,
                1.05,
                2.9,
                500,
                1,
                2,
                9,
                ForwardModelSummary.none(),
                ObservationSummary.none(),
                QualitySummary.none(),
                AstrometrySummary.none());
    }

    private static int count(String text, String regex) {
        return (int) Pattern.compile(regex).matcher(text).results().count();
    }
}
