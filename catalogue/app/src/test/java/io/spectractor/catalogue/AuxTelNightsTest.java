package io.spectractor.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spectractor.hats.HatsCatalogue;
import io.spectractor.hats.Table;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real spectra of AuxTel become a catalogue. */
class AuxTelNightsTest {
    @TempDir
    private Path temp;

    private Path catalogue;

    @BeforeEach
    void create() {
        catalogue = temp.resolve("catalogue");
        assertThat(Program.run("create", catalogue).code()).isZero();
    }

    private static Path real() {
        String shared = System.getenv("SPECTRACTOR_SHARED");
        assumeTrue(shared != null, "SPECTRACTOR_SHARED names no folder of shared material");
        return Path.of(shared, "real");
    }

    private HatsCatalogue table(String name) {
        return CatalogueFolder.open(catalogue).table(name);
    }

    private static Table all(HatsCatalogue table) {
        return Table.joined(table.partitions().stream()
                .map(partition -> table.read(partition, null, null))
                .toList());
    }

    @Test
    @Tag("slow")
    void allNightsOfAuxTelAreInAndHaveTheirWeather() {
        Path real = real();
        assertThat(Program.run("add", catalogue, real.resolve("auxtel-nights")).out())
                .contains("added 837 spectra of 19 stars", "spectra: 837, stars: 19");
        Table objects = all(table("objects"));
        Set<String> bands = new TreeSet<>();
        for (int i = 0; i < objects.rows(); i++) {
            ((List<?>) objects.value(i, "lc", "band", "list", "element")).forEach(b -> bands.add(String.valueOf(b)));
        }
        assertThat(objects.rows()).isEqualTo(19);
        // the spectra end in the middle of y: too little of it is covered for a value
        assertThat(bands).containsExactly("BP", "G", "RP", "g", "i", "r", "u", "z");
        Path merra = real.resolve("merra2");
        Program.Result joined = Program.run(
                "join",
                "spectra",
                "--with",
                merra.resolve("MERRA2_2022_asm_lsst.csv.gz"),
                merra.resolve("MERRA2_2023_asm_lsst.csv.gz"),
                merra.resolve("MERRA2_2024_asm_lsst.csv.gz"),
                "--columns",
                "TQV",
                "--prefix",
                "merra_",
                "--save",
                "air",
                "--catalogue",
                catalogue);
        assertThat(joined.out()).as(joined.err()).contains("837 of 837 rows have values of TQV");
        // water above Cerro Pachon, mm
        double[] water = all(table("air")).doubles("merra_TQV");
        assertThat(water).hasSize(837);
        assertThat(Arrays.stream(water)).allMatch(mm -> mm > 0.1 && mm < 30);
    }

    @Test
    void realNightsOfAuxTelBecomeLightCurves() {
        Path nights = real().resolve("auxtel-nights");
        Program.Result result = Program.run(
                "add", catalogue, nights.resolve("auxtel_20231128.h5"), nights.resolve("auxtel_20220914.h5"));
        assertThat(result.code()).isZero();
        assertThat(table("spectra").rows()).isEqualTo(23 + 20);
        Table objects = all(table("objects"));
        for (int i = 0; i < objects.rows(); i++) {
            if (objects.value(i, "name").equals("HD185975")) {
                List<?> bands = (List<?>) objects.value(i, "lc", "band", "list", "element");
                double[] magnitudes = objects.list(i, "lc", "mag", "list", "element");
                double[] r = IntStream.range(0, magnitudes.length)
                        .filter(k -> bands.get(k).equals("r"))
                        .mapToDouble(k -> magnitudes[k])
                        .toArray();
                assertThat(r).hasSizeGreaterThan(3);
                assertThat(Arrays.stream(r)).allMatch(m -> Math.abs(m - r[0]) < 0.05);
            }
        }
    }
}
