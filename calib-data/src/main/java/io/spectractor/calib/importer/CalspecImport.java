package io.spectractor.calib.importer;

import io.spectractor.calib.Table;
import io.spectractor.calib.calspec.BinnedSpectrum;
import io.spectractor.calib.calspec.CalspecSpectrum;
import io.spectractor.core.target.TargetCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Takes the spectrum of a CALSPEC file, and the star's position from the {@code calspec.csv} beside it or a folder above. */
final class CalspecImport {
    private static final String TARGETS = "targets.csv";

    /** Ends that differ by less are one. */
    private static final double SAME_NM = 5;

    /** A file that was taken, and how far it is measured, nm. */
    private record Taken(String file, double measuredToNm) {}

    private final Map<String, Taken> taken = new TreeMap<>();
    private final ContentEditor content;
    private final List<String> imported;
    private final List<String> leftOut;

    CalspecImport(ContentEditor content, List<String> imported, List<String> leftOut) {
        this.content = content;
        this.imported = imported;
        this.leftOut = leftOut;
    }

    void read(Path file, String relative) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        CalspecSpectrum spectrum = String.valueOf(file.getFileName()).endsWith(".fits")
                ? CalspecSpectrum.read(file.toString(), bytes)
                : CalspecSpectrum.readText(file.toString(), bytes);
        String star = spectrum.star().isEmpty() ? stem(file) : spectrum.star();
        Optional<CalspecStars.Star> listed = CalspecStars.beside(file).find(List.of(star, stem(file)));
        // by the base's name, so that its table is replaced
        int row = content.row(TARGETS, star);
        for (String name : listed.map(CalspecStars.Star::names).orElse(List.of())) {
            row = row < 0 ? content.row(TARGETS, name) : row;
        }
        Map<String, String> fields = new TreeMap<>();
        if (row < 0) {
            if (listed.isEmpty()) {
                leftOut.add(
                        relative + ": the position of " + star + " is unknown; put getCalspec's calspec.csv beside");
                return;
            }
            fields.putAll(listed.get().fields());
            String own = spectrum.star().isEmpty() ? listed.get().name() : star;
            fields.put("aliases", String.join(";", free(listed.get().names(), own)));
            fields.put("name", own);
        }
        String name = row < 0 ? fields.get("name") : content.table(TARGETS).text(row, "name");
        String table = row < 0 ? "" : content.table(TARGETS).text(row, "sed");
        if (table.isEmpty()) {
            table = "sed/" + name.replaceAll("[^A-Za-z0-9+.-]", "") + ".csv";
        }
        BinnedSpectrum binned = spectrum.binned();
        Taken before = taken.get(table);
        if (before != null && before.measuredToNm() >= binned.measuredToNm() + SAME_NM) {
            leftOut.add(relative + ": " + before.file() + " shows " + name + " further to the red");
            return;
        }
        if (before != null) {
            leftOut.add(before.file() + ": " + relative + " shows " + name + " as far or further to the red");
            imported.removeIf(line -> line.endsWith(" from " + before.file()));
        }
        taken.put(table, new Taken(relative, binned.measuredToNm()));
        content.put(Table.builder(table)
                .header(SpectractorImport.provenance(relative, "public data of STScI (CALSPEC)"))
                .header("quantity", "energy distribution above the atmosphere, mean over bins of 0.5 nm")
                .header("units", "wavelength nm (vacuum); flux and errors erg/s/cm2/nm")
                .header("measured", binned.measured())
                .numbers("lambda_nm", binned.lambdaNm())
                .numbers("flux_erg_s_cm2_nm", binned.flux())
                .numbers("flux_err_stat", binned.statistical())
                .numbers("flux_err_sys", binned.systematic())
                .build());
        fields.put("sed", table);
        content.index(TARGETS, name, fields);
        imported.add("energy distribution of " + name + " from " + relative);
    }

    private static String stem(Path file) {
        return String.valueOf(file.getFileName()).replaceFirst("_[a-z]+_\\d+\\.(fits|txt|txt\\.gz)$", "");
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
}
