package io.spectractor.batch.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spectractor.batch.plan.InputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderWatchTest {
    @TempDir
    Path temp = Path.of("");

    private final AtomicLong clock = new AtomicLong(5);
    private Path folder = Path.of("");

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(temp.resolve("night"));
    }

    private FolderWatch watch(boolean recursive) {
        return new FolderWatch(folder, recursive, Duration.ofSeconds(1), clock::get);
    }

    private List<String> lookAfter(FolderWatch watch, double seconds) throws IOException {
        clock.addAndGet(Math.round(seconds * 1e9));
        return watch.look().stream().map(InputFile::name).toList();
    }

    private Path write(String name, int blocks) throws IOException {
        return Files.write(folder.resolve(name), new byte[2880 * blocks]);
    }

    @Test
    void anImageIsToldOnceWhenItHasSettled() throws IOException {
        FolderWatch watch = watch(false);
        write("a.fits", 2);
        assertThat(lookAfter(watch, 0)).isEmpty();
        assertThat(lookAfter(watch, 0.9)).isEmpty();
        assertThat(lookAfter(watch, 0.2)).containsExactly("a.fits");
        assertThat(lookAfter(watch, 5)).isEmpty();
    }

    @Test
    void oneThatGrowsIsWaitedFor() throws IOException {
        FolderWatch watch = watch(false);
        for (int blocks = 1; blocks < 6; blocks++) {
            write("a.fits.fz", blocks);
            assertThat(lookAfter(watch, 0.7)).isEmpty();
        }
        assertThat(lookAfter(watch, 1.1)).containsExactly("a.fits.fz");
    }

    @Test
    void oneThatEndsWithinABlockIsWaitedForLonger() throws IOException {
        FolderWatch watch = watch(false);
        Files.write(folder.resolve("half.fit"), new byte[5000]);
        Files.write(folder.resolve("empty.fits.gz"), new byte[0]);
        Files.write(folder.resolve("packed.fits.gz"), new byte[5000]);
        assertThat(lookAfter(watch, 0)).isEmpty();
        assertThat(lookAfter(watch, 2)).containsExactly("packed.fits.gz");
        assertThat(lookAfter(watch, 17)).isEmpty();
        // it is not waited for for ever: an extraction will say what is wrong with it
        assertThat(lookAfter(watch, 1.5)).containsExactly("empty.fits.gz", "half.fit");
    }

    @Test
    void oneThatChangesIsToldAgainEvenWithTheSameSizeAndAnOlderTime() throws IOException {
        FolderWatch watch = watch(false);
        Path file = write("a.fits", 1);
        lookAfter(watch, 0);
        assertThat(lookAfter(watch, 1)).containsExactly("a.fits");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("1998-01-01T00:00:00Z")));
        assertThat(lookAfter(watch, 1)).isEmpty();
        assertThat(lookAfter(watch, 1)).containsExactly("a.fits");
    }

    @Test
    void aRenameIntoPlaceIsAnArrival() throws IOException {
        FolderWatch watch = watch(false);
        write(".a.fits.part", 1);
        write("b.fits.tmp", 1);
        lookAfter(watch, 0);
        assertThat(lookAfter(watch, 3)).isEmpty();
        Files.move(folder.resolve(".a.fits.part"), folder.resolve("a.fits"));
        lookAfter(watch, 0);
        assertThat(lookAfter(watch, 1)).containsExactly("a.fits");
    }

    @Test
    void aFolderThatGoesAndComesBackForgetsNothing() throws IOException {
        FolderWatch watch = watch(false);
        write("a.fits", 1);
        lookAfter(watch, 0);
        assertThat(lookAfter(watch, 1)).containsExactly("a.fits");
        Path away = temp.resolve("unmounted");
        Files.move(folder, away);
        assertThatThrownBy(watch::look).isInstanceOf(IOException.class).hasMessageContaining("night");
        Files.write(away.resolve("b.fits"), new byte[2880]);
        Files.move(away, folder);
        lookAfter(watch, 0);
        assertThat(lookAfter(watch, 1)).containsExactly("b.fits");
    }

    @Test
    void subfoldersAreLookedIntoWhenAskedForAlsoThoseThatComeLater() throws IOException {
        FolderWatch flat = watch(false);
        FolderWatch deep = watch(true);
        lookAfter(deep, 0);
        Files.createDirectory(folder.resolve("20261129"));
        write("20261129/a.fts", 1);
        write("20261129/a_spectrum.fits", 1);
        write("20261129/notes.txt", 1);
        lookAfter(deep, 0);
        lookAfter(flat, 0);
        assertThat(lookAfter(deep, 1)).containsExactly("a.fts");
        assertThat(lookAfter(flat, 1)).isEmpty();
    }

    @Test
    void aDanglingLinkIsNoImageUntilItsFileIsThere() throws IOException {
        FolderWatch watch = watch(false);
        Path file = temp.resolve("elsewhere.fits");
        Files.createSymbolicLink(folder.resolve("a.fits"), file);
        lookAfter(watch, 0);
        assertThat(lookAfter(watch, 30)).isEmpty();
        Files.write(file, new byte[2880]);
        lookAfter(watch, 0);
        assertThat(lookAfter(watch, 1)).containsExactly("a.fits");
    }
}
