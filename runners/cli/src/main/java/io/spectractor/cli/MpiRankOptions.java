package io.spectractor.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of {@code --scheduler mpi}. */
@SuppressWarnings("unused") // picocli writes the fields, and given() reads them through it
final class MpiRankOptions extends SchedulerMixin {
    @Option(
            names = "--ranks",
            paramLabel = "N",
            description = "MPI: processes (default: as many as Slurm has tasks; else one per core, as far as the memory"
                    + " allows).")
    private @Nullable String ranks;

    @Option(
            names = "--threads-per-rank",
            paramLabel = "N",
            description = "MPI: images in progress at a time in each process (default: 1).")
    private @Nullable String threadsPerRank;

    @Option(
            names = "--distribution",
            paramLabel = "HOW",
            description = "MPI: dynamic, each rank asks for one image after the other, the largest first (default);"
                    + " static, rank r has every n-th image.")
    private @Nullable String distribution;

    @Option(
            names = "--rank-launcher",
            paramLabel = "HOW",
            description = "MPI: local, processes on this machine; srun, tasks of the Slurm job (default inside one).")
    private @Nullable String launcher;

    @Option(
            names = "--restarts",
            paramLabel = "N",
            description = "MPI: how often ranks are started anew after one was lost (default: 10).")
    private @Nullable String restarts;

    @Option(
            names = "--rank-heap",
            paramLabel = "SIZE",
            description = "MPI: largest heap of a process, e.g. 900m (default: 600 MB per image in progress, and 100).")
    private @Nullable String heap;

    @Option(
            names = "--mpi-open-ports",
            paramLabel = "yes|no",
            description = "MPI: yes, if ranks may listen on public addresses of their hosts, where everybody is let in"
                    + " (default: no; ports 25000 to 40000).")
    private @Nullable String openPorts;

    @Override
    String scheduler() {
        return "mpi";
    }
}
