package io.spectractor.calib.importer;

import io.spectractor.calib.CalibrationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A disperser folder: {@code <label>.ini} with numbers or names of files, or the files themselves ({@code N.txt} or
 * {@code hologram_grooves_per_mm.txt}, {@code hologram_center.txt}, {@code hologram_rotation_angles.txt},
 * {@code transmission.txt}, {@code ratio_order_2over1.txt}, {@code ratio_order_3over2.txt}, {@code full_name.txt}).
 */
final class DisperserFolder {
    private static final String GROOVES = "hologram_grooves_per_mm.txt";
    private static final String ANGLES = "hologram_rotation_angles.txt";
    private static final String CENTRE = "hologram_center.txt";
    private static final int ANGLE_OF_CENTRE = 2;
    /** Of the interpolation, {@link io.spectractor.core.optics.ScatteredMap}. */
    private static final int SMALLEST_MAP = 6;

    /** A second order a hundred times as bright as the first is not a measurement. */
    private static final double MOST_RATIO = 100;

    private final Path folder;
    private final Map<String, Setting> settings;

    /** A value of the ini file and its line. */
    private record Setting(String value, int line) {}

    DisperserFolder(Path folder) {
        this.folder = folder;
        Path ini = folder.resolve(label() + ".ini");
        this.settings = Files.exists(ini) ? ini(ini) : Map.of();
    }

    /** Whether a folder looks like one. */
    static boolean isOne(Path folder) {
        return Files.isRegularFile(folder.resolve("N.txt"))
                || Files.isRegularFile(folder.resolve(GROOVES))
                || Files.isRegularFile(folder.resolve(folder.getFileName() + ".ini"));
    }

    String label() {
        return String.valueOf(folder.getFileName());
    }

    Path path() {
        return folder;
    }

    String fullName() {
        Setting name = settings.get("full_name");
        if (name != null) {
            return name.value();
        }
        Path file = folder.resolve("full_name.txt");
        return Files.exists(file) ? String.join(" ", TextFile.lines(file)).strip() : label();
    }

    /** Columns x, y, grooves per mm, and perhaps more; or null if the density is one number. */
    @Nullable
    TextFile grooveMap() {
        return map("N", GROOVES);
    }

    /** Columns x, y, angle in degrees; or null if the angle is one number. */
    @Nullable
    TextFile angleMap() {
        return map("theta_tilt", ANGLES);
    }

    /** Groove density, 1/mm. */
    double grooves() {
        Double value = number("N");
        return value != null ? value : firstNumber("N.txt", 0);
    }

    /** Angle of the dispersion axis, degrees. */
    double angle() {
        Double value = number("theta_tilt");
        return value != null ? value : firstNumber(CENTRE, ANGLE_OF_CENTRE);
    }

    /** Wavelength, transmission and perhaps its error; null if it is one number or unknown. */
    @Nullable
    ValidatedCurve transmission() {
        TextFile file = file("transmission", "transmission.txt");
        return file == null ? null : ValidatedCurve.of(file, 1.0001);
    }

    /** A transmission that is one number; null if there is a table. */
    @Nullable
    Double constantTransmission() {
        return number("transmission");
    }

    /** A ratio of orders as a table, or null: the single numbers of the original stand for "not measured". */
    @Nullable
    ValidatedCurve ratio(String name) {
        TextFile file = file("ratio_order_" + name, "ratio_order_" + name + ".txt");
        return file == null ? null : ValidatedCurve.of(file, MOST_RATIO);
    }

    /** A ratio that is one number, or null. */
    @Nullable
    Double constantRatio(String name) {
        return number("ratio_order_" + name);
    }

    private @Nullable TextFile map(String key, String usual) {
        TextFile map = file(key, usual);
        if (map != null && map.columns() < 3) {
            throw TextFile.problem(map.path(), map.rows().get(0).line(), "a map has columns x, y and a value");
        }
        if (map != null && map.rows().size() < SMALLEST_MAP) {
            throw TextFile.problem(
                    map.path(),
                    0,
                    "a map needs at least " + SMALLEST_MAP + " positions, it has "
                            + map.rows().size());
        }
        return map;
    }

    private @Nullable TextFile file(String key, String usual) {
        Setting setting = settings.get(key);
        if (setting == null) {
            Path file = folder.resolve(usual);
            return Files.exists(file) ? TextFile.read(file) : null;
        }
        if (number(key) != null) {
            return null;
        }
        Path file = folder.resolve(setting.value());
        if (!Files.isRegularFile(file)) {
            throw TextFile.problem(
                    folder.resolve(label() + ".ini"), setting.line(), key + " names " + file + ", which is not there");
        }
        return TextFile.read(file);
    }

    private @Nullable Double number(String key) {
        Setting setting = settings.get(key);
        if (setting == null) {
            return null;
        }
        try {
            return Double.parseDouble(setting.value());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private double firstNumber(String name, int column) {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            throw new CalibrationException(folder + ": needs " + name + " or " + label() + ".ini");
        }
        TextFile.Row row = TextFile.read(file).rows().get(0);
        if (row.values().length <= column) {
            throw TextFile.problem(file, row.line(), "has no column " + (column + 1));
        }
        return row.values()[column];
    }

    private static Map<String, Setting> ini(Path file) {
        Map<String, Setting> settings = new LinkedHashMap<>();
        int number = 0;
        List<String> lines = TextFile.lines(file);
        for (String line : lines) {
            number++;
            String text = line.strip();
            if (text.isEmpty() || text.startsWith("#") || text.startsWith(";") || text.startsWith("[")) {
                continue;
            }
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw TextFile.problem(file, number, "expected 'key = value'");
            }
            String key = text.substring(0, equals).strip();
            String value = text.substring(equals + 1).strip();
            settings.put(key.equals("N") ? key : key.toLowerCase(Locale.ROOT), new Setting(value, number));
        }
        return settings;
    }
}
