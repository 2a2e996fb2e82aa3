package io.spectractor.batch.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spectractor.batch.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Run folders of other versions. */
class RunFormatTest {
    @TempDir
    private Path folder = Path.of("");

    private RunFolder run(String format) throws IOException {
        RunFolder run = RunFolder.of(folder, "r1");
        Files.createDirectories(run.path());
        Files.writeString(run.path().resolve("run.json"), """
                {"runId": "r1", "startedAt": "2026-11-22T04:00:00Z", "scheduler": "local", "workers": 2,
                 "codeVersion": "7.0.0+12345678", "configSha256": "", "calibrationVersion": "", "calibrationSha256": "",
                 "commandLine": [], "host": "h", "machine": "m"%s}
                """.formatted(format));
        return run;
    }

    @Test
    void runsBeforeThereWereVersionsAndWithNewerAdditionsAreRead() throws IOException {
        assertThat(run("").info().startedAt()).isEqualTo("2026-11-22T04:00:00Z");
        assertThat(run(", \"format\": \"1.99.3\", \"moreOfIt\": 1").info().workers())
                .isEqualTo(2);
    }

    @Test
    void anotherMajorVersionIsRefusedWithTheVersionThatReadsIt() throws IOException {
        RunFolder newer = run(", \"format\": \"2.0.0\"");
        assertThatThrownBy(newer::info)
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("run.json")
                .hasMessageContaining("format of this run is 2.0.0")
                .hasMessageContaining("7.0.0+12345678");
        assertThat(RunFolder.list(folder)).hasSize(1);
    }
}
