#!/usr/bin/env bash
# A column of texts that STIL writes as CSV comes back from STIL as numbers, if all its texts look like numbers: "007" and "7" are
# then the same identifier, and of identifiers above 2^63 the last digits are lost without a message. A quoted number is a number
# all the same, so that no file can say otherwise.
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.bash"
maven_packages uk.ac.starlink:stil:4.3.5
cd -- "$work"
cat >RoundTrip.java <<'JAVA'
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import uk.ac.starlink.table.ArrayColumn;
import uk.ac.starlink.table.ColumnInfo;
import uk.ac.starlink.table.ColumnStarTable;
import uk.ac.starlink.table.StarTable;
import uk.ac.starlink.table.StoragePolicy;
import uk.ac.starlink.table.Tables;
import uk.ac.starlink.table.formats.CsvTableBuilder;
import uk.ac.starlink.table.formats.CsvTableWriter;
import uk.ac.starlink.util.ByteArrayDataSource;

class RoundTrip {
    public static void main(String[] args) throws Exception {
        show("written", "007", "7");
        show("long", "18446744073709551614", "18446744073709551615");
        read("quoted", "id\n\"007\"\n\"7\"\n");
    }

    static void show(String name, String... ids) throws Exception {
        ColumnStarTable table = ColumnStarTable.makeTableWithRows(ids.length);
        table.addColumn(ArrayColumn.makeColumn(new ColumnInfo("id", String.class, null), ids));
        ByteArrayOutputStream csv = new ByteArrayOutputStream();
        new CsvTableWriter().writeStarTable(table, csv);
        read(name, csv.toString(StandardCharsets.UTF_8));
    }

    static void read(String name, String csv) throws Exception {
        byte[] bytes = csv.getBytes(StandardCharsets.UTF_8);
        StarTable back = Tables.randomTable(new CsvTableBuilder()
                .makeStarTable(new ByteArrayDataSource(name, bytes), false, StoragePolicy.PREFER_MEMORY));
        Object[] cells = {back.getCell(0, 0), back.getCell(1, 0)};
        System.out.println(name + " " + csv.strip().replace('\n', ' ') + " -> "
                + back.getColumnInfo(0).getContentClass().getSimpleName() + " " + Arrays.toString(cells));
    }
}
JAVA
java -cp 'lib/*' RoundTrip.java >read.txt 2>messages.txt || { cat messages.txt >&2; exit 2; }
expect "two identifiers" "id 007 7 -> Short [7, 7]" "$(sed -n 's/^written //p' read.txt)"
expect "two long ones" "id 18446744073709551614 18446744073709551615 -> Double [1.8446744073709552E19, 1.8446744073709552E19]" \
    "$(sed -n 's/^long //p' read.txt)"
expect "quoted" 'id "007" "7" -> Short [7, 7]' "$(sed -n 's/^quoted //p' read.txt)"
expect "messages" "" "$(grep -i 'warn\|lost\|overflow' messages.txt || true)"
finish
