package io.spectractor.cli.sky;

import io.spectractor.batch.UsageException;
import io.spectractor.core.astrometry.SkyStar;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import uk.ac.starlink.table.ColumnInfo;
import uk.ac.starlink.table.RowSequence;
import uk.ac.starlink.table.StarTable;
import uk.ac.starlink.table.StarTableFactory;
import uk.ac.starlink.util.DataSource;

/** Reads tables of stars, as Gaia's archive, VizieR and astroquery write them. */
public final class StarTables {
    private static final String KEY = "astrometry.stars: ";
    private static final Map<String, String> FORMATS = Map.of(
            "csv", "csv", "ecsv", "ecsv", "fits", "fits", "fit", "fits", "vot", "votable", "xml", "votable", "tsv",
            "tst", "txt", "ascii", "dat", "ascii");
    /** Names in order of preference, lower case. */
    private static final List<String> RA = List.of("ra", "ra_icrs", "raj2000", "_raj2000", "ra_deg", "ra_2000", "_ra");

    private static final List<String> DEC =
            List.of("dec", "de_icrs", "dec_icrs", "dej2000", "_dej2000", "decj2000", "dec_deg", "dec_2000", "_de");
    private static final List<String> PM_RA = List.of("pmra", "pm_ra", "pm_ra_cosdec", "pmra_cosdec");
    private static final List<String> PM_DEC = List.of("pmdec", "pmde", "pm_dec", "pm_de");
    private static final List<String> MAGNITUDE =
            List.of("phot_g_mean_mag", "gmag", "g_mag", "g", "mag", "magnitude", "rmag", "vmag");
    private static final List<String> EPOCH = List.of("ref_epoch", "epoch", "epoch_yr");
    private static final List<String> TEMPERATURE = List.of("teff_gspphot", "teff");
    private static final List<String> COLOUR = List.of("bp_rp", "bp-rp");
    /** Epoch of Gaia DR3, for tables that don't say theirs. */
    private static final double GAIA_EPOCH = 2016;

    private static final double EQUINOX_2000 = 2000;

    private final Path file;
    private final StarTable table;

    private StarTables(Path file, StarTable table) {
        this.file = file;
        this.table = table;
    }

    /**
     * The stars of a table; rows without a position are left out.
     *
     * @param note is told what was assumed
     * @throws UsageException naming the file and what is wrong with it
     */
    public static List<SkyStar> read(Path file, Consumer<String> note) {
        String name =
                String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
        String format = FORMATS.get(name.substring(name.lastIndexOf('.') + 1));
        try {
            byte[] bytes = Files.readAllBytes(file);
            DataSource source = new DataSource() {
                @Override
                protected InputStream getRawInputStream() {
                    return new ByteArrayInputStream(bytes);
                }
            };
            source.setName(file.toString());
            StarTableFactory factory = new StarTableFactory();
            StarTable table = format == null ? factory.makeStarTable(source) : factory.makeStarTable(source, format);
            return new StarTables(file, table).stars(note);
        } catch (IOException e) {
            throw new UsageException(
                    KEY + file + " is not a table that can be read (" + e.getMessage()
                            + "); FITS, VOTable, ECSV and CSV are known by their endings",
                    e);
        }
    }

