package io.spectractor.batch.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourceLogTest {
    @TempDir
    private Path run;

    private Path file(ResourceSample first, ResourceSample... more) throws IOException {
        Path file = SampleFile.of(run, first.host(), first.pid(), first.timeMs());
        Files.createDirectories(file.getParent());
        StringBuilder text =
                new StringBuilder(SampleFile.header(first.host(), first.pid(), first.role(), new ControlGroup("/cg")));
        text.append(SampleFile.line(first));
        for (ResourceSample s : more) {
            text.append(SampleFile.line(s));
        }
        return Files.writeString(file, text);
    }

    @Test
    void samplesOfAllProcessesAreGatheredAndNothingIsLostWhenTheRunGoesOn() throws IOException {
        ResourceSample a = Samples.at(1000, "rank-0", 7, Double.NaN, 1 << 20);
        ResourceSample b = Samples.at(2000, "rank-0", 7, 99.25, 2 << 20);
        ResourceSample c = Samples.at(1500, "rank-1", 8, 50, 3 << 20);
        file(a, b);
        file(c);

        assertThat(ResourceLog.read(run)).containsExactly(a, c, b);
        ResourceLog.gather(run);
        assertThat(run.resolve("resources")).doesNotExist();
        assertThat(ResourceLog.read(run)).containsExactly(a, c, b);

        ResourceSample d = Samples.at(9000, "local", 9, 1, -1);
        // the first again, as if the process had died between the table and the removal
        file(a);
        file(d);
        ResourceLog.gather(run);
        assertThat(ResourceLog.read(run)).containsExactly(a, c, b, d);
    }

    @Test
    void tableSurvivesManyRowsAndOddLengths() throws IOException {
        List<ResourceSample> many = new ArrayList<>();
        for (int i = 0; i < 200_013; i++) {
            many.add(Samples.at(i, "local", 1, i % 3 == 0 ? Double.NaN : i, i % 5 == 0 ? -1 : i));
        }
        Path table = Files.write(run.resolve("t.parquet"), ResourceTable.encode(many));
        assertThat(ResourceTable.read(table)).isEqualTo(many);
    }

    @Test
    void tornLineIsPassedOverAndForeignFileLeftAlone() throws IOException {
        ResourceSample a = Samples.at(1000, "rank-0", 7, 10, 1 << 20);
        Path file = file(a);
        Files.writeString(file, "2000\textract:b", StandardOpenOption.APPEND);
        Files.writeString(file.resolveSibling("other.tsv"), "something else\n");
        assertThat(ResourceLog.read(run)).containsExactly(a);
    }

    @Test
    void cutOffTableIsNamed() throws IOException {
        byte[] whole = ResourceTable.encode(List.of(Samples.at(1, "local", 1, 1, 1)));
        Files.write(run.resolve(ResourceLog.TABLE), Arrays.copyOf(whole, whole.length - 20));
        assertThatThrownBy(() -> ResourceLog.read(run))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("resources.parquet")
                .hasMessageContaining("cut off");
    }
}
