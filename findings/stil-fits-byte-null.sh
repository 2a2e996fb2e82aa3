#!/usr/bin/env bash
# Among bytes that STIL writes to FITS, a null becomes 0 and -128 becomes null: STIL stores the null as the number of a 0, and
# declares the stored number of -128 as TNULL. astropy, for its part, compares TNULL with the values after TZERO instead of the
# stored numbers, so that in the same file every 0 is masked, the nulls among them. Shorts come through both.
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.bash"
maven_packages uk.ac.starlink:stil:4.3.5
python_packages astropy==8.0.2 numpy==2.4.6
cd -- "$work"
cat >Nulls.java <<'JAVA'
import java.io.File;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.util.Arrays;
import uk.ac.starlink.fits.FitsTableBuilder;
import uk.ac.starlink.fits.FitsTableWriter;
import uk.ac.starlink.table.ArrayColumn;
import uk.ac.starlink.table.ColumnInfo;
import uk.ac.starlink.table.ColumnStarTable;
import uk.ac.starlink.table.StarTable;
import uk.ac.starlink.table.StoragePolicy;
import uk.ac.starlink.table.Tables;
import uk.ac.starlink.util.FileDataSource;

class Nulls {
    public static void main(String[] args) throws Exception {
        ColumnStarTable table = ColumnStarTable.makeTableWithRows(4);
        table.addColumn(ArrayColumn.makeColumn(new ColumnInfo("byte", Byte.class, null), new Byte[] {-128, null, 0, 3}));
        table.addColumn(ArrayColumn.makeColumn(new ColumnInfo("short", Short.class, null), new Short[] {-128, null, 0, 3}));
        try (OutputStream file = new FileOutputStream("nulls.fits")) {
            new FitsTableWriter().writeStarTable(table, file);
        }
        StarTable back = Tables.randomTable(new FitsTableBuilder()
                .makeStarTable(new FileDataSource(new File("nulls.fits")), false, StoragePolicy.PREFER_MEMORY));
        for (int c = 0; c < 2; c++) {
            Object[] cells = {back.getCell(0, c), back.getCell(1, c), back.getCell(2, c), back.getCell(3, c)};
            System.out.println(back.getColumnInfo(c).getName() + " " + Arrays.toString(cells));
        }
    }
}
JAVA
java -cp 'lib/*' Nulls.java >stil.txt 2>messages.txt || { cat messages.txt >&2; exit 2; }
python -c '
from astropy.table import Table
for name, column in Table.read("nulls.fits").items():
    print(name, *("null" if masked else int(value) for value, masked in zip(column.data.data, column.mask)), sep=", ")' >astropy.txt
expect "bytes -128, null, 0, 3 as STIL reads them back" "[null, 0, 0, 3]" "$(sed -n 's/^byte //p' stil.txt)"
expect "as astropy reads them" "-128, null, null, 3" "$(sed -n 's/^byte, //p' astropy.txt)"
expect "shorts as STIL reads them back" "[-128, null, 0, 3]" "$(sed -n 's/^short //p' stil.txt)"
expect "as astropy reads them" "-128, null, 0, 3" "$(sed -n 's/^short, //p' astropy.txt)"
finish