    private List<SkyStar> stars(Consumer<String> note) throws IOException {
        int ra = needed("right ascension", RA);
        int dec = needed("declination", DEC);
        requireDegrees(ra);
        requireDegrees(dec);
        int pmRa = find(PM_RA);
        int pmDec = find(PM_DEC);
        int magnitude = find(MAGNITUDE);
        int epoch = find(EPOCH);
        int teff = find(TEMPERATURE);
        int colour = find(COLOUR);
        double assumed = name(ra).contains("2000") ? EQUINOX_2000 : GAIA_EPOCH;
        double perYear = pmRa < 0 ? 1 : masPerUnit(pmRa);
        List<SkyStar> stars = new ArrayList<>();
        try (RowSequence rows = table.getRowSequence()) {
            for (long row = 1; rows.next(); row++) {
                double a = number(rows.getCell(ra), ra, row);
                double d = number(rows.getCell(dec), dec, row);
                if (Double.isNaN(a) || Double.isNaN(d)) {
                    continue;
                }
                if (!(Math.abs(a) <= 360) || !(Math.abs(d) <= 90)) {
                    throw new UsageException(
                            KEY + file + ", row " + row + ": " + a + ", " + d + " is not a position in degrees");
                }
                double when = value(rows, epoch, row);
                stars.add(new SkyStar(
                        a,
                        d,
                        perYear * orZero(value(rows, pmRa, row)),
                        perYear * orZero(value(rows, pmDec, row)),
                        Double.isNaN(when) ? assumed : when,
                        value(rows, magnitude, row),
                        temperature(value(rows, teff, row), value(rows, colour, row))));
            }
        }
        if (stars.isEmpty()) {
            throw new UsageException(KEY + file + " has no row with a position");
        }
        note.accept(stars.size() + " stars of " + file + ": position " + name(ra) + ", " + name(dec) + "; epoch "
                + (epoch < 0 ? assumed + ", assumed" : name(epoch)) + "; proper motion "
                + (pmRa < 0 || pmDec < 0 ? "none" : name(pmRa)) + "; magnitude "
                + (magnitude < 0 ? "none: no star enters the model" : name(magnitude)));
        return stars;
    }

    private static double temperature(double teff, double colour) {
        return Double.isNaN(teff) && !Double.isNaN(colour) ? SkyStar.temperatureOf(colour) : teff;
    }

    private static double orZero(double value) {
        return Double.isNaN(value) ? 0 : value;
    }

    private int find(List<String> names) {
        for (String wanted : names) {
            for (int c = 0; c < table.getColumnCount(); c++) {
                if (name(c).toLowerCase(Locale.ROOT).equals(wanted)) {
                    return c;
                }
            }
        }
        return -1;
    }

    private int needed(String what, List<String> names) {
        int column = find(names);
        if (column < 0) {
            List<String> have = new ArrayList<>();
            for (int c = 0; c < table.getColumnCount(); c++) {
                have.add(name(c));
            }
            throw new UsageException(KEY + file + " has no column of the " + what + " (one of "
                    + String.join(", ", names) + "); it has " + String.join(", ", have));
        }
        return column;
    }

    private String name(int column) {
        return table.getColumnInfo(column).getName();
    }

    private @Nullable String unit(int column) {
        ColumnInfo info = table.getColumnInfo(column);
        String unit = info.getUnitString();
        return unit == null || unit.isBlank() ? null : unit.strip().toLowerCase(Locale.ROOT);
    }

    private void requireDegrees(int column) {
        String unit = unit(column);
        if (unit != null && !unit.startsWith("deg")) {
            // STIL calls the units of sexagesimal texts so
            boolean sexagesimal = unit.equals("hms") || unit.equals("dms");
            throw new UsageException(KEY + file + ": column " + name(column) + " is "
                    + (sexagesimal
                            ? "sexagesimal; decimal degrees are needed"
                            : "in " + unit + "; degrees are needed"));
        }
    }

    private double masPerUnit(int column) {
        String unit = unit(column);
        return unit == null || unit.startsWith("mas") ? 1 : unit.startsWith("arcsec") ? 1000 : 3.6e6;
    }

    private double value(RowSequence rows, int column, long row) throws IOException {
        return column < 0 ? Double.NaN : number(rows.getCell(column), column, row);
    }

    /** NaN for nothing. */
    private double number(@Nullable Object cell, int column, long row) {
        if (cell instanceof Number n) {
            return n.doubleValue();
        }
        String text = cell == null ? "" : cell.toString().strip();
        if (text.isEmpty() || text.equalsIgnoreCase("nan") || text.equalsIgnoreCase("null") || text.equals("--")) {
            return Double.NaN;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            boolean sexagesimal = text.matches("[+-]?\\d+[: hd]\\s*\\d+[: m'].*");
            throw new UsageException(
                    KEY + file + ", row " + row + ": " + name(column) + " = '" + text + "' is "
                            + (sexagesimal ? "sexagesimal; decimal degrees are needed" : "not a number"),
                    e);
        }
    }
}
