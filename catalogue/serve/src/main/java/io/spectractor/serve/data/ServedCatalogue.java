package io.spectractor.serve.data;

import io.spectractor.hats.CatalogueException;
import io.spectractor.hats.HatsCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is served: the tables of the state that counts, read again when that is another one. Queries that have begun go on
 * with the files that they know, which {@code catalogue} keeps for one change more.
 */
public final class ServedCatalogue {
    private static final Logger LOG = LoggerFactory.getLogger(ServedCatalogue.class);
    private static final long LOOK_AGAIN_NS = 1_000_000_000L;

    /**
     * The tables at one instant.
     *
     * @param collection the catalogues
     * @param tables what a query may ask
     */
    public record Snapshot(Collection collection, List<TableSpec> tables) {
        public Snapshot {
            tables = List.copyOf(tables);
        }

        /** The table of a schema and name, in any case. */
        public TableSpec table(String schema, String name) {
            return tables.stream()
                    .filter(table -> table.schema().equalsIgnoreCase(schema)
                            && table.name().equalsIgnoreCase(name))
                    .findFirst()
                    .orElseThrow(() -> new QueryRejectedException("there is no table " + name));
        }
    }

    private final Path folder;
    private final UnaryOperator<List<TableSpec>> completed;
    private Snapshot snapshot;
    private String stamp;
    private long looked;

    /**
     * Reads a folder.
     *
     * @param folder the catalogue's folder
     * @param completed adds the tables that tell of tables
     * @throws CatalogueException if it is none
     */
    public ServedCatalogue(Path folder, UnaryOperator<List<TableSpec>> completed) {
        this.folder = folder;
        this.completed = completed;
        Path state = Collection.state(folder);
        this.stamp = stamp(state);
        this.snapshot = read(state);
        this.looked = System.nanoTime();
    }

    /** Another one whenever tables may have come or gone. */
    private static String stamp(Path state) {
        try {
            return state + " " + Files.getLastModifiedTime(state);
        } catch (IOException e) {
            throw new CatalogueException("the folder " + state.getFileName() + " is not there any more", e);
        }
    }

    public Path folder() {
        return folder;
    }

    /**
     * The tables now. In the middle of a change they are as they were before.
     *
     * @throws CatalogueException if the folder has vanished; when it is there again, so are its tables
     */
    public synchronized Snapshot now() {
        if (System.nanoTime() - looked > LOOK_AGAIN_NS) {
            try {
                Path state = Collection.state(folder);
                String fresh = stamp(state);
                if (!fresh.equals(stamp)) {
                    snapshot = read(state);
                    stamp = fresh;
                }
            } catch (CatalogueException e) {
                if (!Files.isDirectory(snapshot.collection().state())) {
                    throw new CatalogueException("the catalogue is not there at the moment", e);
                }
                LOG.warn("the catalogue is changing, or is damaged; what was read before is served", e);
            }
            looked = System.nanoTime();
        }
        return snapshot;
    }

    private Snapshot read(Path state) {
        Collection collection = Collection.read(state);
        List<TableSpec> tables = new ArrayList<>();
        for (Map.Entry<String, HatsCatalogue> entry : new TreeMap<>(collection.tables()).entrySet()) {
            tables.addAll(HatsTables.of(entry.getKey(), entry.getValue()));
        }
        return new Snapshot(collection, completed.apply(tables));
    }
}
