package io.spectractor.catalogue;

import io.spectractor.hats.CatalogueException;
import io.spectractor.hats.HatsCatalogue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder of HATS catalogues. Each lies as a whole in {@code .tables}; a state is a folder of links to them, and the link
 * {@code .current} names the state that counts. A change builds what is new, then moves that one link: readers see the old
 * state or the new one, and a kill in between leaves the old one. A HATS catalogue or collection of another program is read
 * in place, and not changed.
 */
final class CatalogueFolder {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*");
    private static final String CURRENT = ".current";
    private static final String STATES = ".states";
    private static final String TABLES = ".tables";

    private final Path root;
    /** Tables of a folder that another program wrote; null for one of ours. */
    private final @Nullable Map<String, Path> foreign;

    private CatalogueFolder(Path root, @Nullable Map<String, Path> foreign) {
        this.root = root;
        this.foreign = foreign;
    }

    /**
     * Makes an empty one.
     *
     * @throws CatalogueException if something is in the folder
     */
    static CatalogueFolder create(Path root) {
        try {
            Files.createDirectories(root);
            try (Stream<Path> inside = Files.list(root)) {
                if (inside.findAny().isPresent()) {
                    throw new CatalogueException(root + " is not empty; name a new folder");
                }
            }
            Files.createDirectories(root.resolve(TABLES));
            Files.createDirectories(root.resolve(STATES).resolve("000000"));
            Files.createSymbolicLink(root.resolve(CURRENT), Path.of(STATES, "000000"));
        } catch (IOException e) {
            throw new CatalogueException(root + " cannot be made: " + e, e);
        }
        return new CatalogueFolder(root, null);
    }

    /**
     * Opens one, or for reading only a HATS catalogue or collection of another program: a catalogue goes by the name of its
     * folder, the catalogues of a collection by those of theirs.
     *
     * @throws CatalogueException if the folder is none
     */
    static CatalogueFolder open(Path root) {
        if (Files.isDirectory(root.resolve(CURRENT))) {
            return new CatalogueFolder(root, null);
        }
        Map<String, Path> foreign = foreign(root);
        if (foreign.isEmpty()) {
            throw new CatalogueException(
                    root + " holds no catalogue; './spectractor catalogue create " + root + "' makes an empty one");
        }
        return new CatalogueFolder(root, foreign);
    }

    private static Map<String, Path> foreign(Path root) {
        Path whole = root.toAbsolutePath().normalize();
        if (HatsCatalogue.isIn(whole)) {
            return Map.of(String.valueOf(whole.getFileName()), root);
        }
        Map<String, Path> tables = new TreeMap<>();
        if (Files.exists(root.resolve(CollectionFile.NAME))) {
            try (Stream<Path> inside = Files.list(root)) {
                inside.filter(HatsCatalogue::isIn)
                        .forEach(table -> tables.put(table.getFileName().toString(), table));
            } catch (IOException e) {
                throw new CatalogueException(root + " cannot be read: " + e, e);
            }
        }
        return tables;
    }

    Path root() {
        return root;
    }

    /** The tables of the state that counts, by name. */
    Map<String, Path> tables() {
        if (foreign != null) {
            return foreign;
        }
        try {
            return tables(root.resolve(CURRENT).toRealPath());
        } catch (IOException e) {
            throw new CatalogueException(root + " cannot be read: " + e, e);
        }
    }

    private static Map<String, Path> tables(Path state) throws IOException {
        Map<String, Path> tables = new TreeMap<>();
        try (Stream<Path> links = Files.list(state)) {
            for (Path link : links.filter(Files::isSymbolicLink).toList()) {
                tables.put(link.getFileName().toString(), link.toRealPath());
            }
        }
        return tables;
    }

    /**
     * A table.
     *
     * @throws CatalogueException if there is none of that name
     */
    HatsCatalogue table(String name) {
        Path folder = tables().get(name);
        if (folder == null) {
            throw new CatalogueException(root + " has no table " + name
                    + (tables().isEmpty() ? "; it is empty" : "; it has " + String.join(", ", tables().keySet())));
        }
        return HatsCatalogue.open(folder);
    }

    /** Writes one or more tables; given is the folder of each that is to be filled. */
    @FunctionalInterface
    interface Filler {
        void fill(Path folder);
    }

    /**
     * Puts a new table in, in place of one of that name.
     *
     * @throws CatalogueException if somebody else writes, or there is a table of that name and it may not be replaced
     */
    void put(String name, boolean replace, Filler filler) {
        if (!NAME.matcher(name).matches()) {
            throw new CatalogueException("a table cannot be called '" + name + "': letters, digits, - and _ only");
        }
        change((tables, fresh) -> {
            if (tables.containsKey(name) && !replace) {
                throw new CatalogueException("there is a table " + name + " in " + root
                        + " already; choose another name, or 'catalogue drop " + name + "' first");
            }
            Path folder = fresh.folder(name);
            filler.fill(folder);
            tables.put(name, folder);
            return true;
        });
    }

