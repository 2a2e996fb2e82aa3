package io.spectractor.batch.files;

import io.spectractor.batch.UsageException;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns the words by which commands name files into paths. */
public final class PathResolver {
    private static final Pattern URL = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+)://([^/]*)(/.*)?", Pattern.DOTALL);
    private static final Pattern FILE_URL = Pattern.compile("[Ff][Ii][Ll][Ee]:/.*", Pattern.DOTALL);

    private PathResolver() {}

    /**
     * The path that a word means: a {@code file:} URL or a path of this machine, or a URL of another file system.
     *
     * @throws UsageException if it is not a path, or of a file system that this program cannot reach
     */
    public static Path path(String word) {
        try {
            if (FILE_URL.matcher(word).matches()) {
                return Path.of(URI.create(word).getPath());
            }
            Matcher url = URL.matcher(word);
            return url.matches() ? foreign(word, url) : Path.of(word);
        } catch (InvalidPathException e) {
            throw new UsageException(word + " is not a path: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new UsageException(word + " is not a URL: " + e.getMessage(), e);
        }
    }

    /** Whether a word is a URL of a file system that is not mounted. */
    public static boolean isForeign(String word) {
        return URL.matcher(word).matches() && !FILE_URL.matcher(word).matches();
    }

    /** Whether a path is of this machine's own file systems, mounted ones included. */
    public static boolean isLocal(Path path) {
        return path.getFileSystem().provider().getScheme().equals("file");
    }

    /** Whether a path is in an object store, where files are whole from their first moment and nothing is renamed. */
    public static boolean isObject(Path path) {
        return path.getFileSystem() instanceof ObjectStore;
    }

    /** The path, from the folder if it is relative; the two may be of different file systems. */
    public static Path under(Path folder, Path path) {
        return path.isAbsolute() ? path : folder.resolve(path.toString());
    }

    private static Path foreign(String word, Matcher url) {
        String scheme = url.group(1).toLowerCase(Locale.ROOT);
        String path = url.group(3) == null ? "/" : url.group(3);
        // not the system class loader: spark-submit loads the program with one of its own
        for (RemotePathProvider opener :
                ServiceLoader.load(RemotePathProvider.class, PathResolver.class.getClassLoader())) {
            if (opener.opens(scheme)) {
                return opener.path(scheme, url.group(2), path);
            }
        }
        throw new UsageException(
                word + ": this program cannot reach " + scheme + ":// places; hdfs:// and s3a:// need Hadoop's"
                        + " libraries, which './spectractor' and spark-submit bring along; otherwise copy the files to a local"
                        + " or network file system");
    }
}
