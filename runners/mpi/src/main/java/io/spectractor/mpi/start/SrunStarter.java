package io.spectractor.mpi.start;

import io.spectractor.mpi.hub.HubAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Starts the ranks as the tasks of one job step, on all nodes of the allocation that this process is in. Slurm tells each
 * its rank and how many there are.
 */
public final class SrunStarter implements RankStarter {
    private static final long END_STEP_WITHIN_S = 15;

    private final JavaCommand command;
    private final Map<String, String> environment;
    private final Map<String, String> slurm;

    /**
     * A starter.
     *
     * @param environment further variables for the ranks
     * @param slurm the environment of this process
     */
    public SrunStarter(JavaCommand command, Map<String, String> environment, Map<String, String> slurm) {
        this.command = command;
        this.environment = Map.copyOf(environment);
        this.slurm = Map.copyOf(slurm);
    }

    /** Whether this process is in an allocation of Slurm's, and not itself a task of one of its steps. */
    public static boolean applies(Map<String, String> environment) {
        return environment.containsKey("SLURM_JOB_ID") && environment.containsKey("SLURM_JOB_NODELIST");
    }

    /** How many tasks the job has, if it says so. */
    public static Optional<Integer> tasks(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("SLURM_NTASKS")).map(Integer::valueOf);
    }

    @Override
    public InetAddress hubAddress() throws IOException {
        return SlurmHosts.ownAddress(slurm);
    }

    @Override
    public boolean startsAgain() {
        return true;
    }

    @Override
    public RankGroup start(int ranks, HubAddress hub) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "srun",
                "--ntasks=" + ranks,
                "--mpi=none",
                "--input=none",
                "--overcommit",
                // a rank that died is our affair: the others commit what they work on
                "--kill-on-bad-exit=0",
                "--no-kill",
                "--wait=0",
                "--unbuffered"));
        // since Slurm 22.05 srun doesn't take the job's --cpus-per-task: each rank would get one core
        String cpus = slurm.get("SLURM_CPUS_PER_TASK");
        if (cpus != null && !cpus.isBlank()) {
            arguments.add("--cpus-per-task=" + cpus);
        }
        arguments.addAll(command.arguments());
        ProcessBuilder builder = new ProcessBuilder(arguments)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(JavaCommand.environment());
        builder.environment().putAll(environment);
        builder.environment().put(HubAddress.VARIABLE, hub.text());
        Process process = builder.start();
        process.getOutputStream().close();
        ProcessGroup group = new ProcessGroup(END_STEP_WITHIN_S);
        group.add("srun", process);
        return group;
    }
}
