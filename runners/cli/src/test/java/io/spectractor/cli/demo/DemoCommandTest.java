package io.spectractor.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.product.ProductReader;
import java.awt.image.BufferedImage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Tag("slow")
class DemoCommandTest {
    private static final PlotWriter BLANK =
            (product, png) -> ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", png.toFile());

    @TempDir
    private Path folder = Path.of("");

    /** The promise of the demo: every frame done, near its truth, and everything it names is there. */
    @Test
    void extractsItsFramesNearTheirTruth() throws Exception {
        StringWriter out = new StringWriter();
        int exit = new CommandLine(new DemoCommand(BLANK))
                .setOut(new PrintWriter(out))
                .execute("--out", folder.resolve("demo").toString(), "--workers", "1");
        assertThat(exit).as(out.toString()).isZero();
        List<String> rows =
                out.toString().lines().filter(line -> line.startsWith("sim_")).toList();
        assertThat(rows).hasSize(4);
        for (String row : rows) {
            String[] fields = row.split("[, ]+", -1);
            assertThat(Double.parseDouble(fields[2])).as("order 0 x: " + row).isCloseTo(0, within(0.5));
            assertThat(Double.parseDouble(fields[3])).as("order 0 y: " + row).isCloseTo(0, within(0.5));
            assertThat(Double.parseDouble(fields[4])).as("angle: " + row).isCloseTo(0, within(0.02));
            assertThat(Double.parseDouble(fields[6])).as("wavelength: " + row).isCloseTo(0, within(1.0));
            assertThat(Double.parseDouble(fields[7])).as("flux: " + row).isCloseTo(1, within(0.03));
        }
        Path products = folder.resolve("demo/products");
        try (Stream<Path> files = Files.list(products)) {
            List<Path> spectra =
                    files.filter(p -> p.toString().endsWith("_spectrum.fits")).toList();
            assertThat(spectra).hasSize(4);
            assertThat(new ProductReader().read(spectra.get(0)).spectrum().size())
                    .isGreaterThan(500);
        }
        Path report = products.resolve("_runs/demo/report.html");
        assertThat(Files.readString(report)).contains("data:image/png;base64").contains("sim_20170530_001.fits");
    }
}
