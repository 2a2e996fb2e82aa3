package io.spectractor.calib;

import java.util.Map;

/** Where a table is in the HDF5 file, and the units of its columns. */
final class HdfLayout {
    /** Format of the file, an attribute of its root. */
    static final String FORMAT = "spectractor-calibration-hdf5-1";

    /** Attribute of a group that makes it a table: its name. */
    static final String TABLE = "table_name";

    /** Attribute of a table: the names of its columns in their order, separated by commas. */
    static final String COLUMNS = "column_order";

    /** Stands for an empty text, which HDF5 cannot hold. */
    static final String NOTHING = "-";

    private static final String CSV = ".csv";

    /** Tables whose names and places differ. */
    private static final Map<String, String> PLACES = Map.of(
            "dispersers.csv", "dispersers/index",
            "throughputs.csv", "throughput/index",
            "filters.csv", "filters/index");

    /** Unit by the end of a column's name; the longer end comes first. */
    private static final String[][] UNITS = {
        {"_erg_s_cm2_nm", "erg/s/cm2/nm"},
        {"_per_mm", "1/mm"},
        {"_nm", "nm"},
        {"_px", "pixel"},
        {"_deg", "degree"},
        {"_mm", "mm"},
        {"_du", "DU"},
        {"_hpa", "hPa"},
    };

    private HdfLayout() {}

    /** Path of a table's group, without a leading slash. */
    static String place(String table) {
        String place = PLACES.get(table);
        if (place != null) {
            return place;
        }
        String path = table.endsWith(CSV) ? table.substring(0, table.length() - CSV.length()) : table;
        if (path.startsWith("filter/")) {
            return "filters/" + path.substring("filter/".length());
        }
        int hyphen = path.lastIndexOf('-');
        // dispersers/HoloAmAg-map is the map in the group of HoloAmAg
        return path.startsWith("dispersers/") && hyphen > 0
                ? path.substring(0, hyphen) + "/" + path.substring(hyphen + 1)
                : path;
    }

    /** Unit of a column, 1 for a pure number. */
    static String unit(String column) {
        for (String[] unit : UNITS) {
            if (column.endsWith(unit[0]) || column.contains(unit[0] + "_")) {
                return unit[1];
            }
        }
        return "1";
    }
}
