package io.spectractor.core.simulation;

import io.spectractor.core.astrometry.SkyPosition;
import io.spectractor.core.astrometry.SkyStar;
import io.spectractor.core.astrometry.TargetPlace;
import io.spectractor.core.astrometry.Wcs;
import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.optics.CameraOrientation;
import io.spectractor.core.optics.TabulatedCurve;
import io.spectractor.core.target.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Stars by position and magnitude, in the columns of the Gaia archive: {@code ra} and {@code dec} in degrees or {@code x}
 * and {@code y} in pixels, if there {@code pmra} and {@code pmdec} (mas/yr) from {@code ref_epoch} on, and {@code phot_g_mean_mag} or {@code mag} in the G band; if there, the temperature from {@code
 * teff_gspphot} or {@code teff} (K) or from the colour {@code bp_rp}, otherwise that of the Sun. The names of the columns come first;
 * other columns are ignored, so are lines that begin with #. Separators are commas, semicolons or blanks, and the ECSV
 * files of astroquery are read as they are.
 */
public final class StarCatalogue {
    /** Vega's flux near the middle of the G band, erg/s/cm²/nm, and the range that stands for the band, nm. */
    private static final double ZERO_MAGNITUDE_FLUX = 2.5e-8;

    private static final int BAND_FIRST_NM = 500;
    private static final int BAND_LAST_NM = 780;

    /** An entry so near to the target and so like it in magnitude is the target itself. */
    private static final double OWN_RADIUS_ARCSEC = 20;

    private static final double OWN_MAGNITUDES = 1;

    private static final double EPOCH = 2000;

    private final boolean onSky;
    private final List<Entry> entries;

    /** Longitude-like and latitude-like coordinate with their motion, magnitude and temperature in K. */
    private record Entry(
            double first,
            double second,
            double pmFirst,
            double pmSecond,
            double epoch,
            double magnitude,
            double temperatureK) {
        SkyStar star() {
            return new SkyStar(first, second, pmFirst, pmSecond, epoch, magnitude, temperatureK);
        }
    }

    /** Where the numbers of a star stand, -1 for a column that isn't there. */
    private record Columns(
            boolean onSky,
            int first,
            int second,
            int pmFirst,
            int pmSecond,
            int epoch,
            int magnitude,
            int temperature,
            int colour) {
        static Columns of(String line, String name) {
            List<String> header =
                    fields(line).stream().map(f -> f.toLowerCase(Locale.ROOT)).toList();
            boolean onSky = header.contains("ra") && header.contains("dec");
            Columns columns = new Columns(
                    onSky,
                    header.indexOf(onSky ? "ra" : "x"),
                    header.indexOf(onSky ? "dec" : "y"),
                    header.indexOf("pmra"),
                    header.indexOf("pmdec"),
                    header.indexOf("ref_epoch"),
                    Math.max(header.indexOf("phot_g_mean_mag"), header.indexOf("mag")),
                    Math.max(header.indexOf("teff_gspphot"), header.indexOf("teff")),
                    header.indexOf("bp_rp"));
            if (Math.min(columns.first, Math.min(columns.second, columns.magnitude)) < 0) {
                throw new IllegalArgumentException(name + ": a star catalogue needs the columns ra and dec, or x and"
                        + " y, and phot_g_mean_mag or mag; found " + String.join(", ", header));
            }
            return columns;
        }
    }

    private StarCatalogue(boolean onSky, List<Entry> entries) {
        this.onSky = onSky;
        this.entries = entries;
    }

    /** No stars. */
    static StarCatalogue empty() {
        return new StarCatalogue(true, List.of());
    }

    /** Number of stars. */
    public int size() {
        return entries.size();
    }

