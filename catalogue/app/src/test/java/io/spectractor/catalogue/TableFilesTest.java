package io.spectractor.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.spectractor.hats.ParquetTables;
import io.spectractor.hats.Table;
import io.spectractor.hats.TableBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.starlink.table.StarTable;
import uk.ac.starlink.table.StarTableFactory;
import uk.ac.starlink.table.Tables;

/** Other programs read the files that searches write, lists too: here STIL, the library of TOPCAT. */
class TableFilesTest {
    private static final double[][] LISTS = {{1.5, -2.25, 1e-12}, {}, {60000.125}};
    private static final String[][] TEXTS = {{"g", "r", "BP"}, {}, {"y"}};

    @TempDir
    private Path temp;

    private Path catalogue;

    @BeforeEach
    void stars() {
        catalogue = temp.resolve("catalogue");
        Program.run("create", catalogue);
        Path file = temp.resolve("stars.parquet");
        ParquetTables.write(
                new TableBuilder()
                        .add("name", new String[] {"HD 2811", "a, \"b\"", null})
                        .add("id", new long[] {1L << 53, -7, 0})
                        .add("ra", new double[] {7.827, 193.3, 307.078125})
                        .add("dec", new double[] {-43.6, -18.5, -87.47})
                        .addStruct(
                                "lc", new TableBuilder().addLists("mjd", LISTS).addLists("band", TEXTS))
                        .build(),
                file);
        assertThat(Program.run("import", catalogue, "--from", file, "--name", "stars")
                        .code())
                .isZero();
    }

    private Path search(String ending) {
        Path to = temp.resolve("found." + ending);
        assertThat(Program.run("cone", "stars", 0, 0, 180, "--catalogue", catalogue, "--to", to)
                        .out())
                .contains("3 rows to " + to);
        return to;
    }

    private static int row(StarTable table, int idColumn, long id) throws IOException {
        for (int i = 0; i < table.getRowCount(); i++) {
            if (((Number) table.getCell(i, idColumn)).longValue() == id) {
                return i;
            }
        }
        throw new AssertionError("no row " + id);
    }

    private static int column(StarTable table, String name) {
        for (int i = 0; i < table.getColumnCount(); i++) {
            if (table.getColumnInfo(i).getName().equals(name)) {
                return i;
            }
        }
        throw new AssertionError("no column " + name);
    }

    @ParameterizedTest
    @CsvSource({"fits, fits", "csv, csv", "vot, votable", "xml, votable"})
    void everyFormatIsReadByOthers(String ending, String format) throws IOException {
        StarTable table = Tables.randomTable(
                new StarTableFactory().makeStarTable(search(ending).toString(), format));
        assertThat(table.getRowCount()).isEqualTo(3);
        long[] ids = {1L << 53, -7, 0};
        Object[] names = {"HD 2811", "a, \"b\"", null};
        double[] ras = {7.827, 193.3, 307.078125};
        for (int i = 0; i < ids.length; i++) {
            int row = row(table, column(table, "id"), ids[i]);
            assertThat(table.getCell(row, column(table, "ra"))).isEqualTo(ras[i]);
            assertThat(table.getCell(row, column(table, "name"))).isEqualTo(names[i]);
            if (!format.equals("csv")) {
                double[] mjd = (double[]) table.getCell(row, column(table, "lc_mjd"));
                String[] band = (String[]) table.getCell(row, column(table, "lc_band"));
                // a FITS table has lists of one length: the shorter ones end with NaN
                int n = LISTS[i].length;
                assertThat(mjd == null ? new double[0] : Arrays.copyOf(mjd, n)).containsExactly(LISTS[i]);
                for (int k = n; mjd != null && k < mjd.length; k++) {
                    assertThat(mjd[k]).isNaN();
                }
                assertThat(band == null ? new String[0] : Arrays.copyOf(band, n))
                        .containsExactly(TEXTS[i]);
            }
        }
    }

    @Test
    void parquetKeepsItsListsAsTheyAre() {
        Table table = ParquetTables.read(search("parquet"), null, null);
        assertThat(table.rows()).isEqualTo(3);
        for (int i = 0; i < 3; i++) {
            double ra = table.doubles("ra")[i];
            int which = ra < 100 ? 0 : ra < 200 ? 1 : 2;
            assertThat(table.list(i, "lc", "mjd", "list", "element")).containsExactly(LISTS[which]);
        }
    }
}
