package io.spectractor.serve.data;

import io.spectractor.hats.CatalogueException;
import io.spectractor.hats.HatsCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The HATS tables of a folder as they were at one instant: of a folder that {@code catalogue create} made, those of the
 * state that counts; of any other, the folders in it that are catalogues. Immutable.
 *
 * @param state the folder that was read, links followed
 * @param tables by name
 */
public record Collection(Path state, Map<String, HatsCatalogue> tables) {
    public Collection {
        tables = Map.copyOf(tables);
    }

    /**
     * Where the state that counts is at this moment.
     *
     * @throws CatalogueException if the folder is none
     */
    public static Path state(Path folder) {
        Path current = folder.resolve(".current");
        try {
            return (Files.isDirectory(current) ? current : folder).toRealPath();
        } catch (IOException e) {
            throw new CatalogueException("there is no folder " + folder, e);
        }
    }

    /**
     * Reads the tables of a state.
     *
     * @throws CatalogueException if one of them cannot be read
     */
    public static Collection read(Path state) {
        Map<String, HatsCatalogue> tables = new TreeMap<>();
        try (Stream<Path> inside = Files.list(state)) {
            for (Path path : inside.toList()) {
                String name = path.getFileName().toString();
                if (!name.startsWith(".") && isCatalogue(path)) {
                    tables.put(name, HatsCatalogue.open(path.toRealPath()));
                }
            }
        } catch (IOException e) {
            throw new CatalogueException(state + " cannot be listed: " + e.getMessage(), e);
        }
        return new Collection(state, tables);
    }

    private static boolean isCatalogue(Path path) {
        return Files.isRegularFile(path.resolve("hats.properties")) || Files.isRegularFile(path.resolve("properties"));
    }
}
