package io.spectractor.mpi.rank;

import java.util.Map;
import java.util.Optional;

/**
 * Which rank a process is.
 *
 * @param rank 0 to {@code size - 1}
 * @param size how many there are
 * @param host name of the node, for people
 */
public record RankIdentity(int rank, int size, String host) {
    /** Rank of a process that our own launcher started. */
    public static final String RANK_VARIABLE = "SPECTRACTOR_MPI_RANK";

    /** How many ranks our own launcher started. */
    public static final String SIZE_VARIABLE = "SPECTRACTOR_MPI_SIZE";

    public RankIdentity {
        if (rank < 0 || rank >= size) {
            throw new IllegalArgumentException("rank " + rank + " of " + size);
        }
    }

    /**
     * The rank that the environment tells: our launcher's, or that of a task of {@code srun}. Nothing for a process that
     * nobody started as a rank, a batch script included: Slurm calls that task 0 too, but it belongs to no step.
     *
     * @param environment variables of the process
     * @param host name of this host, for the case that Slurm does not name the node
     * @throws IllegalArgumentException if the variables make no sense
     */
    public static Optional<RankIdentity> of(Map<String, String> environment, String host) {
        if (environment.containsKey(RANK_VARIABLE)) {
            return Optional.of(
                    new RankIdentity(number(environment, RANK_VARIABLE), number(environment, SIZE_VARIABLE), host));
        }
        boolean task = environment.containsKey("SLURM_STEP_ID") && environment.containsKey("SLURM_PROCID");
        if (!task || !environment.containsKey("SLURM_STEP_NUM_TASKS")) {
            return Optional.empty();
        }
        return Optional.of(new RankIdentity(
                number(environment, "SLURM_PROCID"),
                number(environment, "SLURM_STEP_NUM_TASKS"),
                environment.getOrDefault("SLURMD_NODENAME", host)));
    }

    private static int number(Map<String, String> environment, String name) {
        String text = environment.getOrDefault(name, "");
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("environment variable " + name + "='" + text + "' is not a number", e);
        }
    }
}
