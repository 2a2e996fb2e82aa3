package io.spectractor.calib;

import static org.assertj.core.api.Assertions.assertThat;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortableHdfTest {
    private static final double[] MANY =
            IntStream.range(0, 5000).asDoubleStream().toArray();

    @TempDir
    Path folder;

    @Test
    void nothingOfTheMachineIsInTheFileAndItIsStillRead() throws Exception {
        Path file = folder.resolve("columns.h5");
        PortableHdf.write(file, hdf -> {
            hdf.putGroup("spectrum").putDataset("fls", MANY);
            hdf.putAttribute("name", "one");
        });

        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                .doesNotContain(System.getProperty("os.name"))
                .doesNotContain(System.getProperty("os.arch"))
                .doesNotContain("jHDF - ")
                .contains("jHDF");
        try (HdfFile hdf = new HdfFile(file)) {
            assertThat(hdf.getAttribute("name").getData()).isEqualTo("one");
            assertThat((double[]) ((Dataset) hdf.getByPath("spectrum/fls")).getData())
                    .isEqualTo(MANY);
            assertThat(hdf.size()).isEqualTo(Files.size(file));
        }
    }

    @Test
    void theSameContentTwiceIsTheSameBytes() throws Exception {
        Path first = folder.resolve("a.h5");
        Path second = folder.resolve("b.h5");
        for (Path file : new Path[] {first, second}) {
            PortableHdf.write(file, hdf -> hdf.putDataset("x", MANY));
        }
        assertThat(first).hasSameBinaryContentAs(second);
    }
}
