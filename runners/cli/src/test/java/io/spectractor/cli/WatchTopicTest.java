package io.spectractor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.spectractor.testkit.KafkaProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command between two topics of a broker that is a process of its own. */
@Timeout(240)
@Tag("slow")
class WatchTopicTest {
    @TempDir
    private Path folder;

    @Test
    void whatATopicNamesIsExtractedAndSaidInAnotherOnce() throws Exception {
        Path good = Files.writeString(folder.resolve("good.fits"), "ok");
        Path bad = Files.writeString(folder.resolve("bad.fits"), "rubbish");
        try (KafkaProcess kafka = new KafkaProcess(Files.createDirectory(folder.resolve("kafka")))) {
            kafka.produce("images", List.of(good.toString(), "{\"path\": \"" + bad + "\"}"));
            FakeProgram program = new FakeProgram(folder);
            String[] words = {
                "watch",
                kafka.url("images"),
                "--out",
                "out",
                "--announce",
                kafka.url("spectra"),
                "--stop-when-idle",
                "1",
                "--plots",
                "0",
                "--workers",
                "2"
            };
            assertThat(program.run(words)).as(program.err()).isEqualTo(10);
            assertThat(program.out()).contains("1 done, 1 failed of 2 images");
            assertThat(program.err()).contains("FAILED bad.fits: not a FITS file");
            // both are told again by the topic, and neither is announced again
            assertThat(program.run(words)).as(program.err()).isEqualTo(10);
            assertThat(program.out()).contains("1 kept from before");

            List<String> announced = kafka.consume("spectra");
            assertThat(announced).hasSize(2);
            assertThat(announced)
                    .anyMatch(m -> m.contains("\"event\":\"spectrum_ready\"")
                            && m.contains("\"image\":\"good.fits\"")
                            && m.contains("\"scienceSha256\":\""));
            assertThat(announced)
                    .anyMatch(m -> m.contains("\"event\":\"failed\"")
                            && m.contains("\"image\":\"bad.fits\"")
                            && m.contains("not a FITS file"));
        }
    }
}