    /** Takes a table away. */
    void drop(String name) {
        change((tables, fresh) -> {
            if (tables.remove(name) == null) {
                throw new CatalogueException(root + " has no table " + name);
            }
            return true;
        });
    }

    /** Folders for the new state of tables. */
    @FunctionalInterface
    interface Fresh {
        Path folder(String name);
    }

    /** A change of any number of tables at once. */
    @FunctionalInterface
    interface Change {
        /**
         * @param tables the tables by their names, to be changed
         * @param fresh where new ones are to be written
         * @return whether there is a new state
         */
        boolean apply(Map<String, Path> tables, Fresh fresh);
    }

    /**
     * Makes a new state; readers see the old one or all of the new one.
     *
     * @throws CatalogueException if somebody else writes, or the folder is another program's
     */
    void change(Change change) {
        if (foreign != null) {
            throw new CatalogueException(
                    root + " is a HATS catalogue of another program and is only read; to keep tables,"
                            + " make a folder with './spectractor catalogue create DIR' and 'import' the files of its dataset");
        }
        try (FileChannel channel =
                        FileChannel.open(root.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lock(channel)) {
            if (lock == null) {
                throw new CatalogueException(
                        "somebody else is writing to " + root + "; try again when that is done. Nothing was changed");
            }
            String before = root.resolve(CURRENT).toRealPath().getFileName().toString();
            String number = String.format(java.util.Locale.ROOT, "%06d", Integer.parseInt(before) + 1);
            tidy(before);
            Map<String, Path> tables = tables();
            if (!change.apply(tables, name -> root.resolve(TABLES).resolve(name + "-" + number))) {
                return;
            }
            Path state = Files.createDirectories(root.resolve(STATES).resolve(number));
            for (Map.Entry<String, Path> table : tables.entrySet()) {
                Path folder = Path.of(
                        "..", "..", TABLES, table.getValue().getFileName().toString());
                Files.createSymbolicLink(state.resolve(table.getKey()), folder);
            }
            String collection = CollectionFile.of(
                    root.toAbsolutePath().normalize().getFileName().toString(), tables.keySet());
            if (collection != null) {
                Files.writeString(state.resolve(CollectionFile.NAME), collection);
            }
            Path next = root.resolve(CURRENT + ".new");
            Files.createSymbolicLink(next, Path.of(STATES, number));
            Files.move(
                    next, root.resolve(CURRENT), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            showTables(tables);
        } catch (IOException e) {
            throw new CatalogueException(root + " cannot be changed: " + e, e);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** Links by the tables' names for other programs; they follow the state that counts. */
    private void showTables(Map<String, Path> tables) throws IOException {
        try (Stream<Path> inside = Files.list(root)) {
            for (Path path : inside.toList()) {
                String name = path.getFileName().toString();
                if (Files.isSymbolicLink(path) && !name.startsWith(".") && !tables.containsKey(name)) {
                    Files.delete(path);
                }
            }
        }
        List<String> shown = new ArrayList<>(tables.keySet());
        if (Files.exists(root.resolve(CURRENT).resolve(CollectionFile.NAME))) {
            shown.add(CollectionFile.NAME);
        }
        for (String name : shown) {
            Path link = root.resolve(name);
            if (!Files.isSymbolicLink(link)) {
                Files.createSymbolicLink(link, Path.of(CURRENT, name));
            }
        }
    }

    /** Removes what a writer that was killed left, and states before the one before the present one. */
    private void tidy(String present) throws IOException {
        Files.deleteIfExists(root.resolve(CURRENT + ".new"));
        Path states = root.resolve(STATES);
        String last = String.format(java.util.Locale.ROOT, "%06d", Math.max(0, Integer.parseInt(present) - 1));
        List<Path> all;
        try (Stream<Path> list = Files.list(states)) {
            all = list.toList();
        }
        TreeMap<String, Boolean> used = new TreeMap<>();
        for (Path state : all) {
            String number = state.getFileName().toString();
            if (number.equals(present) || number.equals(last)) {
                tables(state)
                        .values()
                        .forEach(table -> used.put(table.getFileName().toString(), true));
            } else {
                delete(state);
            }
        }
        try (Stream<Path> tables = Files.list(root.resolve(TABLES))) {
            for (Path table : tables.toList()) {
                if (!used.containsKey(table.getFileName().toString())) {
                    delete(table);
                }
            }
        }
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
