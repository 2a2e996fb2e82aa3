package io.spectractor.catalogue;

import io.spectractor.catalogue.spectra.SpectraUpdate;
import io.spectractor.catalogue.spectra.SpectrumRow;
import io.spectractor.hats.CatalogueException;
import io.spectractor.hats.HatsCatalogue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Spectra that come in one batch after the other, so that only one of them is in memory. Each makes a table of its own, whose
 * older files are links; the last one counts, and the others go. Readers see nothing of this before the whole is done.
 */
final class Additions {
    static final Map<String, String> PROVENANCE = Map.of("spectractor_made_by", "catalogue add");

    private final CatalogueFolder.Fresh fresh;
    private final Set<String> stars = new TreeSet<>();
    private @Nullable HatsCatalogue table;
    private @Nullable SpectraUpdate last;
    private @Nullable Path written;
    private int batches;
    private int added;
    private int known;
    private int superseded;

    /**
     * @param table the spectra so far, or null
     * @param fresh where new tables are to be written
     */
    Additions(@Nullable HatsCatalogue table, CatalogueFolder.Fresh fresh) {
        this.table = table;
        this.fresh = fresh;
    }

    void add(List<SpectrumRow> rows) {
        SpectraUpdate update = new SpectraUpdate(table, rows);
        last = update;
        added += update.added();
        known += update.known();
        superseded += update.superseded();
        stars.addAll(update.stars());
        if (update.isEmpty()) {
            return;
        }
        Path folder = fresh.folder(batches == 0 ? AddCommand.SPECTRA : AddCommand.SPECTRA + "-part" + batches);
        batches++;
        update.write(folder, PROVENANCE);
        Path before = written;
        written = folder;
        table = HatsCatalogue.open(folder);
        if (before != null) {
            try {
                CatalogueFolder.delete(before);
            } catch (IOException e) {
                throw new CatalogueException(before + " cannot be removed: " + e, e);
            }
        }
    }

    /** The spectra as they are now; null if there are none. */
    @Nullable
    HatsCatalogue table() {
        return table;
    }

    boolean isChanged() {
        return written != null;
    }

    int added() {
        return added;
    }

    int known() {
        return known;
    }

    int superseded() {
        return superseded;
    }

    /** The stars whose series change. */
    Set<String> stars() {
        return stars;
    }

    /** Where their spectra are. */
    List<Set<Long>> pixelGroups() {
        return last == null ? List.of() : last.pixelGroups(stars);
    }
}
