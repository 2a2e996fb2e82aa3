package io.spectractor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Descriptions of cameras, as a user writes and mends them. */
class InstrumentCommandTest {
    private static final int BLOCK = 2880;
    private static final int CARD = 80;

    @TempDir
    Path folder;

    private FakeProgram program;

    @BeforeEach
    void frame() throws IOException {
        program = new FakeProgram(folder);
        write("star.fits", "INSTRUME= 'ZWO'", "EXPTIME =                 30.0", "DATE-OBS= '2024-05-30T22:00:00'");
    }

    private void write(String name, String... cards) throws IOException {
        Stream<String> layout = Stream.of(
                "SIMPLE  =                    T",
                "BITPIX  =                   16",
                "NAXIS   =                    2",
                "NAXIS1  =                   60",
                "NAXIS2  =                   20");
        String header = Stream.of(layout, Arrays.stream(cards), Stream.of("END"))
                .flatMap(s -> s)
                .map(card -> String.format("%-" + CARD + "s", card))
                .collect(Collectors.joining());
        byte[] file =
                Arrays.copyOf(String.format("%-" + BLOCK + "s", header).getBytes(StandardCharsets.US_ASCII), 2 * BLOCK);
        Files.write(folder.resolve(name), file);
    }

    private String made(String frame, String... more) {
        String[] words = {
            "instrument", "new", "--from", frame, "--pixel-um", "3.75", "--grooves", "100", "--distance-mm", "42"
        };
        assertThat(program.run(
                        Stream.concat(Arrays.stream(words), Arrays.stream(more)).toArray(String[]::new)))
                .as(program.err())
                .isZero();
        return program.out();
    }

    @Test
    void theSiteIsWhatTheCardsOrTheUserSayElseALineToFillIn() throws IOException {
        assertThat(made("star.fits")).contains("# latitude: {value: 0.0}").contains("# longitude: {value: 0.0}");
        assertThat(made("star.fits", "--latitude-deg", "43.93", "--longitude-deg", "5.71"))
                .contains("\n  latitude: {value: 43.93}\n")
                .contains("\n  longitude: {value: 5.71}\n");
        write("site.fits", "EXPTIME =                 30.0", "SITELAT = '43 55 00'", "SITELONG= '5 42 00'");
        assertThat(made("site.fits")).contains("{card: SITELAT, unit: dms}").contains("{card: SITELONG, unit: dms}");
        assertThat(made("site.fits", "--latitude-deg", "10"))
                .contains("latitude: {value: 10}")
                .doesNotContain("SITELAT");
        assertThat(program.run(
                        "instrument",
                        "new",
                        "--from",
                        "star.fits",
                        "--pixel-um",
                        "3.75",
                        "--grooves",
                        "100",
                        "--distance-mm",
                        "42",
                        "--latitude-deg",
                        "95"))
                .isEqualTo(2);
        assertThat(program.err()).contains("--latitude-deg 95.0: must lie between -90 and 90");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pixel_size_mm: 0.00375 | pixel_size_mm: -3       | ccd.pixel_size_mm = -3.0",
                "distance_mm: 42        | distance_m: 42          | did you mean dispersion.distance_mm?",
                "grooves_per_mm: 100    | grooves_per_mm: 0       | grooves_per_mm = 0.0",
                "x: +column             | x: +colum               | not '+colum'",
            })
    void aMistakeIsNamedWithItsLine(String right, String wrong, String said) throws IOException {
        Files.writeString(folder.resolve("bad.yaml"), made("star.fits").replace(right, wrong));
        assertThat(program.run("instrument", "check", "star.fits", "--instrument", "bad.yaml"))
                .isEqualTo(2);
        assertThat(program.err()).contains("bad.yaml line ").contains(said);
    }
}
