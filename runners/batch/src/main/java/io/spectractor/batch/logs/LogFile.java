package io.spectractor.batch.logs;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * A log of bounded length: a file {@code rank-3.err}, and when it is full {@code rank-3-2.err} and so on. The first one, how
 * it began, and the last ones, how it ended, are kept. A name that is taken, by the same worker of an earlier part of the
 * run, is passed over.
 */
final class LogFile {
    private static final int LAST_KEPT = 7;

    private final Path folder;
    private final String stem;
    private final String ending;
    private final long partLength;
    private final Deque<Path> last = new ArrayDeque<>();
    private int number;
    private Path part = Path.of("");
    private long length;

    /**
     * @param folder of the logs; it is made when there is something to write, its parent must be there
     * @param stem name before the ending
     * @param ending with its point
     * @param partLength bytes of a part
     */
    LogFile(Path folder, String stem, String ending, long partLength) {
        this.folder = folder;
        this.stem = stem;
        this.ending = ending;
        this.partLength = partLength;
    }

    /** Appends; opens and closes the file each time. */
    void append(byte[] bytes) throws IOException {
        for (int begin = 0; begin < bytes.length; ) {
            if (number == 0 || length >= partLength) {
                next();
            }
            int end = (int) Math.min(bytes.length, begin + partLength - length);
            Files.write(
                    part, Arrays.copyOfRange(bytes, begin, end), StandardOpenOption.WRITE, StandardOpenOption.APPEND);
            length += end - begin;
            begin = end;
        }
    }

    private void next() throws IOException {
        boolean first = number == 0;
        if (first && !Files.isDirectory(folder)) {
            Files.createDirectory(folder);
        }
        do {
            number++;
            part = folder.resolve(stem + (number == 1 ? "" : "-" + number) + ending);
        } while (!isMade(part));
        length = 0;
        if (!first) {
            last.add(part);
        }
        if (last.size() > LAST_KEPT) {
            Files.deleteIfExists(last.remove());
        }
    }

    private static boolean isMade(Path file) throws IOException {
        try {
            Files.write(file, new byte[0], StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }
}
