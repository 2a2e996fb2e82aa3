package io.spectractor.calib.importer;

import io.spectractor.calib.CalibrationException;
import io.spectractor.core.target.TargetCatalogue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The stars of getCalspec's {@code calspec.csv}: names, positions, radial velocities. */
final class CalspecStars {
    private static final double LIGHT_KM_S = 299_792.458;

    /**
     * A star.
     *
     * @param name as CALSPEC's list writes it, without zeros before a number of the HD catalogue
     * @param names all its names, the first one included
     * @param fields kind, position, redshift and reference, as an index of targets has them
     */
    record Star(String name, List<String> names, Map<String, String> fields) {}

    private final List<Star> stars;

    private CalspecStars(List<Star> stars) {
        this.stars = stars;
    }

    /** The list beside a file, or in the folder above; none if there is none. */
    static CalspecStars beside(Path file) {
        Path here = file.toAbsolutePath().resolveSibling("calspec.csv");
        Path above = here.resolveSibling("..").resolve("calspec.csv").normalize();
        return Files.isRegularFile(here)
                ? read(here)
                : Files.isRegularFile(above) ? read(above) : new CalspecStars(List.of());
    }

    /** The star of one of these names. */
    Optional<Star> find(Collection<String> names) {
        List<String> keys = names.stream().map(TargetCatalogue::normalise).toList();
        return stars.stream()
                .filter(s -> s.names().stream().map(TargetCatalogue::normalise).anyMatch(keys::contains))
                .findFirst();
    }

    private static CalspecStars read(Path csv) {
        List<String> lines = TextFile.lines(csv);
        List<String> header = List.of(lines.get(0).split(",", -1));
        int ra = header.indexOf("RA");
        int dec = header.indexOf("Decl");
        int velocity = header.indexOf("Vr");
        if (ra < 0 || dec < 0 || velocity < 0) {
            throw TextFile.problem(csv, 1, "lacks a column RA, Decl or Vr");
        }
        List<Star> stars = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            String[] fields = lines.get(i).split(",", -1);
            // the sun, and members of clusters that are listed without a place
            if (fields.length < header.size() || fields[ra].isBlank()) {
                continue;
            }
            List<String> names = names(fields, header);
            try {
                double v = velocity(fields[velocity]);
                stars.add(new Star(
                        names.get(0),
                        names,
                        Map.of(
                                "kind", "STAR",
                                "ra_deg", degrees(15 * sexagesimal(fields[ra])),
                                "dec_deg", degrees(sexagesimal(fields[dec])),
                                "redshift", Double.toString(v / LIGHT_KM_S),
                                "reference",
                                        "calspec.csv of getCalspec; radial velocity "
                                                + (fields[velocity].isBlank()
                                                        ? "unknown"
                                                        : fields[velocity].strip() + " km/s"))));
            } catch (NumberFormatException e) {
                throw new CalibrationException(
                        csv + ", line " + (i + 1) + ": position or velocity: " + e.getMessage(), e);
            }
        }
        return new CalspecStars(List.copyOf(stars));
    }

    /** All that the table calls a star, the commonest form first. */
    private static List<String> names(String[] fields, List<String> header) {
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < header.size(); i++) {
            String column = header.get(i).toLowerCase(Locale.ROOT);
            String name = fields[i].strip().replaceAll("\\s+", " ");
            if ((column.endsWith("_name") || column.equals("name")) && !name.isEmpty()) {
                String plain = name.replaceFirst("^\\* *", "");
                names.add(plain.replaceFirst("(?i)^HD ?0*(\\d)", "HD$1"));
                names.add(plain);
                names.add(name);
            }
        }
        return List.copyOf(names);
    }

    private static String degrees(double value) {
        return String.format(Locale.ROOT, "%.7f", value);
    }

    /** Radial velocity, km/s; that of many white dwarfs is unknown, which is as good as none at this resolution. */
    private static double velocity(String text) {
        return text.isBlank() ? 0 : Double.parseDouble(text.strip());
    }

    /** Three numbers as {@code -18 31 20.0}. */
    private static double sexagesimal(String text) {
        String[] parts = text.strip().split("[ :]+", -1);
        if (parts.length != 3) {
            throw new NumberFormatException("'" + text + "' is not three numbers");
        }
        double value = Math.abs(Double.parseDouble(parts[0]))
                + Double.parseDouble(parts[1]) / 60
                + Double.parseDouble(parts[2]) / 3600;
        return parts[0].startsWith("-") ? -value : value;
    }
}
