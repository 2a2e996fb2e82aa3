package io.spectractor.core.astrometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spectractor.core.config.AstrometryConfig;
import io.spectractor.core.observation.PixelPosition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import nom.tam.fits.BinaryTable;
import nom.tam.fits.BinaryTableHDU;
import nom.tam.fits.Fits;
import nom.tam.fits.NullDataHDU;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SolveFieldTest {
    private static final SkyPosition NEAR = new SkyPosition(193.314, -18.526);
    private static final List<Detection> TWO =
            List.of(new Detection(new PixelPosition(1, 2), 9), new Detection(new PixelPosition(3, 4), 5));

    @TempDir
    private Path folder;

    private static SolveField solver(String program, String index, double seconds) {
        return new SolveField(new AstrometryConfig(
                "auto",
                "",
                AstrometryConfig.Pixels.IMAGE,
                40,
                AstrometryConfig.Fallback.SEARCH,
                program,
                index,
                seconds));
    }

    private String script(String body) throws IOException {
        Path file = folder.resolve("solve");
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file.toString();
    }

    private static void refused(SolveField solver, String... words) {
        assertThatThrownBy(() -> solver.solve("a.fits", TWO, 2048, 2048, NEAR, 0.4))
                .isInstanceOf(WcsException.class)
                .hasMessageStartingWith("a.fits: ")
                .hasMessageContainingAll(words);
    }

    @Test
    void aProgramThatIsAbsentFailsSlowOrAtALossIsNamed() throws IOException {
        refused(solver("no-such-solver", "", 5), "no-such-solver cannot be run", "Debian's package astrometry.net");
        refused(solver(script("echo out of stars; exit 3"), "", 5), "exit code 3", "out of stars");
        refused(solver(script("exit 0"), "", 5), "found no solution for 2 stars", "astrometry.index_folder");
        refused(solver(script("exec sleep 30"), "", 1), "took longer than its 1.0 s");
    }

    /** The program itself, on a field of our own with an index of our own: only where it is installed. */
    @Test
    void theProgramFindsAFieldOfOurOwn() throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/solve-field"))
                        && Files.isExecutable(Path.of("/usr/bin/build-astrometry-index")),
                "astrometry.net is not installed");
        Wcs truth = WcsParser.parse("run134.wcs", WcsCards.ofRun134()::get);
        Random random = new Random(3);
        int n = 120;
        double[] ra = new double[n];
        double[] dec = new double[n];
        double[] mag = new double[n];
        List<Detection> seen = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            PixelPosition p = new PixelPosition(2048 * random.nextDouble(), 2048 * random.nextDouble());
            SkyPosition sky = truth.sky(p);
            ra[i] = sky.raDeg();
            dec[i] = sky.decDeg();
            mag[i] = 9 + 0.05 * i;
            seen.add(new Detection(p, Math.pow(10, -0.4 * mag[i])));
        }
        Path table = folder.resolve("stars.fits");
        BinaryTable columns = new BinaryTable();
        columns.addColumn(ra);
        columns.addColumn(dec);
        columns.addColumn(mag);
        BinaryTableHDU hdu = BinaryTableHDU.wrap(columns);
        hdu.setColumnName(0, "RA", null);
        hdu.setColumnName(1, "DEC", null);
        hdu.setColumnName(2, "MAG", null);
        try (Fits fits = new Fits()) {
            fits.addHDU(new NullDataHDU());
            fits.addHDU(hdu);
            fits.write(table.toFile());
        }
        Process index = new ProcessBuilder(
                        "build-astrometry-index",
                        "-i",
                        table.toString(),
                        "-o",
                        folder.resolve("index-1.fits").toString(),
                        "-P",
                        "1",
                        "-S",
                        "MAG",
                        "-E",
                        "-I",
                        "1")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("index.log").toFile())
                .start();
        assertThat(index.waitFor()).isZero();
        Map<String, String> cards =
                solver("solve-field", folder.toString(), 60).solve("a.fits", seen, 2048, 2048, NEAR, 0.401);
        Wcs solved = WcsParser.parse("a.fits", cards::get);
        PixelPosition p = new PixelPosition(745, 690);
        assertThat(Objects.requireNonNull(solved.pixel(truth.sky(p))).distanceTo(p))
                .isLessThan(0.5);
    }
}
