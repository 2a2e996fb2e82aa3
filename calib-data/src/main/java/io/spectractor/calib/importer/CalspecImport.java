package io.spectractor.calib.importer;

import io.spectractor.calib.CalibrationException;
import io.spectractor.calib.Table;
import io.spectractor.calib.calspec.CalspecSpectrum;
import io.spectractor.core.target.TargetCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Takes the spectrum of a CALSPEC file, and the star's position from the {@code calspec.csv} beside it. */
final class CalspecImport {
    private static final double LIGHT_KM_S = 299_792.458;
    private static final String TARGETS = "targets.csv";

    private final ContentEditor content;
    private final List<String> imported;
    private final List<String> leftOut;

    CalspecImport(ContentEditor content, List<String> imported, List<String> leftOut) {
        this.content = content;
        this.imported = imported;
        this.leftOut = leftOut;
    }

    void read(Path file, String relative) throws IOException {
        CalspecSpectrum spectrum = CalspecSpectrum.read(file.toString(), Files.readAllBytes(file));
        String star = spectrum.star().isEmpty() ? stem(file) : spectrum.star();
        int row = content.row(TARGETS, star);
        Map<String, String> fields = new TreeMap<>();
        if (row < 0) {
            Optional<Map<String, String>> position = position(file.resolveSibling("calspec.csv"), star, stem(file));
            if (position.isEmpty()) {
                leftOut.add(
                        relative + ": the position of " + star + " is unknown; put getCalspec's calspec.csv beside");
                return;
            }
            fields.putAll(position.get());
            fields.put("name", star);
        }
        // by the base's name, so that its table is replaced
        String name = row < 0 ? star : content.table(TARGETS).text(row, "name");
        String table = "sed/" + name + ".csv";
        content.put(Table.builder(table)
                .header(SpectractorImport.provenance(relative, "public data of STScI (CALSPEC)"))
                .header("quantity", "energy distribution above the atmosphere, mean over bins of 0.5 nm")
                .header("units", "wavelength nm (vacuum); flux erg/s/cm2/nm")
                .numbers("lambda_nm", spectrum.binnedLambdaNm())
                .numbers("flux_erg_s_cm2_nm", spectrum.binnedFlux())
                .build());
        fields.put("sed", table);
        content.index(TARGETS, star, fields);
        imported.add("energy distribution of " + name + " from " + relative);
    }

    private static String stem(Path file) {
        return String.valueOf(file.getFileName()).replaceFirst("_[a-z]+_\\d+\\.fits$", "");
    }

    /** Position and redshift from the table of getCalspec; nothing if it is not there or lacks the star. */
    private Optional<Map<String, String>> position(Path csv, String star, String stem) {
        if (!Files.isRegularFile(csv)) {
            return Optional.empty();
        }
        List<String> lines = TextFile.lines(csv);
        List<String> header = List.of(lines.get(0).split(",", -1));
        int ra = header.indexOf("RA");
        int dec = header.indexOf("Decl");
        int velocity = header.indexOf("Vr");
        if (ra < 0 || dec < 0 || velocity < 0) {
            throw TextFile.problem(csv, 1, "lacks a column RA, Decl or Vr");
        }
        List<String> keys = List.of(TargetCatalogue.normalise(star), TargetCatalogue.normalise(stem));
        for (int i = 1; i < lines.size(); i++) {
            String[] fields = lines.get(i).split(",", -1);
            List<String> names = fields.length < header.size() ? List.of() : names(fields, header);
            if (names.stream().map(TargetCatalogue::normalise).noneMatch(keys::contains)) {
                continue;
            }
            try {
                return Optional.of(Map.of(
                        "kind", "STAR",
                        "ra_deg", Double.toString(15 * sexagesimal(fields[ra])),
                        "dec_deg", Double.toString(sexagesimal(fields[dec])),
                        "redshift", Double.toString(velocity(fields[velocity]) / LIGHT_KM_S),
                        "aliases", String.join(";", free(names, star)),
                        "reference", "calspec.csv of getCalspec"));
            } catch (NumberFormatException e) {
                throw new CalibrationException(
                        csv + ", line " + (i + 1) + ": position or velocity: " + e.getMessage(), e);
            }
        }
        return Optional.empty();
    }

    /** All that the table calls a star. */
    private static List<String> names(String[] fields, List<String> header) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < header.size(); i++) {
            String column = header.get(i);
            String name = fields[i].strip();
            if ((column.toLowerCase(Locale.ROOT).endsWith("_name") || column.equals("Name")) && !name.isEmpty()) {
                names.add(name);
            }
        }
        return names;
    }

    /** Names that no target has yet. */
    private List<String> free(List<String> names, String star) {
        List<String> free = new ArrayList<>();
        Set<String> taken = new HashSet<>(Set.of(TargetCatalogue.normalise(star)));
        for (String name : names) {
            boolean plain = !name.contains(";") && !name.contains(",");
            if (plain && content.row(TARGETS, name) < 0 && taken.add(TargetCatalogue.normalise(name))) {
                free.add(name);
            }
        }
        return free;
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
