package io.spectractor.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code collection.properties}, by which LSDB opens the whole folder: the stars with their margin and their index by name. */
final class CollectionFile {
    static final String NAME = "collection.properties";
    static final String MARGIN = "objects_10arcs";
    static final double MARGIN_ARCSEC = 10;
    static final String INDEX = "objects_name";

    private CollectionFile() {}

    /** Its text for these tables; null if there are no stars. */
    static @Nullable String of(String folder, Set<String> tables) {
        if (!tables.contains(AddCommand.OBJECTS)) {
            return null;
        }
        List<String> lines = new ArrayList<>();
        lines.add("obs_collection=" + folder.replaceAll("[^A-Za-z0-9_-]", "_"));
        lines.add("hats_primary_table_url=" + AddCommand.OBJECTS);
        if (tables.contains(MARGIN)) {
            lines.add("all_margins=" + MARGIN);
            lines.add("default_margin=" + MARGIN);
        }
        if (tables.contains(INDEX)) {
            lines.add("all_indexes=name " + INDEX);
            lines.add("default_index=name");
        }
        lines.add("hats_builder=Spectractor (Java)");
        return String.join("\n", lines) + "\n";
    }
}
