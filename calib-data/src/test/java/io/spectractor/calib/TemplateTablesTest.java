package io.spectractor.calib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.target.SpectralTemplate;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The templates of late stars: what is in them, and what happens to data that have none or broken ones. */
class TemplateTablesTest {
    private static final List<SpectralTemplate> TEMPLATES =
            EmbeddedCalibration.load().templates();

    /** Band heads of TiO by type, Na D of dwarfs, and the absence of TiO in carbon stars, which have CN instead. */
    @Test
    void showsTheBandsOfItsTypes() {
        assertThat(TEMPLATES).hasSize(52);
        assertThat(depth("PyHammer K0", 710, 704)).isBetween(0.97, 1.03);
        assertThat(depth("PyHammer M3", 710, 704)).isBetween(0.5, 0.8);
        assertThat(depth("PyHammer M7", 710, 704)).isBetween(0.3, 0.6);
        assertThat(depth("MaStar 08", 710, 704)).isLessThan(0.6);
        assertThat(depth("MaStar 88", 710, 704)).isBetween(0.9, 1.1);
        assertThat(depth("MaStar 88", 795, 785)).isLessThan(0.9);
        // vacuum: Na D at 589.16 and 589.76 nm
        double core = 0;
        double least = Double.POSITIVE_INFINITY;
        for (double nm = 586; nm < 593; nm += 0.05) {
            double flux = find("PyHammer K5").sed().at(nm);
            if (flux < least) {
                least = flux;
                core = nm;
            }
        }
        assertThat(core).isCloseTo(589.46, within(0.3));
    }

    @Test
    void isContinuedByPlanckCurves() {
        for (SpectralTemplate template : TEMPLATES) {
            assertThat(template.sed().minNm()).isLessThanOrEqualTo(300);
            assertThat(template.sed().maxNm()).isGreaterThanOrEqualTo(1120);
            double red = template.sed().at(1100) / template.sed().at(1010);
            assertThat(red).as(template.name()).isBetween(0.7, 1.6);
        }
    }

    @Test
    void dataWithoutThemAreGoodAndBrokenOnesAreNamed() {
        Map<String, byte[]> tables = new HashMap<>();
        CalibrationContent content = EmbeddedCalibration.content();
        content.names().stream()
                .filter(name -> !name.startsWith("templates"))
                .forEach(name -> tables.put(name, content.bytes(name)));
        assertThat(new TableCalibration(new CalibrationContent("old", tables)).templates())
                .isEmpty();

        tables.put("templates.csv", content.bytes("templates.csv"));
        CalibrationContent lacking = new CalibrationContent("lacking", tables);
        assertThatThrownBy(() -> new TableCalibration(lacking))
                .isInstanceOf(CalibrationException.class)
                .hasMessageContaining("templates/pyhammer_k.csv");

        content.names().stream()
                .filter(name -> name.startsWith("templates/"))
                .forEach(name -> tables.put(name, content.bytes(name)));
        String text = new String(content.bytes("templates/pyhammer_k.csv"), StandardCharsets.UTF_8);
        String row = text.lines().filter(l -> l.startsWith("400,")).findFirst().orElseThrow();
        tables.put(
                "templates/pyhammer_k.csv",
                text.replace(row, row.replaceFirst(",", ",-")).getBytes(StandardCharsets.UTF_8));
        CalibrationContent negative = new CalibrationContent("negative", tables);
        assertThatThrownBy(() -> new TableCalibration(negative))
                .isInstanceOf(CalibrationException.class)
                .hasMessageContaining("flux_k0_p00 is -");
    }

    private static double depth(String name, double inNm, double outNm) {
        return find(name).sed().at(inNm) / find(name).sed().at(outNm);
    }

    private static SpectralTemplate find(String name) {
        return TEMPLATES.stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
    }
}
