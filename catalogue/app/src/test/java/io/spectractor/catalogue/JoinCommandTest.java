package io.spectractor.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.spectractor.hats.ParquetTables;
import io.spectractor.hats.TableBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weather beside rows, by their times. */
class JoinCommandTest {
    @TempDir
    private Path temp;

    private Path catalogue;
    private Path hours;

    @BeforeEach
    void rows() throws IOException {
        catalogue = temp.resolve("catalogue");
        Program.run("create", catalogue);
        Path file = temp.resolve("rows.parquet");
        // 2023-01-01 is MJD 59945; the rows are at 0:00, 0:30, 5:30, before all, and nowhere
        ParquetTables.write(
                new TableBuilder()
                        .add("name", new String[] {"a", "b", "c", "d", "e"})
                        .add("ra", new double[] {10, 20, 30, 40, 50})
                        .add("dec", new double[] {0, 0, 0, 0, 0})
                        .add("mjd", new double[] {59945, 59945 + 0.5 / 24, 59945 + 5.5 / 24, 59000, Double.NaN})
                        .build(),
                file);
        Program.run("import", catalogue, "--from", file, "--name", "rows", "--degrees");
        hours = temp.resolve("merra.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(hours))) {
            out.write("""
                    time,TQV,note
                    2023-01-01 01:00:00,4,x
                    2023-01-01 00:00:00,2,y
                    2023-01-01T02:00:00Z,6,
                    2023-01-01 08:00:00,9,z
                    """.getBytes(StandardCharsets.UTF_8));
        }
    }

    private Program.Result join(Object... more) {
        Object[] words = {"join", "rows", "--with", hours, "--catalogue", catalogue, "--save", "air"};
        Object[] all = java.util.Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return Program.run(all);
    }

    @Test
    void timesAreInterpolatedAndGapsAreNot() {
        assertThat(join("--columns", "TQV", "--prefix", "m_").out())
                .contains("2 of 5 rows have values of TQV; saved as air");
        Program.Result rows = Program.run(
                "region", "air", "--ra", 0, 360, "--dec", -10, 10, "--columns", "name,m_TQV", "--catalogue", catalogue);
        assertThat(rows.out().lines().map(line -> line.strip().replaceAll(" +", " ")))
                // a modified Julian date in double is good to a microsecond
                .contains("a 2.0")
                .anyMatch(line -> line.matches("b (3.00000000|2.99999999).*"));
        Path csv = temp.resolve("wide.csv");
        Program.run("drop", "air", "--catalogue", catalogue);
        // across the gap of six hours, when it is allowed: 6 + 3.5/6 * 3
        assertThat(join("--columns", "TQV", "--within", "7").out()).contains("3 of 5 rows");
        Program.run(
                "region",
                "air",
                "--ra",
                0,
                360,
                "--dec",
                -10,
                10,
                "--columns",
                "name,TQV",
                "--to",
                csv,
                "--catalogue",
                catalogue);
        assertThat(csv).content().containsPattern("c,7\\.7(500000|499999)");
    }

    @Test
    void whatIsWrongIsNamed() throws IOException {
        assertThat(join("--columns", "nothing").err())
                .contains("there is no column nothing")
                .contains("TQV");
        assertThat(join("--time", "when").err()).contains("has no column when");
        assertThat(join("--columns", "TQV").code()).isZero();
        Path bad = Files.writeString(temp.resolve("bad.csv"), "time,TQV\nyesterday,3\n");
        assertThat(Program.run("join", "rows", "--with", bad, "--catalogue", catalogue, "--save", "other")
                        .err())
                .contains("bad.csv, line 2: 'yesterday' is not a time");
        assertThat(Program.run("join", "air", "--with", hours, "--catalogue", catalogue, "--save", "other")
                        .err())
                .contains("has a column TQV already");
        assertThat(Program.run("list", "--catalogue", catalogue).out()).doesNotContain("other");
    }
}
