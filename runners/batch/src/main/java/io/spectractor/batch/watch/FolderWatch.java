package io.spectractor.batch.watch;

import io.spectractor.batch.UsageException;
import io.spectractor.batch.plan.FolderWalk;
import io.spectractor.batch.plan.InputFile;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Tells which images of a folder are complete and new. It is asked again and again; an image is told once, and once more
 * whenever its size or time has changed.
 *
 * <p>An image is complete when neither its size nor its time has changed for a while by this process's own clock: clocks of
 * other machines and old times of files have no say. A plain or tile-compressed FITS file whose size is not a multiple of 2880
 * bytes is still being written, unless it stays like that for long.
 *
 * <p>Not safe for threads.
 */
public final class FolderWatch {
    private static final int FITS_BLOCK_BYTES = 2880;
    /** How many times longer a file is waited for that ends within a block. */
    private static final int PATIENCE = 20;

    private final Path folder;
    private final int depth;
    private final long settleNs;
    private final LongSupplier nanoClock;
    private final Map<Path, Seen> seen = new HashMap<>();

    /**
     * A watch.
     *
     * @param folder where images come
     * @param recursive whether they come into its subfolders as well
     * @param settle how long size and time must stay as they are
     * @param nanoClock nanoseconds that only grow
     */
    public FolderWatch(Path folder, boolean recursive, Duration settle, LongSupplier nanoClock) {
        this.folder = folder;
        this.depth = recursive ? Integer.MAX_VALUE : 1;
        this.settleNs = settle.toNanos();
        this.nanoClock = nanoClock;
    }

    private record Seen(long size, FileTime time, long sinceNs, boolean told) {
        boolean is(BasicFileAttributes now) {
            return now.size() == size && now.lastModifiedTime().equals(time);
        }
    }

    /**
     * One look.
     *
     * @return the images that have become complete since the look before, in the order of their paths
     * @throws IOException if the folder cannot be listed now; what was told before is not forgotten by that
     */
    public List<InputFile> look() throws IOException {
        long now = nanoClock.getAsLong();
        List<InputFile> complete = new ArrayList<>();
        Map<Path, BasicFileAttributes> there = walk();
        there.forEach((file, attributes) -> {
            if (!attributes.isRegularFile() || !InputFile.isImageName(String.valueOf(file.getFileName()))) {
                return;
            }
            Seen before = seen.get(file);
            Seen seenNow = before != null && before.is(attributes)
                    ? before
                    : new Seen(attributes.size(), attributes.lastModifiedTime(), now, false);
            if (!seenNow.told()
                    && now - seenNow.sinceNs() >= settleNs * (endsWithinBlock(file, seenNow) ? PATIENCE : 1)) {
                seenNow = new Seen(seenNow.size(), seenNow.time(), seenNow.sinceNs(), true);
                complete.add(InputFile.of(file));
            }
            seen.put(file, seenNow);
        });
        // one that was told and is gone may come back as it was, with the disk it is on
        seen.entrySet().removeIf(entry -> !entry.getValue().told() && !there.containsKey(entry.getKey()));
        return complete;
    }

    /** Whether the look before saw images that are not complete yet. */
    public boolean waits() {
        return seen.values().stream().anyMatch(one -> !one.told());
    }

    private Map<Path, BasicFileAttributes> walk() throws IOException {
        try {
            return FolderWalk.of(folder.toString(), folder, depth).attributes();
        } catch (UsageException e) {
            throw new IOException(folder + " cannot be listed", e);
        }
    }

    private static boolean endsWithinBlock(Path file, Seen seen) {
        boolean blocks =
                !String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".gz");
        return seen.size() == 0 || (blocks && seen.size() % FITS_BLOCK_BYTES != 0);
    }
}
