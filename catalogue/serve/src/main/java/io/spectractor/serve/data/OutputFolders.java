package io.spectractor.serve.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The output folders of runs that were named on the command line. Nothing outside of them can be reached through it. Immutable. */
public final class OutputFolders {
    private static final Pattern SEGMENT = Pattern.compile("[^./\\\\\\x00][^/\\\\\\x00]{0,250}");

    private final Map<String, Path> folders;

    private OutputFolders(Map<String, Path> folders) {
        this.folders = Collections.unmodifiableMap(folders);
    }

    /**
     * Folders, each by its own name; a second one of a name gets a number.
     *
     * @throws IllegalArgumentException if one is not a folder
     */
    public static OutputFolders of(List<Path> paths) {
        Map<String, Path> folders = new LinkedHashMap<>();
        for (Path path : paths) {
            if (path.toString().matches("[a-z][a-z0-9]+:/.*")) {
                throw new IllegalArgumentException(
                        "--runs " + path
                                + ": only folders of this machine can be shown; mount it, or copy its _runs, products and pictures here");
            }
            if (!Files.isDirectory(path)) {
                throw new IllegalArgumentException(
                        "--runs " + path + ": there is no such folder; name the folder that 'run' got as --out");
            }
            Path real;
            try {
                real = path.toRealPath();
            } catch (IOException e) {
                throw new IllegalArgumentException("--runs " + path + " cannot be read: " + e.getMessage(), e);
            }
            if (folders.containsValue(real)) {
                continue;
            }
            String name = String.valueOf(real.getFileName()).replaceAll("[^A-Za-z0-9._-]", "_");
            String free = name;
            for (int i = 2; folders.containsKey(free); i++) {
                free = name + "-" + i;
            }
            folders.put(free, real);
        }
        return new OutputFolders(folders);
    }

    /** The folders by their names, in the order of the command line. */
    public Map<String, Path> all() {
        return folders;
    }

    /**
     * A file in one of the folders.
     *
     * @param name of the folder
     * @param relative path in it
     * @return nothing if there is none, if it is hidden, or if a link leads out of the folder
     */
    public Optional<Path> file(String name, String relative) {
        Path folder = folders.get(name);
        if (folder == null) {
            return Optional.empty();
        }
        Path at = folder;
        for (String segment : relative.split("/", -1)) {
            if (!SEGMENT.matcher(segment).matches()) {
                return Optional.empty();
            }
            at = at.resolve(segment);
        }
        try {
            Path real = at.toRealPath();
            return real.startsWith(folder) && Files.isRegularFile(real) ? Optional.of(real) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The first folder that has a file of a name, which is a single one without folders before it. */
    public Optional<String> holding(String fileName) {
        return folders.keySet().stream()
                .filter(name -> !fileName.contains("/") && file(name, fileName).isPresent())
                .findFirst();
    }

    /** The first folder in which there is a run of this id. */
    public Optional<String> ofRun(String runId) {
        return folders.keySet().stream()
                .filter(name -> !runId.contains("/")
                        && file(name, "_runs/" + runId + "/run.json").isPresent())
                .findFirst();
    }
}
