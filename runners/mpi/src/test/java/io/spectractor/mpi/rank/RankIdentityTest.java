package io.spectractor.mpi.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RankIdentityTest {
    @Test
    void ofOurLauncher() {
        assertThat(RankIdentity.of(Map.of("SPECTRACTOR_MPI_RANK", "2", "SPECTRACTOR_MPI_SIZE", "4"), "vm"))
                .contains(new RankIdentity(2, 4, "vm"));
    }

    @Test
    void ofATaskOfSrun() {
        Map<String, String> task = Map.of(
                "SLURM_JOB_ID", "7",
                "SLURM_STEP_ID", "0",
                "SLURM_PROCID", "3",
                "SLURM_NTASKS", "9",
                "SLURM_STEP_NUM_TASKS", "4",
                "SLURMD_NODENAME", "n2");
        assertThat(RankIdentity.of(task, "vm")).contains(new RankIdentity(3, 4, "n2"));
    }

    /** Slurm calls the batch script task 0 too. */
    @Test
    void aBatchScriptIsNoRank() {
        assertThat(RankIdentity.of(Map.of("SLURM_JOB_ID", "7", "SLURM_PROCID", "0", "SLURM_NTASKS", "4"), "vm"))
                .isEmpty();
        assertThat(RankIdentity.of(Map.of(), "vm")).isEmpty();
    }

    @Test
    void nonsenseIsNamed() {
        assertThatThrownBy(() -> RankIdentity.of(Map.of("SPECTRACTOR_MPI_RANK", "two"), "vm"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SPECTRACTOR_MPI_RANK='two'");
        assertThatThrownBy(
                        () -> RankIdentity.of(Map.of("SPECTRACTOR_MPI_RANK", "4", "SPECTRACTOR_MPI_SIZE", "4"), "vm"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rank 4 of 4");
    }
}
