package io.spectractor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spectractor.batch.run.ProgressMeter;
import io.spectractor.calib.EmbeddedCalibration;
import io.spectractor.core.pipeline.SpectrumExtractor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A night with everything that goes wrong among good images, through the real program. */
@Tag("slow")
class GoldenFolderTest {
    private static final int HEADER_RECORD = 2880;

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... words) {
        out.reset();
        err.reset();
        Services services = new Services(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                ProgressMeter.Style.plain(),
                folder,
                Clock.systemUTC(),
                EmbeddedCalibration::load,
                (config, calibration) -> new SpectrumExtractor(config, calibration)::extract,
                control -> {});
        return Commands.execute(services, words);
    }

    private static byte[] golden(String name) throws IOException {
        String root = System.getenv("SPECTRACTOR_GOLDEN");
        assumeTrue(root != null, "SPECTRACTOR_GOLDEN is not set");
        byte[] packed = Files.readAllBytes(Path.of(root, name));
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return in.readAllBytes();
        }
    }

    /** Length of the primary header, up to and with its END record. */
    private static int headerLength(byte[] fits) {
        for (int record = 0; ; record += HEADER_RECORD) {
            for (int card = record; card < record + HEADER_RECORD; card += 80) {
                if (new String(fits, card, 8, StandardCharsets.US_ASCII).equals("END     ")) {
                    return record + HEADER_RECORD;
                }
            }
        }
    }

    private static byte[] withCard(byte[] fits, String keyword, String card) {
        byte[] changed = fits.clone();
        int header = headerLength(fits);
        for (int at = 0; at < header; at += 80) {
            if (new String(fits, at, 8, StandardCharsets.US_ASCII).strip().equals(keyword)) {
                byte[] text = String.format("%-80s", card).getBytes(StandardCharsets.US_ASCII);
                System.arraycopy(text, 0, changed, at, 80);
            }
        }
        return changed;
    }

    private static byte[] filledWithNaN(byte[] fits) {
        byte[] changed = fits.clone();
        ByteBuffer pixels = ByteBuffer.wrap(changed);
        int header = headerLength(fits);
        for (int i = 0; i < 2048 * 2048; i++) {
            pixels.putFloat(header + 4 * i, Float.NaN);
        }
        return changed;
    }

    /** File name to a word of the cause that must be given for it. */
    private Map<String, String> badImages(byte[] good) throws IOException {
        byte[] foreign = withCard(good, "INSTRUME", "INSTRUME= 'DECam   '");
        foreign = withCard(foreign, "TELID", "TELID   = 'ct4m    '");
        foreign = withCard(foreign, "TELESCOP", "TELESCOP= 'CTIO 4.0-m telescope'");
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("truncated.fits", Arrays.copyOf(good, good.length / 3));
        files.put("empty.fits", new byte[0]);
        files.put("page.fits", "<!DOCTYPE html><html><body>404</body></html>".getBytes(StandardCharsets.US_ASCII));
        files.put("decam.fits", foreign);
        files.put("nan.fits", filledWithNaN(good));
        files.put("headerless.fits", Arrays.copyOfRange(good, headerLength(good), good.length));
        files.put("unlogged.fits", good);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(folder.resolve("night").resolve(file.getKey()), file.getValue());
        }
        return Map.of(
                "truncated.fits", "truncated",
                "empty.fits", "empty",
                "page.fits", "HTML",
                "decam.fits", "DECam",
                "nan.fits", "not finite",
                "headerless.fits", "not a FITS file",
                "unlogged.fits", "not in the logbook");
    }

    @Test
    void badImagesCostThemselvesAndNothingElse() throws IOException {
        byte[] real = golden("hd111980-real/reduc_20170530_134.fits.gz");
        byte[] faint = golden("sim-c-faint/sim_20170530_134.fits.gz");
        Files.createDirectories(folder.resolve("night"));
        Files.write(folder.resolve("night/good_1.fits"), real);
        Files.write(folder.resolve("night/good_2.fits"), faint);
        Map<String, String> causes = badImages(real);
        StringBuilder logbook = new StringBuilder("file,object,disperser,Obj-posXpix,Obj-posYpix\n");
        for (String name : List.of("good_1", "good_2", "truncated", "empty", "page", "decam", "nan", "headerless")) {
            logbook.append(name).append(".fits,HD111980,HoloAmAg,745,643\n");
        }
        Files.writeString(folder.resolve("logbook.csv"), logbook);

        int code = run("run", "night", "--logbook", "logbook.csv", "--out", "products", "--workers", "2");

        assertThat(code).isEqualTo(10);
        List<String> failed = err.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains("FAILED"))
                .toList();
        assertThat(failed).hasSize(causes.size());
        causes.forEach((file, cause) -> assertThat(failed)
                .anySatisfy(line -> assertThat(line).contains(file).containsIgnoringCase(cause)));
        assertThat(folder.resolve("products/good_1_spectrum.fits")).exists();
        assertThat(folder.resolve("products/good_2_spectrum.fits")).exists();
        try (var products = Files.list(folder.resolve("products"))) {
            assertThat(products.filter(p -> p.toString().endsWith(".fits"))).hasSize(2);
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("2 done").contains("7 failed of 9");

        // the same command again: what is done is kept, what failed is tried again
        assertThat(run("run", "night", "--logbook", "logbook.csv", "--out", "products"))
                .isEqualTo(10);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("2 kept from before");
    }

    @Test
    void anOutputFolderThatCannotBeWrittenIsTheUsersMistake() throws IOException {
        Files.createDirectories(folder.resolve("night"));
        Files.write(folder.resolve("night/good_1.fits"), golden("hd111980-real/reduc_20170530_134.fits.gz"));
        Files.writeString(folder.resolve("occupied"), "a file where the folder should be");

        int code = run("run", "night", "--target", "HD111980", "--guess", "745,643", "--out", "occupied");

        assertThat(code).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("occupied").contains("choose another --out");
    }
}
