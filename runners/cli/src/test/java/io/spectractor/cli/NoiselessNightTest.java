package io.spectractor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.spectractor.batch.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The nights with known air, their flux without noise: the joint fit has to give the truth back. */
@Tag("slow")
class NoiselessNightTest {
    private static final int SPECTRA = 12;
    private static final int TRUE_FLUX = 3;

    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"constant", "drift"})
    void theTruthComesBack(String night) throws IOException {
        for (int k = 0; k < SPECTRA; k++) {
            double[] flux = trueFlux(night, k);
            GoldenNight.spectrum(night, k, folder.resolve(k + "_spectrum.fits"), bytes -> putFlux(bytes, flux));
        }
        FakeProgram program = new FakeProgram(folder);

        int code = program.run(
                "fit",
                "--joint",
                folder.toString(),
                "--json",
                "--out",
                folder.resolve("fit").toString());

        assertThat(code).as(program.err()).isZero();
        JsonNode fit = Json.read(program.out(), JsonNode.class);
        JsonNode truth = Json.read(Files.readString(GoldenNight.folder(night).resolve("truth.json")), JsonNode.class);
        assertThat(value(fit, "vaod", 0)).isCloseTo(truth.get("VAOD").asDouble(), within(2e-4));
        assertThat(value(fit, "ozone", 0)).isCloseTo(truth.get("ozone_DU").asDouble(), within(1.0));
        for (int k = 0; k < SPECTRA; k++) {
            JsonNode water = truth.get("PWV_mm");
            double expected = water.isArray() ? water.get(k).asDouble() : water.asDouble();
            assertThat(value(fit, "pwv", k)).as("PWV of spectrum %d", k).isCloseTo(expected, within(0.02));
        }
    }

    /** What a spectrum has of a quantity, or the night where that has one value. */
    private static double value(JsonNode fit, String name, int k) {
        double value = Double.NaN;
        for (JsonNode p : fit.get("parameters")) {
            if (!p.get("name").asText().equals(name)) {
                continue;
            }
            JsonNode spectrum = p.get("spectrum");
            boolean ofNight = spectrum == null || spectrum.isNull();
            if (ofNight || spectrum.asText().startsWith(k + "_")) {
                value = p.get("value").asDouble();
            }
        }
        return value;
    }

    private static double[] trueFlux(String night, int k) throws IOException {
        Path table = GoldenNight.folder(night).resolve(String.format(Locale.ROOT, "%02d.csv", k));
        List<String> rows = Files.readAllLines(table).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
        return rows.stream()
                .mapToDouble(row -> Double.parseDouble(row.split(",", -1)[TRUE_FLUX]))
                .toArray();
    }

    /** Overwrites the second row of the image of three: wavelengths, flux, errors. */
    private static void putFlux(byte[] bytes, double[] flux) {
        String end = String.format(Locale.ROOT, "%-80s", "END");
        int header = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(end) + end.length();
        int data = (header + 2879) / 2880 * 2880;
        ByteBuffer.wrap(bytes)
                .position(data + Double.BYTES * flux.length)
                .slice()
                .asDoubleBuffer()
                .put(flux);
    }
}
