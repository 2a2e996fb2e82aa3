package io.spectractor.mpi.rank;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * By files in a folder a test tells ranks where to stand still, and hears that they do. A file {@code stop-at-X} makes the
 * first process that comes to point X wait there for ever; its number is then in {@code standing-at-X}.
 */
public final class Script {
    public static final String FOLDER_VARIABLE = "SCRIPT_FOLDER";
    private static final long LOOK_EVERY_MS = 20;

    private final Path folder;

    public Script(Path folder) {
        this.folder = folder;
    }

    // ---- what a test calls

    public void stopAt(String point) throws IOException {
        Files.createFile(folder.resolve("stop-at-" + point));
    }

    /** Makes the process that comes to the point wait there until {@link #go}. */
    public void holdAt(String point) throws IOException {
        Files.createFile(folder.resolve("hold-at-" + point));
    }

    /** The number of the process that stands at the point; waits for it. */
    public long standingAt(String point) throws Exception {
        return pid("standing-at-" + point);
    }

    /** The number of a process that called {@link #writePid}; waits for it. */
    public long pid(String name) throws Exception {
        Path file = folder.resolve(name);
        while (!Files.exists(file)) {
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
        }
        return Long.parseLong(Files.readString(file));
    }

    /** Lets all go on that wait. */
    public void go() throws IOException {
        Files.createFile(folder.resolve("go"));
    }

    /** Lets the process go on that {@linkplain #holdAt is held} at a point, and nobody else. */
    public void letGo(String point) throws IOException {
        Files.delete(folder.resolve("hold-at-" + point));
    }

    /** Waits until ranks know that their world is broken. */
    public void awaitBroken(int... ranks) throws Exception {
        for (int rank : ranks) {
            pid("broken-" + rank);
        }
    }

    /** Waits until ranks know that they are to start no more images. */
    public void awaitStopping(int... ranks) throws Exception {
        for (int rank : ranks) {
            pid("stopping-" + rank);
        }
    }

    /** Waits until rank 0 has handed out so many images to another rank. */
    public void awaitHandedOut(int rank, int images) throws Exception {
        pid("handed-out-" + rank + "-" + images);
    }

    // ---- what a rank calls

    void pauseAt(String point) {
        pauseAt(point, folder, new byte[0]);
    }

    /** Leaves half of a file there before it stands still. */
    void pauseAt(String point, Path half, byte[] bytes) {
        try {
            Files.delete(folder.resolve("stop-at-" + point));
        } catch (IOException e) {
            return;
        }
        try {
            if (bytes.length > 0) {
                Files.write(half, Arrays.copyOf(bytes, bytes.length / 2));
            }
            writePid("standing-at-" + point);
            while (true) {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void holdHere(String point) {
        if (Files.exists(folder.resolve("hold-at-" + point))) {
            writePid("standing-at-" + point);
            await(() -> Files.exists(folder.resolve("go")) || !Files.exists(folder.resolve("hold-at-" + point)));
        }
    }

    void awaitGo() {
        await(() -> Files.exists(folder.resolve("go")));
    }

    /** Tells the test what a rank has heard from the hub. */
    void watch(int number, Rank rank) {
        tellWhen(rank::stopRequested, "stopping-" + number);
        tellWhen(rank::isBroken, "broken-" + number);
    }

    private void tellWhen(BooleanSupplier condition, String name) {
        Thread thread = new Thread(() -> {
            await(condition);
            writePid(name);
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static void await(BooleanSupplier condition) {
        try {
            while (!condition.getAsBoolean()) {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void killMyself() {
        try {
            new ProcessBuilder(
                            "kill", "-9", Long.toString(ProcessHandle.current().pid()))
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
        awaitGo();
    }

    void writePid(String name) {
        try {
            Path part = folder.resolve(name + ".part");
            Files.writeString(part, Long.toString(ProcessHandle.current().pid()));
            Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
