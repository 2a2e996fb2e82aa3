#!/usr/bin/env bash
# A column of lists of strings, which VOTable has as a two-dimensional char array ("3x*"), makes astropy refuse the whole table,
# with every setting of verify. STIL writes such columns and reads them.
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.bash"
maven_packages uk.ac.starlink:stil:4.3.5
python_packages astropy==8.0.2 numpy==2.4.6
cd -- "$work"
cat >Bands.java <<'JAVA'
import java.io.File;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.util.Arrays;
import uk.ac.starlink.table.ArrayColumn;
import uk.ac.starlink.table.ColumnInfo;
import uk.ac.starlink.table.ColumnStarTable;
import uk.ac.starlink.table.StarTable;
import uk.ac.starlink.table.StoragePolicy;
import uk.ac.starlink.table.Tables;
import uk.ac.starlink.util.FileDataSource;
import uk.ac.starlink.votable.DataFormat;
import uk.ac.starlink.votable.VOTableBuilder;
import uk.ac.starlink.votable.VOTableVersion;
import uk.ac.starlink.votable.VOTableWriter;

class Bands {
    public static void main(String[] args) throws Exception {
        ColumnStarTable table = ColumnStarTable.makeTableWithRows(2);
        table.addColumn(ArrayColumn.makeColumn(
                new ColumnInfo("bands", String[].class, null), new String[][] {{"g", "rp1"}, {"z"}}));
        try (OutputStream file = new FileOutputStream("bands.vot")) {
            new VOTableWriter(DataFormat.TABLEDATA, true, VOTableVersion.V14).writeStarTable(table, file);
        }
        StarTable back = Tables.randomTable(new VOTableBuilder()
                .makeStarTable(new FileDataSource(new File("bands.vot")), false, StoragePolicy.PREFER_MEMORY));
        System.out.println(Arrays.toString((String[]) back.getCell(0, 0)) + Arrays.toString((String[]) back.getCell(1, 0)));
    }
}
JAVA
java -cp 'lib/*' Bands.java >stil.txt 2>messages.txt || { cat messages.txt >&2; exit 2; }
cat >read.py <<'PY'
import warnings
warnings.simplefilter("ignore")
from astropy.io.votable import parse
for verify in ("ignore", "warn", "exception"):
    try:
        print(verify, len(parse("bands.vot", verify=verify).get_first_table().array))
    except Exception as error:
        print(verify, str(error).split(": ", 1)[1])
PY
python read.py >read.txt
expect "as STIL writes it" 'arraysize="3x*" datatype="char"' "$(grep -o 'arraysize="[^"]*" datatype="[a-z]*"' bands.vot)"
expect "as STIL reads it" "[g, rp1][z]" "$(cat stil.txt)"
for verify in ignore warn exception; do
    expect "astropy, verify=$verify" "E01: Invalid size specifier '3x' for a char field (in field 'bands')" \
        "$(sed -n "s/^$verify //p" read.txt)"
done
finish
