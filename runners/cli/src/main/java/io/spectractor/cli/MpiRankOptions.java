package io.spectractor.cli;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of {@code --scheduler mpi}. */
final class MpiRankOptions implements SchedulerMixin {
    @Option(
            names = "--ranks",
            paramLabel = "N",
            description = "MPI: processes (default: as many as Slurm has tasks; else one per core, as far as the memory"
                    + " allows).")
    private @Nullable String ranks;

    @Option(
            names = "--threads-per-rank",
            paramLabel = "N",
            description = "MPI: images in work at a time in each process (default: 1).")
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
            description = "MPI: largest heap of a process, e.g. 900m (default: 600 MB per image in work, and 100).")
    private @Nullable String heap;

    @Override
    public String scheduler() {
        return "mpi";
    }

    @Override
    public SortedMap<String, String> given() {
        SortedMap<String, String> given = new TreeMap<>();
        put(given, "ranks", ranks);
        put(given, "threads-per-rank", threadsPerRank);
        put(given, "distribution", distribution);
        put(given, "rank-launcher", launcher);
        put(given, "restarts", restarts);
        put(given, "rank-heap", heap);
        return given;
    }

    private static void put(SortedMap<String, String> given, String name, @Nullable String value) {
        if (value != null) {
            given.put(name, value);
        }
    }
}