    /**
     * A catalogue from the lines of a file.
     *
     * @param name of the file, for messages
     * @throws IllegalArgumentException if a column is missing or a number is none, with name and line
     */
    public static StarCatalogue parse(List<String> lines, String name) {
        Columns columns = null;
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (columns == null) {
                columns = Columns.of(line, name);
                continue;
            }
            Entry entry = entry(fields(line), columns, name + ", line " + (i + 1));
            if (entry != null) {
                entries.add(entry);
            }
        }
        if (columns == null || entries.isEmpty()) {
            throw new IllegalArgumentException(name + ": no star in the catalogue");
        }
        return new StarCatalogue(columns.onSky(), List.copyOf(entries));
    }

    private static List<String> fields(String line) {
        String separator = line.indexOf(',') >= 0 ? "," : line.indexOf(';') >= 0 ? ";" : "\\s+";
        return List.of(line.split(separator, -1)).stream().map(String::strip).toList();
    }

    /** Null for a star without magnitude. */
    private static @Nullable Entry entry(List<String> fields, Columns columns, String where) {
        double magnitude = number(fields, columns.magnitude(), where);
        if (Double.isNaN(magnitude)) {
            return null;
        }
        double temperature = number(fields, columns.temperature(), where);
        double colour = number(fields, columns.colour(), where);
        if (Double.isNaN(temperature)) {
            temperature = Double.isNaN(colour) ? FieldStar.SUN_K : FieldStar.temperatureOf(colour);
        }
        return new Entry(
                place(fields, columns.first(), where),
                place(fields, columns.second(), where),
                or(number(fields, columns.pmFirst(), where), 0),
                or(number(fields, columns.pmSecond(), where), 0),
                or(number(fields, columns.epoch(), where), EPOCH),
                magnitude,
                temperature);
    }

    private static double or(double value, double otherwise) {
        return Double.isNaN(value) ? otherwise : value;
    }

    private static double place(List<String> fields, int column, String where) {
        double value = number(fields, column, where);
        if (Double.isNaN(value)) {
            throw new IllegalArgumentException(where + ": nothing where a number is needed");
        }
        return value;
    }

    /** NaN for what isn't there. */
    private static double number(List<String> fields, int column, String where) {
        String text = column >= 0 && column < fields.size() ? fields.get(column) : "";
        if (text.isEmpty() || text.equals("\"\"") || text.equalsIgnoreCase("nan") || text.equals("null")) {
            return Double.NaN;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(where + ": " + text + " where a number is needed", e);
        }
    }

    /**
     * The stars as they fall on the chip when the target's order 0 does. The target itself is left out.
     *
     * @param target with its spectral energy distribution
     * @param order0 of the target, px
     * @param order0Rate of the target, ADU/s
     * @param year of the exposure
     */
    List<FieldStar> around(
            Target target, PixelPosition order0, double order0Rate, CameraOrientation camera, double year) {
        double targetMagnitude = magnitude(target);
        Entry own = own(target);
        Wcs wcs = FrameWcs.of(place(target, year), order0, camera);
        List<FieldStar> stars = new ArrayList<>();
        for (Entry entry : entries) {
            PixelPosition at =
                    onSky ? wcs.pixel(entry.star().at(year)) : new PixelPosition(entry.first(), entry.second());
            if (!entry.equals(own) && at != null) {
                double rate = order0Rate * Math.pow(10, -0.4 * (entry.magnitude() - targetMagnitude));
                stars.add(new FieldStar(at.x(), at.y(), rate, entry.temperatureK()));
            }
        }
        return stars;
    }

    /** Where the target is on the sky: as the catalogue has it if it is there. */
    SkyPosition place(Target target, double year) {
        Entry own = own(target);
        return own == null
                ? TargetPlace.of(target.name(), catalogued(target), List.of(), year)
                        .position()
                : own.star().at(year);
    }

    private static SkyPosition catalogued(Target target) {
        return new SkyPosition(target.rightAscensionDeg(), target.declinationDeg());
    }

    private @Nullable Entry own(Target target) {
        double targetMagnitude = magnitude(target);
        SkyPosition place = TargetPlace.of(target.name(), catalogued(target), List.of(), EPOCH)
                .position();
        for (Entry entry : entries) {
            if (onSky
                    && Math.abs(entry.magnitude() - targetMagnitude) < OWN_MAGNITUDES
                    && entry.star().at(EPOCH).arcsecTo(place) < OWN_RADIUS_ARCSEC) {
                return entry;
            }
        }
        return null;
    }

    /**
     * G magnitude of a star, from the mean flux between 500 and 780 nm; good to 0.1 mag.
     *
     * @throws IllegalArgumentException if its spectral energy distribution is unknown
     */
    static double magnitude(Target target) {
        TabulatedCurve sed = target.sed();
        if (sed == null) {
            throw new IllegalArgumentException("simulation: target " + target.name()
                    + " has no spectral energy distribution in the calibration data; choose another target");
        }
        double sum = 0;
        for (int nm = BAND_FIRST_NM; nm <= BAND_LAST_NM; nm++) {
            sum += sed.at(nm);
        }
        return -2.5 * Math.log10(sum / (BAND_LAST_NM - BAND_FIRST_NM + 1) / ZERO_MAGNITUDE_FLUX);
    }
}
