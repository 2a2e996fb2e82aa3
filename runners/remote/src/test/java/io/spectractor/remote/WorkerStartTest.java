package io.spectractor.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.spectractor.batch.config.ConfigLoader;
import io.spectractor.batch.config.ConfigPrinter;
import io.spectractor.batch.run.ExistingProducts;
import io.spectractor.batch.run.RunFolder;
import io.spectractor.batch.run.WorkContext;
import io.spectractor.batch.run.WorkerStart;
import io.spectractor.calib.EmbeddedCalibration;
import io.spectractor.calib.TableCalibration;
import io.spectractor.calib.target.ResolvedTargets;
import io.spectractor.core.config.ConfigText;
import io.spectractor.core.config.ExtractionConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker process writes itself into the run's folder, and works also where it can't. */
class WorkerStartTest {
    private static void join(Path out, String runId) {
        TableCalibration tables = EmbeddedCalibration.load();
        ExtractionConfig config = ConfigLoader.load(null, List.of()).config();
        WorkerRuntime.of(new WorkerSpec(
                runId,
                out.toString(),
                ConfigPrinter.yaml(config),
                new CalibrationSpec("embedded", "embedded", "/cache", tables.sha256(), new byte[0]),
                ResolvedTargets.none().json(),
                new byte[0],
                new byte[0],
                new byte[0],
                new WorkContext(ConfigText.sha256(config), tables.sha256(), "0.1", ExistingProducts.RESUME)));
    }

    @Test
    void theRunFolderTellsWhoTookPart(@TempDir Path out) throws IOException {
        RunFolder run = RunFolder.of(out, "r1");
        Files.createDirectories(run.path());
        join(out, "r1");
        List<WorkerStart> workers = WorkerStart.read(run);
        assertThat(workers).hasSize(1);
        assertThat(workers.get(0).pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(workers.get(0).calibrationSeconds()).isPositive();
        assertThat(workers.get(0).readyAt()).isGreaterThan(workers.get(0).processStartedAt());
    }

    @Test
    void aFolderThatIsNotThereIsNotMade(@TempDir Path out) throws IOException {
        join(out, "r2");
        assertThat(out).isEmptyDirectory();
        assertThat(WorkerStart.read(RunFolder.of(out, "r2"))).isEmpty();
    }
}
