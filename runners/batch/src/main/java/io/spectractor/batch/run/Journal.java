package io.spectractor.batch.run;

import io.spectractor.batch.Json;
import io.spectractor.batch.files.PathResolver;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The append-only record of a run: one JSON line per event, which others can read at once. On a local disk those of
 * images are flushed once a second: what a loss of power takes is found again, since the products tell what is done. Safe
 * for threads.
 *
 * <p>A journal that cannot be written does not stop a run, because the products tell what is done; it is said once.
 */
final class Journal implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private static final long FLUSH_NS = 1_000_000_000;

    private final Path file;
    private final FileChannel channel;
    private final boolean local;
    private long flushedNs = System.nanoTime();
    private boolean complained;

    /** Opens a journal to append; a line that a crash has torn is closed first. */
    Journal(Path file) throws IOException {
        this.file = file;
        this.local = PathResolver.isLocal(file);
        boolean torn = isTorn(file);
        this.channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        if (torn) {
            channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
        }
    }

    private static boolean isTorn(Path file) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            return in.size() > 0 && in.read(last, in.size() - 1) == 1 && last.get(0) != '\n';
        }
    }

    /** Appends an event. */
    synchronized void append(JournalEvent event) {
        byte[] line = (Json.line(event) + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            ByteBuffer buffer = ByteBuffer.wrap(line);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            if (event.event() != JournalEvent.Type.IMAGE_STARTED) {
                flush(event.image() == null);
            }
        } catch (IOException e) {
            if (!complained) {
                LOG.warn("the journal {} cannot be written; the run continues", file, e);
            }
            complained = true;
        }
    }

    /** Where every flush writes all anew, events of images may come late; what a run is may not. */
    private void flush(boolean ofRun) throws IOException {
        long now = System.nanoTime();
        if (!local || ofRun || now - flushedNs >= FLUSH_NS) {
            channel.force(ofRun);
            flushedNs = now;
        }
    }

    @Override
    public synchronized void close() throws IOException {
        try (channel) {
            if (local) {
                channel.force(false);
            }
        }
    }

    /** All events that can be read; a line that is torn, or lacks what every event has, is passed over. */
    static List<JournalEvent> read(Path file) throws IOException {
        List<JournalEvent> events = new ArrayList<>();
        // not readAllLines: a torn line may end inside a character
        for (String line : readTolerantly(file).split("\n", -1)) {
            if (!line.isBlank()) {
                try {
                    JournalEvent event = Json.read(line, JournalEvent.class);
                    if (event.isWhole()) {
                        events.add(event);
                    }
                } catch (IOException e) {
                    LOG.debug("truncated line in {}", file, e);
                }
            }
        }
        return events;
    }

    private static String readTolerantly(Path file) throws IOException {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return "";
        }
    }
}
