package io.spectractor.mpi;

import io.spectractor.batch.UsageException;
import io.spectractor.batch.run.Machine;
import io.spectractor.core.config.NearestMatch;
import io.spectractor.mpi.rank.Distribution;
import io.spectractor.mpi.rank.OpenPorts;
import io.spectractor.mpi.rank.RankIdentity;
import io.spectractor.mpi.start.JavaCommand;
import io.spectractor.mpi.start.SrunStarter;
import io.spectractor.mpi.start.StepStarter;
import io.spectractor.remote.SchedulerOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Options of the MPI scheduler, checked.
 *
 * @param ranks processes of a world
 * @param threadsPerRank images in progress at a time in each
 * @param distribution how images are dealt out
 * @param launcher who starts the ranks
 * @param restarts worlds that are started anew at most
 * @param heapMb largest heap of a rank, MB
 * @param openPorts whether ranks may listen on public addresses of their hosts
 */
public record MpiOptions(
        int ranks,
        int threadsPerRank,
        Distribution distribution,
        Launcher launcher,
        int restarts,
        long heapMb,
        boolean openPorts) {
    /** Names of the options. */
    public static final String RANKS = "ranks";

    /** See {@link #RANKS}. */
    public static final String THREADS = "threads-per-rank";

    /** See {@link #RANKS}. */
    public static final String DISTRIBUTION = "distribution";

    /** See {@link #RANKS}. */
    public static final String LAUNCHER = "rank-launcher";

    /** See {@link #RANKS}. */
    public static final String RESTARTS = "restarts";

    /** See {@link #RANKS}. */
    public static final String HEAP = "rank-heap";

    /** Worlds started anew, unless said otherwise. */
    static final int USUAL_RESTARTS = 10;

    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})([mMgG])");

    /** Who starts the ranks. */
    public enum Launcher {
        /** This process, here. */
        LOCAL,
        /** Slurm's srun, on the nodes of the allocation. */
        SRUN,
        /** They are started already, by somebody else; this process is one of them. */
        STARTED;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Checks options, and takes from Slurm's environment what they leave open.
     *
     * @param environment of this process
     * @throws UsageException if an option makes no sense
     */
    public static MpiOptions of(SchedulerOptions options, Map<String, String> environment) {
        if (options.workers() != null) {
            throw new UsageException(
                    "--workers " + options.workers()
                            + ": --scheduler mpi takes --ranks (processes) and --threads-per-rank (images in progress in each)");
        }
        Optional<RankIdentity> started = StepStarter.identity(environment);
        boolean inAllocation = SrunStarter.applies(environment);
        Launcher launcher =
                choice(options, LAUNCHER, usual(started.isPresent(), inAllocation), Launcher.values(), Launcher::label);
        if (started.isPresent() != (launcher == Launcher.STARTED)) {
            throw new UsageException("--rank-launcher " + launcher.label() + ": this process is "
                    + (started.isPresent()
                            ? "a rank that srun or mpjrun started"
                            : "not a rank that somebody started"));
        }
        if (launcher == Launcher.SRUN && !inAllocation) {
            throw new UsageException("--rank-launcher srun works inside an allocation of Slurm's only: start it in a"
                    + " job script, see launchers/slurm/mpi.sbatch");
        }
        int threads = positive(options, THREADS, 1);
        int ranks = positive(options, RANKS, usualRanks(launcher, started, environment, threads));
        if (started.isPresent() && started.get().size() != ranks) {
            throw new UsageException("--ranks " + ranks + ": srun or mpjrun started "
                    + started.get().size());
        }
        return new MpiOptions(
                ranks,
                threads,
                choice(options, DISTRIBUTION, Distribution.DYNAMIC, Distribution.values(), Distribution::label),
                launcher,
                number(options, RESTARTS, USUAL_RESTARTS, 0),
                options.value(HEAP).map(MpiOptions::megabytes).orElse(JavaCommand.heapMbFor(threads)),
                openPorts(options, environment));
    }

    private static boolean openPorts(SchedulerOptions options, Map<String, String> environment) {
        return OpenPorts.allowed(
                options.value(OpenPorts.OPTION).orElse(environment.getOrDefault(OpenPorts.VARIABLE, "no")),
                "--" + OpenPorts.OPTION);
    }

    private static Launcher usual(boolean started, boolean inAllocation) {
        return started ? Launcher.STARTED : inAllocation ? Launcher.SRUN : Launcher.LOCAL;
    }

    private static int usualRanks(
            Launcher launcher, Optional<RankIdentity> started, Map<String, String> environment, int threads) {
        return switch (launcher) {
            case STARTED -> started.map(RankIdentity::size).orElse(1);
            case SRUN -> SrunStarter.tasks(environment).orElse(1);
            case LOCAL -> Math.max(1, Machine.defaultWorkers() / threads);
        };
    }

    private static int positive(SchedulerOptions options, String name, int otherwise) {
        return number(options, name, otherwise, 1);
    }

    private static int number(SchedulerOptions options, String name, int otherwise, int least) {
        String text = options.value(name).orElse(Integer.toString(otherwise));
        try {
            int number = Integer.parseInt(text.strip());
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new UsageException("--" + name + " " + text + ": expected a whole number", e);
        }
        throw new UsageException("--" + name + " " + text + ": must be " + least + " or more");
    }

    private static long megabytes(String text) {
        Matcher size = SIZE.matcher(text.strip());
        if (!size.matches()) {
            throw new UsageException("--" + HEAP + " " + text + ": expected a size such as 900m or 4g");
        }
        long number = Long.parseLong(size.group(1));
        return size.group(2).equalsIgnoreCase("g") ? number << 10 : number;
    }

    private static <E> E choice(
            SchedulerOptions options, String name, E otherwise, E[] all, Function<E, String> label) {
        String text = options.value(name).orElse(label.apply(otherwise));
        List<String> labels = Arrays.stream(all).map(label).toList();
        return Arrays.stream(all)
                .filter(e -> label.apply(e).equals(text))
                .findFirst()
                .orElseThrow(() ->
                        new UsageException("--" + name + " " + text + ": expected one of " + String.join(", ", labels)
                                + NearestMatch.of(text, labels)
                                        .map(w -> "; did you mean " + w + "?")
                                        .orElse("")));
    }
}
