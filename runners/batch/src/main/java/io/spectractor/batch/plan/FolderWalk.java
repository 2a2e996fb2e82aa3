package io.spectractor.batch.plan;

import io.spectractor.batch.UsageException;
import io.spectractor.core.outcome.FileReason;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The files below a folder, links followed. A link that leads back to where it stands is passed over, a folder that may
 * not be read is left out with a note: neither is a reason to refuse the rest.
 *
 * @param attributes what was found, in the order of the paths, each with what its file system said of it; those of a link whose file
 *     is gone are the link's own
 * @param notes what was left out
 */
public record FolderWalk(Map<Path, BasicFileAttributes> attributes, List<String> notes) {

    /** The paths of what was found, in their order. */
    public Set<Path> files() {
        return attributes.keySet();
    }

    /**
     * Walks.
     *
     * @param word what the user wrote, for messages
     * @throws UsageException if the folder itself cannot be listed
     */
    public static FolderWalk of(String word, Path start, int depth) {
        Visitor visitor = new Visitor(start);
        try {
            Files.walkFileTree(start, EnumSet.of(FileVisitOption.FOLLOW_LINKS), depth, visitor);
        } catch (IOException e) {
            throw new UsageException("input " + word + " cannot be listed: " + FileReason.of(e), e);
        }
        return new FolderWalk(Collections.unmodifiableMap(visitor.files), List.copyOf(visitor.notes));
    }

    private static final class Visitor extends SimpleFileVisitor<Path> {
        private final Path start;
        private final Map<Path, BasicFileAttributes> files = new TreeMap<>();
        private final List<String> notes = new ArrayList<>();

        Visitor(Path start) {
            this.start = start;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            files.put(file, attributes);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (file.equals(start)) {
                throw e;
            }
            if (!(e instanceof FileSystemLoopException)) {
                notes.add(file + " cannot be read and was left out ("
                        + e.getClass().getSimpleName() + ")");
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
