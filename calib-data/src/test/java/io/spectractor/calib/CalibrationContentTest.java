package io.spectractor.calib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spectractor.core.calibration.CalibrationStore;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The digest of calibration tables, and what happens when one of them is broken or missing. */
class CalibrationContentTest {
    private static final CalibrationStore STORE = EmbeddedCalibration.load();

    @Test
    void hashIsStableAndSensitive() {
        assertThat(STORE.sha256()).matches("[0-9a-f]{64}");
        assertThat(EmbeddedCalibration.load().sha256()).isEqualTo(STORE.sha256());

        Map<String, byte[]> tables = tables();
        byte[] bytes = tables.get("filter/RG715.csv").clone();
        bytes[bytes.length - 2] ^= 1;
        tables.put("filter/RG715.csv", bytes);
        assertThat(new CalibrationContent("x", tables).sha256()).isNotEqualTo(STORE.sha256());

        Map<String, byte[]> renamed = tables();
        renamed.put("filter/RG716.csv", renamed.remove("filter/RG715.csv"));
        assertThat(new CalibrationContent("x", renamed).sha256()).isNotEqualTo(STORE.sha256());
    }

    /** Computed by a few lines of Python from the description in the README. */
    @Test
    void hashIsTheDocumentedOne() {
        String text =
                "# quantity: q\n# units: nm; 1\n# source: s\n# licence: l\n# date: d\nlabel,lambda_nm\n7,1e-1\né,\n";
        CalibrationContent content =
                new CalibrationContent("x", Map.of("a.csv", text.getBytes(StandardCharsets.UTF_8)));

        assertThat(content.sha256()).isEqualTo("e2f10e2be9e108e35ea5b5baeeed3e27019e143ef96b41b86d1984bf222d5a82");
        assertThat(content.names()).containsExactly("a.csv");
    }

    @Test
    void contentCannotBeChangedFromOutside() {
        CalibrationContent content = EmbeddedCalibration.content();
        String before = content.sha256();
        content.bytes("lines.csv")[0] = 'X';
        content.names().clear();

        assertThat(content.bytes("lines.csv")[0]).isEqualTo((byte) '#');
        assertThat(new CalibrationContent("x", tables()).sha256()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dispersers.csv | 299.51165767360544 | -3 | must be positive",
                "dispersers.csv | HoloPhP-map | HoloPhX-map | HoloPhX-map.csv: missing",
                "dispersers.csv | HoloPhAg,Arg | HoloAmAg,Arg | is taken",
                "filter/FGB37.csv | 0.07197 | 1.7197 | out of range",
                "throughput/ctio.csv | 346,0.1079612 | 346,-0.1 | out of range",
                "throughput/ctio.csv | 349,0 | 345,0 | does not exceed",
                "lines.csv | H alpha,HYDROGEN | H alpha,HELIUM | none of [HYDROGEN",
                "lines.csv | O2 B,ATMOSPHERIC,yes | O2 B,ATMOSPHERIC,maybe | neither yes nor no",
                "targets.csv | -18.52222 | -118.5 | HD111980 out of range",
                "targets.csv | PNG321.0+3.9;He 2-113 | HD111980 | two targets",
                "sed/HD111980.csv | 300.0, | 300.0,- | out of range",
                "dispersers/HoloAmAg-map.csv | 636.316,293.720 | 487.404,294.495 | coincide"
            })
    void brokenTablesAreNamed(String table, String from, String to, String message) {
        Map<String, byte[]> tables = tables();
        String text = new String(tables.get(table), StandardCharsets.UTF_8);
        assertThat(text).contains(from);
        tables.put(table, text.replace(from, to).getBytes(StandardCharsets.UTF_8));
        CalibrationContent content = new CalibrationContent("x", tables);

        assertThatThrownBy(() -> new TableCalibration(content))
                .isInstanceOf(CalibrationException.class)
                .hasMessageContaining("calibration table ")
                .hasMessageContaining(message);
    }

    @Test
    void aMissingTableIsNamed() {
        Map<String, byte[]> tables = tables();
        tables.remove("lines.csv");
        CalibrationContent content = new CalibrationContent("2026.1", tables);

        assertThatThrownBy(() -> new TableCalibration(content))
                .isInstanceOf(CalibrationException.class)
                .hasMessage("calibration table lines.csv: missing from calibration data 2026.1");
    }

    /** Such as the mean atmosphere that calibration data had until 2026.11.22. */
    @Test
    void aTableThatNobodyAsksForDoesNoHarm() {
        Map<String, byte[]> tables = tables();
        tables.put("atmosphere.csv", tables.get("filter/RG715.csv"));
        CalibrationContent content = new CalibrationContent("2026.1", tables);

        assertThat(new TableCalibration(content).disperserNames()).isEqualTo(STORE.disperserNames());
    }

    private static Map<String, byte[]> tables() {
        CalibrationContent content = EmbeddedCalibration.content();
        Map<String, byte[]> tables = new HashMap<>();
        content.names().forEach(name -> tables.put(name, content.bytes(name)));
        return tables;
    }
}
