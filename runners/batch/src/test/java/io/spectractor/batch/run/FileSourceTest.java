package io.spectractor.batch.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileSourceTest {
    @TempDir
    Path folder;

    private final ImageSource files = ImageSource.files();

    private Path file(String name, int size, long seed) throws IOException {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return Files.write(folder.resolve(name), bytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2880, 1 << 20, (1 << 20) + 1, 3_000_000})
    void theWholeFile(int size) throws IOException {
        Path file = file("a.fits", size, 1);
        assertThat(files.read(file.toString())).isEqualTo(Files.readAllBytes(file));
        assertThat(files.read(file.toUri().toString())).isEqualTo(Files.readAllBytes(file));
    }

    @Test
    void anArrayOfAnEarlierFileHoldsTheNext() throws IOException {
        Path first = file("a.fits", 5000, 1);
        Path second = file("b.fits", 5000, 2);
        byte[] bytes = files.read(first.toString());
        files.release(bytes);
        assertThat(files.read(second.toString())).isSameAs(bytes).isEqualTo(Files.readAllBytes(second));
        assertThat(files.read(first.toString())).isNotSameAs(bytes).isEqualTo(Files.readAllBytes(first));
    }

    @Test
    void aFileWithoutASizeIsReadToItsEnd() throws IOException {
        assertThat(files.read("/proc/self/status")).isNotEmpty();
    }

    @Test
    void aMissingFileIsCalledThat() {
        assertThatThrownBy(() -> files.read(folder.resolve("no.fits").toString()))
                .isInstanceOf(NoSuchFileException.class);
    }
}
