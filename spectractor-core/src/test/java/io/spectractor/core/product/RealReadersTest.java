package io.spectractor.core.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spectractor.core.outcome.Stage;
import io.spectractor.core.outcome.StageTimings;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Opens products with the programs that astronomers use. Each test is skipped where its program is not installed. */
@Tag("slow")
class RealReadersTest {
    private static final SpectrumProduct TYPICAL = ProductFixtures.typical();

    @TempDir
    static Path folder;

    private record Output(int exit, String text) {}

    @BeforeAll
    static void writeProducts() throws IOException {
        StageTimings timings = StageTimings.none().with(Stage.READ, 0.2).with(Stage.EXTRACT, 1.1);
        write("typical", TYPICAL, timings);
        write("small", ProductFixtures.small(), timings);
        write("bare", ProductFixtures.bare(), StageTimings.none());
    }

    private static void write(String name, SpectrumProduct product, StageTimings timings) throws IOException {
        try (OutputStream out = Files.newOutputStream(product(name))) {
            new ProductWriter().write(product, timings, out);
        }
    }

    private static Path product(String name) {
        return folder.resolve(name + "_spectrum.fits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "-1.5", "T", "'one day'", "", "(1, 2)"})
    void fitsverifyIsSilentWhateverTheInputsCardsAre(String value) throws Exception {
        String program = program("fitsverify", "fitsverify");
        Path file = folder.resolve("strange_spectrum.fits");
        Files.write(file, new ProductWriter().toBytes(ProductFixtures.strange(value)));
        Output output = run(program, "-l", file.toString());
        assertThat(output.text()).contains("0 warning(s) and 0 error(s)");
        assertThat(output.exit()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"typical", "small", "bare"})
    void fitsverifyIsSilent(String name) throws Exception {
        String program = program("fitsverify", "fitsverify");
        Output output = run(program, "-l", product(name).toString());
        assertThat(output.text()).contains("Verification found 0 warning(s) and 0 error(s).");
        assertThat(output.exit()).isZero();
        assertThat(run(program, "-q", product(name).toString()).text()).contains("verification OK");
    }

    @Test
    void stiltsReadsTheSpectrumWithUnitsAndUcds() throws Exception {
        String program = program("stilts", "stilts");
        Output columns = run(program, "tpipe", "in=" + product("typical"), "cmd=meta name class units ucd", "ofmt=csv");
        List<String> expected = ProductColumn.of(ProductHdu.SPECTRUM).stream()
                .map(c -> c.name() + "," + (isInteger(c) ? "Integer" : "Double") + "," + c.unit() + "," + c.ucd())
                .toList();
        assertThat(columns.text().lines().toList())
                .as(columns.text())
                .element(0)
                .isEqualTo("Name,Class,Units,UCD");
        assertThat(columns.text().lines().skip(1).toList()).isEqualTo(expected);
        Output values =
                run(program, "tpipe", "in=" + product("typical"), "cmd=keepcols 'LAMBDA FLUX FLUX_ERR'", "ofmt=csv");
        double[][] read = values.text()
                .lines()
                .skip(1)
                .map(line -> Arrays.stream(line.split(",", -1))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toArray(double[][]::new);
        SpectrumTable spectrum = TYPICAL.spectrum();
        assertThat(read).hasDimensions(spectrum.size(), 3);
        for (int i = 0; i < spectrum.size(); i++) {
            assertThat(read[i]).containsExactly(spectrum.lambdaNm()[i], spectrum.flux()[i], spectrum.fluxErr()[i]);
        }
    }

    private static boolean isInteger(ProductColumn column) {
        return column.equals(ProductColumn.MASK) || column.equals(ProductColumn.COLUMN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"typical", "bare"})
    void stiltsCopiesEveryTable(String name) throws Exception {
        String program = program("stilts", "stilts");
        for (String table : List.of("PSF_TAB", "LINES", "WCS_TAB", "CONFIG", "TIMINGS")) {
            Output output = run(program, "tcopy", product(name) + "#" + table, "-", "ofmt=csv");
            assertThat(output.exit()).as(output.text()).isZero();
        }
    }

    @Test
    void astropyReadsEveryHduWithoutAWarning() throws Exception {
        String python = python("astropy");
        Map<String, String> read = python(python, """
                import sys, warnings
                import numpy as np
                from astropy.io import fits
                from astropy.table import Table
                import astropy.units as u
                warnings.simplefilter('error')
                f = sys.argv[1]
                with fits.open(f, checksum=True) as h:
                    h.verify('exception')
                    print('names', *[x.name for x in h])
                    for x in h:
                        if x.is_image and 'BUNIT' in x.header:
                            u.Unit(x.header['BUNIT'], format='fits')
                        x.data
                    for r, n in zip(h[0].data, ('p0', 'p1', 'p2')):
                        print(n, *[repr(float(v)) for v in r])
                    for k in ('DEC', 'TARGETX', 'VERSION', 'CCD_REBIN', 'LONGTEXT', 'NCAVEATS', 'CAVEATS', 'OWNER'):
                        print('header.' + k, h[0].header[k])
                    print('S_DATA', *h['S_DATA'].data.shape, repr(float(h['S_DATA'].data[7, 11])))
                    from astropy.wcs import WCS
                    w = WCS(h[0].header, h)
                    print('wcs', *[repr(float(v)) for v in w.wcs_pix2world([[0, 0], [9.5, 1], [667, 2]], 0)[:, 0]])
                    print('wcs.type', w.wcs.ctype[0], w.wcs.cunit[0], w.wcs.specsys)
                    p = WCS(h['S_DATA'].header, h, key='P')
                    print('physical', *[repr(float(v)) for v in p.wcs_pix2world([[0, 0]], 0)[0]])
                    print('SPEC_COV', *h['SPEC_COV'].data.shape, repr(float(h['SPEC_COV'].data[2, 3])))
                for n in ('SPECTRUM', 'PSF_TAB', 'LINES', 'CONFIG', 'TIMINGS'):
                    t = Table.read(f, hdu=n)
                    print('columns.' + n, *t.colnames)
                t = Table.read(f, hdu=1)
                for c in t.colnames:
                    print('unit.' + c, t[c].unit)
                    print('values.' + c, *[repr(v.item()) for v in t[c]])
                """, product("typical"));
        SpectrumTable s = TYPICAL.spectrum();
        assertThat(read.get("names"))
                .isEqualTo(String.join(
                        " ",
                        Stream.of(ProductHdu.values()).map(ProductHdu::name).toList()));
        assertThat(numbers(read.get("p0"))).isEqualTo(s.lambdaNm());
        assertThat(numbers(read.get("p1"))).isEqualTo(s.flux());
        assertThat(numbers(read.get("p2"))).isEqualTo(s.fluxErr());
        assertThat(numbers(read.get("values.RATE_ERR"))).isEqualTo(s.rateErr());
        assertThat(numbers(read.get("values.TRACE_Y"))).isEqualTo(s.traceY());
        assertThat(read.get("values.mask")).startsWith("0 0 0 2 0");
        for (ProductColumn c : ProductColumn.of(ProductHdu.SPECTRUM)) {
            String unit = read.get("unit." + c.name());
            assertThat(unit).as(c.name()).isEqualTo(astropyUnit(c.unit()));
        }
        assertThat(read).containsEntry("header.DEC", "-18.55771666666667").containsEntry("header.VERSION", "3.2.1");
        assertThat(read).containsEntry("header.CCD_REBIN", "1").containsEntry("header.OWNER", "O'Neill's");
        assertThat(read).containsEntry("header.NCAVEATS", "3");
        double[] axis = numbers(read.get("wcs"));
        assertThat(axis[0]).isCloseTo(s.lambdaNm()[0], within(1e-9));
        assertThat(axis[1]).isCloseTo(0.5 * (s.lambdaNm()[9] + s.lambdaNm()[10]), within(1e-9));
        assertThat(axis[2]).isCloseTo(s.lambdaNm()[667], within(1e-9));
        assertThat(read).containsEntry("wcs.type", "WAVE-TAB nm TOPOCENT");
        assertThat(numbers(read.get("physical"))).containsExactly(941, 474);
        assertThat(read.get("header.LONGTEXT")).endsWith("then an end.");
        PixelMap data = TYPICAL.spectrogram().data();
        assertThat(read).containsEntry("S_DATA", "420 668 " + (double) data.at(11, 7));
        assertThat(numbers(read.get("SPEC_COV"))).containsExactly(668, 668, TYPICAL.covariance()[2 * s.size() + 3]);
    }

    private static String astropyUnit(String unit) {
        return switch (unit) {
            case "" -> "None";
            case FitsUnits.FLUX_DENSITY -> "erg / (cm2 nm s)";
            case FitsUnits.RATE -> "adu / s";
            default -> unit;
        };
    }

    @Test
    void specutilsFindsFluxWavelengthAndUncertaintyByItself() throws Exception {
        String python = python("specutils");
        Map<String, String> read = python(python, """
                import sys, warnings
                from specutils import Spectrum1D, SpectrumList
                warnings.simplefilter('error')
                for name, s in (('one', Spectrum1D.read(sys.argv[1])), ('list', SpectrumList.read(sys.argv[1])[0])):
                    print(name + '.flux', *[repr(v.item()) for v in s.flux.value])
                    print(name + '.axis', *[repr(v.item()) for v in s.spectral_axis.value])
                    print(name + '.sigma', *[repr(v.item()) for v in s.uncertainty.array])
                    print(name + '.units', s.flux.unit, '|', s.spectral_axis.unit, '|', s.uncertainty.uncertainty_type)
                """, product("typical"));
        SpectrumTable s = TYPICAL.spectrum();
        for (String name : List.of("one", "list")) {
            assertThat(numbers(read.get(name + ".flux"))).isEqualTo(s.flux());
            assertThat(numbers(read.get(name + ".axis"))).isEqualTo(s.lambdaNm());
            assertThat(numbers(read.get(name + ".sigma"))).isEqualTo(s.fluxErr());
            assertThat(read).containsEntry(name + ".units", "erg / (cm2 nm s) | nm | std");
        }
    }

    private static double[] numbers(String text) {
        return Arrays.stream(text.split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static Map<String, String> python(String python, String script, Path file) throws Exception {
        Output output = run(python, "-c", script, file.toString());
        assertThat(output.exit()).as(output.text()).isZero();
        Map<String, String> lines = new HashMap<>();
        output.text().lines().forEach(line -> {
            String[] parts = line.split(" ", 2);
            lines.put(parts[0], parts.length > 1 ? parts[1] : "");
        });
        return lines;
    }

    /** Debian's Python first: another one on the path may lack Debian's packages. */
    private static String python(String module) throws Exception {
        for (String python : List.of("/usr/bin/python3", "python3")) {
            if (isInstalled(python) && run(python, "-c", "import " + module).exit() == 0) {
                return python;
            }
        }
        assumeTrue(false, "no Python with " + module + " (Debian package python3-" + module + ")");
        return "";
    }

    private static String program(String name, String debianPackage) {
        assumeTrue(isInstalled(name), name + " is not installed (Debian package " + debianPackage + ")");
        return name;
    }

    private static boolean isInstalled(String name) {
        if (name.startsWith("/")) {
            return Files.isExecutable(Path.of(name));
        }
        String path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(path.split(File.pathSeparator, -1))
                .filter(entry -> !entry.isEmpty())
                .anyMatch(entry -> Files.isExecutable(Path.of(entry, name)));
    }

    private static Output run(String... command) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        if (!process.waitFor(180, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(command[0] + " did not end within 180 s");
        }
        return new Output(process.exitValue(), Files.readString(out, StandardCharsets.ISO_8859_1));
    }
}
