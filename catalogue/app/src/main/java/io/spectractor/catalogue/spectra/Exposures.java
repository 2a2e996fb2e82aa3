package io.spectractor.catalogue.spectra;

import io.spectractor.hats.HatsCatalogue;
import io.spectractor.hats.ParquetTables;
import io.spectractor.hats.Table;
import io.spectractor.hats.TableBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the table {@code spectra} knows of every spectrum that was ever added, in {@code exposures.parquet} beside its data:
 * so that adding needs not open the files of earlier nights, and a superseded spectrum is known again. Immutable.
 */
final class Exposures {
    static final String FILE = "exposures.parquet";

    private final Map<String, Entry> byScience;

    Exposures(List<Entry> entries) {
        this.byScience = new LinkedHashMap<>();
        entries.forEach(entry -> byScience.put(entry.science(), entry));
    }

    /**
     * A spectrum.
     *
     * @param identity of its exposure
     * @param target the star, or empty
     * @param science its digest
     * @param written when its file was written, or empty
     * @param pixel where it lies
     * @param file name of the catalogue's file that has it; empty if another of the same exposure shows instead
     */
    record Entry(String identity, String target, String science, String written, long pixel, String file) {
        boolean shows() {
            return !file.isEmpty();
        }

        Entry in(String other) {
            return new Entry(identity, target, science, written, pixel, other);
        }
    }

    List<Entry> entries() {
        return List.copyOf(byScience.values());
    }

    @Nullable
    Entry find(String science) {
        return byScience.get(science);
    }

    /** Those that show, by the identities of their exposures. */
    Map<String, Entry> showing() {
        Map<String, Entry> showing = new LinkedHashMap<>();
        byScience.values().stream().filter(Entry::shows).forEach(entry -> showing.put(entry.identity(), entry));
        return showing;
    }

    static Exposures none() {
        return new Exposures(List.of());
    }

    static Exposures read(HatsCatalogue spectra) {
        Path file = spectra.folder().resolve(FILE);
        if (!Files.exists(file)) {
            throw new io.spectractor.hats.CatalogueException(spectra.folder()
                    + " was not made by 'catalogue add': it has no " + FILE + "; add to another folder of catalogues");
        }
        Table table = ParquetTables.read(file, null, null);
        long[] pixels = table.longs("pixel");
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < table.rows(); i++) {
            entries.add(new Entry(
                    text(table, i, "identity"),
                    text(table, i, "target"),
                    text(table, i, "science_sha256"),
                    text(table, i, "written"),
                    pixels[i],
                    text(table, i, "file")));
        }
        return new Exposures(entries);
    }

    private static String text(Table table, int row, String column) {
        return String.valueOf(table.value(row, column));
    }

    void write(Path folder) {
        List<Entry> all = entries();
        TableBuilder table = new TableBuilder()
                .add("identity", all.stream().map(Entry::identity).toArray(String[]::new))
                .add("target", all.stream().map(Entry::target).toArray(String[]::new))
                .add("science_sha256", all.stream().map(Entry::science).toArray(String[]::new))
                .add("written", all.stream().map(Entry::written).toArray(String[]::new))
                .add("pixel", all.stream().mapToLong(Entry::pixel).toArray())
                .add("file", all.stream().map(Entry::file).toArray(String[]::new));
        ParquetTables.write(table.build(), folder.resolve(FILE));
    }
}
