package io.spectractor.batch.plan;

import io.spectractor.batch.UsageException;
import io.spectractor.batch.files.PathResolver;
import io.spectractor.core.outcome.FileReason;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the images that the words of a command mean.
 *
 * <ul>
 *   <li>a file, whatever its folder, if its name ends in .fits, .fit or .fts, or in one of these and .gz or .fz;
 *   <li>a folder: the images directly in it, in the order of their names; products of this program
 *       ({@code *_spectrum.fits}) and hidden files are left out; subfolders are not entered, the glob
 *       {@code 'night/**.fits'} does that;
 *   <li>a glob in quotes, with the same omissions;
 *   <li>{@code @list.txt}, or any file ending in .txt, .list or .lst: one of the above per line, {@code #} starts a
 *       comment line, relative paths are tried from the working folder and then from the list's.
 * </ul>
 *
 * A file that is named twice counts once. What does not exist is an error: nobody wants half of what was asked.
 */
public final class InputFinder {
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+://.*|[Ff][Ii][Ll][Ee]:/.*");

    private final Path workingFolder;
    private final Map<Path, InputFile> found = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    private InputFinder(Path workingFolder) {
        this.workingFolder = workingFolder;
    }

    /**
     * The images in the order they were named.
     *
     * @throws UsageException if something does not exist, matches nothing, is not an image, or two have one stem
     */
    public static List<InputFile> find(List<String> words, Path workingFolder) {
        return find(words, workingFolder, note -> {});
    }

    /**
     * The same.
     *
     * @param notes receives what a user should know: folders that were left out
     */
    public static List<InputFile> find(List<String> words, Path workingFolder, Consumer<String> notes) {
        InputFinder finder = new InputFinder(workingFolder);
        words.forEach(word -> finder.add(word, workingFolder, true));
        List<InputFile> files = List.copyOf(finder.found.values());
        refuseSharedStems(files);
        finder.notes.forEach(notes);
        return files;
    }

    /** The images in the order they were named, from the process's working folder. */
    public static List<InputFile> find(List<String> words) {
        return find(words, FileSystems.getDefault().getPath("").toAbsolutePath());
    }

    private void add(String word, Path base, boolean listsAllowed) {
        boolean list = word.startsWith("@");
        String text = list ? word.substring(1) : word;
        Path path = resolve(text, base);
        if (list || (isListName(text) && path != null && Files.isRegularFile(path))) {
            addList(word, path, listsAllowed);
        } else if (path != null && Files.isDirectory(path)) {
            addFolder(word, path);
        } else if (path != null && (Files.exists(path) || isDangling(path))) {
            addFile(InputFile.of(path));
        } else if (path != null && isGlob(text)) {
            addGlob(word, path, text.startsWith("/") || PathResolver.isForeign(text) ? 0 : base.getNameCount());
        } else {
            throw new UsageException("input " + word + " does not exist");
        }
    }

    private @Nullable Path resolve(String text, Path base) {
        if (SCHEME.matcher(text).matches()) {
            return PathResolver.path(text);
        }
        try {
            Path fromWorkingFolder = workingFolder.resolve(text);
            return Files.exists(fromWorkingFolder) ? fromWorkingFolder : base.resolve(text);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private void addList(String word, @Nullable Path list, boolean listsAllowed) {
        if (list == null || !Files.isRegularFile(list)) {
            throw new UsageException("list of inputs " + word + " does not exist");
        }
        if (!listsAllowed) {
            throw new UsageException("list of inputs " + word + ": a list cannot name further lists");
        }
        Path folder = list.toAbsolutePath().getParent();
        for (String line : readLines(list)) {
            String entry = line.strip();
            if (!entry.isEmpty() && !entry.startsWith("#")) {
                try {
                    add(entry, folder == null ? workingFolder : folder, false);
                } catch (UsageException e) {
                    throw new UsageException(list + ": " + e.getMessage(), e);
                }
            }
        }
    }

    private static List<String> readLines(Path list) {
        try {
            return Files.readAllLines(list);
        } catch (IOException e) {
            throw new UsageException("list of inputs " + list + " cannot be read: " + FileReason.of(e), e);
        }
    }

    private void addFolder(String word, Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            addSorted(word, entries);
        } catch (IOException e) {
            throw new UsageException("folder " + word + " cannot be read: " + FileReason.of(e), e);
        }
    }

    /** The part before the first name with a wildcard is a folder, the rest is matched below it. */
    private void addGlob(String word, Path pattern, int namesOfBase) {
        int plain = namesOfBase;
        while (plain < pattern.getNameCount() && !isGlob(pattern.getName(plain).toString())) {
            plain++;
        }
        String rest = pattern.subpath(plain, pattern.getNameCount()).toString();
        Path root = Objects.requireNonNull(pattern.getRoot(), "globs are absolute");
        Path start = plain == 0 ? root : root.resolve(pattern.subpath(0, plain));
        PathMatcher matcher = matcher(word, start, rest);
        int depth = rest.contains("**") ? Integer.MAX_VALUE : rest.split("/", -1).length;
        if (!Files.isDirectory(start)) {
            throw new UsageException("input " + word + ": there is no folder " + start);
        }
        FolderWalk walk = FolderWalk.of(word, start, depth);
        notes.addAll(walk.notes());
        addSorted(word, walk.files().stream().filter(p -> matcher.matches(start.relativize(p))));
    }

    private static PathMatcher matcher(String word, Path start, String glob) {
        try {
            // as in shells, ** also stands for no folder at all; groups cannot be nested
            String zeroFoldersToo = glob.contains("{") ? glob : glob.replace("**/", "{**/,}");
            return start.getFileSystem().getPathMatcher("glob:" + zeroFoldersToo);
        } catch (PatternSyntaxException e) {
            throw new UsageException("input " + word + " does not exist, nor is it a glob: " + e.getDescription(), e);
        }
    }

    private void addSorted(String word, Stream<Path> entries) {
        List<Path> images = entries.filter(InputFinder::isCandidate).sorted().toList();
        if (images.isEmpty()) {
            throw new UsageException(
                    "input " + word + ": no file named *.fits, *.fit or *.fts there, nor one of these with .gz or .fz");
        }
        images.forEach(p -> addFile(InputFile.of(p)));
    }

    private static boolean isCandidate(Path path) {
        return InputFile.isImageName(String.valueOf(path.getFileName()))
                && (Files.isRegularFile(path) || isDangling(path));
    }

    /** A link whose file is gone is an image that fails, not one that nobody asked for. */
    private static boolean isDangling(Path path) {
        return Files.isSymbolicLink(path) && !Files.exists(path);
    }

    private void addFile(InputFile file) {
        found.putIfAbsent(realPath(file.path()), file);
    }

    private static Path realPath(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }

    private static boolean isListName(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.endsWith(".txt") || lower.endsWith(".list") || lower.endsWith(".lst");
    }

    private static boolean isGlob(String text) {
        return firstWildcard(text) < text.length();
    }

    private static int firstWildcard(String text) {
        int first = text.length();
        for (char c : new char[] {'*', '?', '[', '{'}) {
            int at = text.indexOf(c);
            first = at >= 0 ? Math.min(first, at) : first;
        }
        return first;
    }

    private static void refuseSharedStems(List<InputFile> files) {
        Map<String, InputFile> stems = new LinkedHashMap<>();
        List<String> clashes = new ArrayList<>();
        for (InputFile file : files) {
            InputFile first = stems.putIfAbsent(file.stem(), file);
            if (first != null) {
                clashes.add(first.path() + " and " + file.path());
            }
        }
        if (!clashes.isEmpty()) {
            throw new UsageException("these inputs would have the same product: "
                    + String.join("; ", clashes)
                    + ". Give them to separate runs with separate --out folders, or rename them");
        }
    }
}
