package io.spectractor.mpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spectractor.batch.UsageException;
import io.spectractor.mpi.rank.Distribution;
import io.spectractor.mpi.rank.OpenPorts;
import io.spectractor.remote.SchedulerOptions;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MpiOptionsTest {
    private static final Map<String, String> JOB =
            Map.of("SLURM_JOB_ID", "7", "SLURM_JOB_NODELIST", "n[1-40]", "SLURM_NTASKS", "1280");

    private static MpiOptions of(Map<String, String> values, Map<String, String> environment) {
        return MpiOptions.of(new SchedulerOptions("mpi", null, new TreeMap<>(values)), environment);
    }

    @Test
    void aJobOfSlurmSaysHowManyRanksAndWhoStartsThem() {
        MpiOptions options = of(Map.of(), JOB);
        assertThat(options.ranks()).isEqualTo(1280);
        assertThat(options.launcher()).isEqualTo(MpiOptions.Launcher.SRUN);
        assertThat(options.distribution()).isEqualTo(Distribution.DYNAMIC);
    }

    @Test
    void optionsWin() {
        MpiOptions options = of(
                Map.of(
                        "ranks", "3",
                        "threads-per-rank", "2",
                        "distribution", "static",
                        "rank-launcher", "local",
                        "restarts", "0",
                        "rank-heap", "2g",
                        "mpi-open-ports", "no"),
                JOB);
        assertThat(options)
                .isEqualTo(new MpiOptions(3, 2, Distribution.STATIC, MpiOptions.Launcher.LOCAL, 0, 2048, false));
    }

    @Test
    void aHeapFeedsTheImagesInWork() {
        assertThat(of(Map.of("ranks", "1", "threads-per-rank", "4"), Map.of()).heapMb())
                .isEqualTo(2500);
    }

    @ParameterizedTest
    @CsvSource({
        "ranks, 0, must be 1 or more",
        "ranks, many, expected a whole number",
        "threads-per-rank, -1, must be 1 or more",
        "distribution, dynamical, did you mean dynamic?",
        "rank-launcher, ssh, 'expected one of local, srun'",
        "rank-launcher, srun, inside an allocation",
        "rank-heap, 2, expected a size",
        "restarts, -1, must be 0 or more",
        "mpi-open-ports, perhaps, expected yes or no"
    })
    void nonsenseIsNamed(String option, String value, String message) {
        assertThatThrownBy(() -> of(Map.of(option, value), Map.of()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--" + option)
                .hasMessageContaining(message);
    }

    @Test
    void thatPortsMayBeOpenIsSaidByAnOptionOrByTheEnvironment() {
        Map<String, String> environment = Map.of(OpenPorts.VARIABLE, "yes");
        assertThat(of(Map.of("ranks", "1"), Map.of()).openPorts()).isFalse();
        assertThat(of(Map.of("ranks", "1"), environment).openPorts()).isTrue();
        assertThat(of(Map.of("ranks", "1", "mpi-open-ports", "no"), environment).openPorts())
                .isFalse();
    }

    @Test
    void workersAreRefused() {
        assertThatThrownBy(() -> MpiOptions.of(new SchedulerOptions("mpi", 4, new TreeMap<>()), Map.of()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--ranks");
    }
}
