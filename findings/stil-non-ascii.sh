#!/usr/bin/env bash
# A text with a letter beyond ASCII ("β Hyi") keeps it or not, by the form in which STIL writes the table, without a message: in
# FITS it is a question mark; in VOTable the column is `char`, with the bytes of UTF-8 in it. astropy reads these in TABLEDATA, but
# refuses the whole table in BINARY2.
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.bash"
maven_packages uk.ac.starlink:stil:4.3.5
python_packages astropy==8.0.2 numpy==2.4.6
cd -- "$work"
cat >Star.java <<'JAVA'
import java.io.FileOutputStream;
import java.io.OutputStream;
import uk.ac.starlink.fits.FitsTableWriter;
import uk.ac.starlink.table.ArrayColumn;
import uk.ac.starlink.table.ColumnInfo;
import uk.ac.starlink.table.ColumnStarTable;
import uk.ac.starlink.table.StarTableWriter;
import uk.ac.starlink.votable.DataFormat;
import uk.ac.starlink.votable.VOTableVersion;
import uk.ac.starlink.votable.VOTableWriter;

class Star {
    public static void main(String[] args) throws Exception {
        ColumnStarTable table = ColumnStarTable.makeTableWithRows(1);
        table.addColumn(ArrayColumn.makeColumn(new ColumnInfo("star", String.class, null), new String[] {"\u03b2 Hyi"}));
        write(table, "tabledata.vot", new VOTableWriter(DataFormat.TABLEDATA, true, VOTableVersion.V14));
        write(table, "binary2.vot", new VOTableWriter(DataFormat.BINARY2, true, VOTableVersion.V14));
        write(table, "fits.fits", new FitsTableWriter());
    }

    static void write(ColumnStarTable table, String name, StarTableWriter writer) throws Exception {
        try (OutputStream file = new FileOutputStream(name)) {
            writer.writeStarTable(table, file);
        }
    }
}
JAVA
java -cp 'lib/*' Star.java 2>messages.txt || { cat messages.txt >&2; exit 2; }
cat >read.py <<'PY'
import warnings
warnings.simplefilter("ignore")
from astropy.table import Table
for name in ("tabledata.vot", "binary2.vot", "fits.fits"):
    try:
        print(name, ascii(str(Table.read(name)["star"][0])))
    except Exception as error:
        print(name, type(error).__name__)
PY
python read.py >read.txt
expect "VOTable, TABLEDATA" "'\\u03b2 Hyi'" "$(sed -n 's/^tabledata.vot //p' read.txt)"
expect "VOTable, BINARY2" "UnicodeDecodeError" "$(sed -n 's/^binary2.vot //p' read.txt)"
expect "FITS" "'? Hyi'" "$(sed -n 's/^fits.fits //p' read.txt)"
expect "type of the column in BINARY2" 'datatype="char"' "$(grep -ao 'datatype="[A-Za-z]*"' binary2.vot)"
expect "messages of STIL" "" "$(grep -i 'warn\|ascii\|lost' messages.txt || true)"
finish
