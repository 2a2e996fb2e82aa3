package io.spectractor.bench.predict;

import io.spectractor.bench.model.Delivery;
import io.spectractor.bench.model.ImageWork;
import io.spectractor.bench.model.Policy;
import io.spectractor.bench.model.Scenario;
import io.spectractor.bench.model.Schedule;
import io.spectractor.bench.model.SchedulerModel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The comparison of July 2018: 3,363 images of the CTIO campaign with the Python program on 40 nodes of Cori, by Spark in
 * 14 minutes (284 core-hours) and by MPI in 26 (552). The table of {@link #parameters()} says which number is known from
 * where, and which is an assumption.
 *
 * <p>Two numbers are adjusted, to Spark's 14 minutes of which 8 were input and computing: the time of an image and its
 * spread, on nodes that are full. The time of MPI is then a prediction.
 *
 * @see <a href="https://github.com/astrolabsoftware/spark-lsst/tree/master/Spectractor">astrolabsoftware/spark-lsst,
 *     Spectractor/README.md, sparktractor.py, mpi/runExtractorMPI.py, mpi/nersc_cori.batch (commit d98008b)</a>
 */
public final class Cori2018 {
    /** Minutes that were measured with Spark. */
    public static final double SPARK_MINUTES = 14;

    /** Minutes that were measured with MPI. */
    public static final double MPI_MINUTES = 26;

    static final int IMAGES = 3363;
    static final int CORES = 1280;
    static final int CORES_PER_NODE = 32;
    private static final double IMAGE_BYTES = 106e9 / IMAGES;
    private static final long SEED = 1;

    /**
     * What can be changed to see what it does.
     *
     * @param usableShare of the images, the others are left out at once
     * @param imageSeconds to extract one on a full node, without input and queries
     * @param spread sigma of the logarithm of that time
     * @param queriesPerSecond that the outside service (Simbad) answers to one institute
     * @param sparkStartSeconds of Spark and its workers
     * @param mpiStartSeconds of srun
     * @param opensPerRank files that one Python looks for while it starts
     * @param opensPerSecond that the file system finds for all ranks together
     * @param fileSystemGbPerSecond of all together
     * @param filesPerTask of Spark
     */
    public record Parameters(
            double usableShare,
            double imageSeconds,
            double spread,
            double queriesPerSecond,
            double sparkStartSeconds,
            double mpiStartSeconds,
            double opensPerRank,
            double opensPerSecond,
            double fileSystemGbPerSecond,
            int filesPerTask) {}

    /**
     * A number and where it is from.
     *
     * @param assumption whether it is one
     */
    public record Source(String name, String value, String from, boolean assumption) {}

    /** What Spark and MPI would take, min. */
    public record Outcome(Schedule spark, Schedule mpi) {
        /** MPI over Spark. */
        public double ratio() {
            return mpi.wallSeconds() / spark.wallSeconds();
        }
    }

    private Cori2018() {}

    /** The numbers as they are believed. */
    public static Parameters believed() {
        return new Parameters(2006.0 / IMAGES, 210, 0.3, 6, 30, 30, 12_000, 30_000, 10, 1);
    }

    /** Each number with its source. */
    public static List<Source> parameters() {
        Parameters p = believed();
        String readme = "spark-lsst, Spectractor/README.md";
        return List.of(
                known("images, cores", "3,363 on 1,280 (40 nodes of 32)", readme),
                known("bytes of an image", "31.5 MB (106 GB in all)", readme),
                known("MPI hands out", "static stride", "spark-lsst, mpi/runExtractorMPI.py: range(rank, n, size)"),
                known(
                        "core-hours",
                        "284 and 552: all cores for the whole time (14 and 26 min)",
                        readme + "; 1,280 cores x 14 min = 299, x 26 min = 555; times vary by 10%"),
                known(
                        "queries of an image",
                        "1, to Simbad",
                        readme + ": 6 of Spark's 14 min are \"latency or queries to external DB\""),
                known(
                        "answers of Simbad",
                        "6 per second and institute",
                        "astroquery issue 1408: more are refused, says its maintainer"),
                known(
                        "usable images",
                        "2,006 of 3,363, spread at random (assumed)",
                        "the campaign's logbook: the others have no target or position, both programs leave them out"),
                assumed("time of an image on a full node", "210 s, spread 0.3", "adjusted to Spark's 14 min"),
                assumed(
                        "files of a Spark task",
                        "1",
                        "as sparktractor.py asks; Spark 2.3 may have packed 3, see below"),
                assumed(
                        "start of Spark, of srun",
                        String.format(
                                java.util.Locale.ROOT, "%.0f s, %.0f s", p.sparkStartSeconds(), p.mpiStartSeconds()),
                        "usual on such machines"),
                assumed(
                        "imports of a rank",
                        "12,000 files looked for, 30,000/s for all ranks: 512 s",
                        "NERSC, Scaling up Python: import scipy looks for about 4,000 files, a thousand tasks wait"
                                + " unacceptably long; taken three times for astropy, matplotlib, astroquery, ...;"
                                + " Spark ran in a Shifter image, which avoids it (run_benchmarks_python_cori.sh)"),
                assumed("file system", "10 GB/s for all, 0.3 GB/s for one", "Lustre without striping; not critical"));
    }

    private static Source known(String name, String value, String from) {
        return new Source(name, value, from, false);
    }

    private static Source assumed(String name, String value, String from) {
        return new Source(name, value, from, true);
    }

    /** Runs both. */
    public static Outcome run(Parameters p) {
        Scenario machine = Scenario.ideal(CORES)
                .withWorkersPerNode(CORES_PER_NODE)
                .with(new Scenario.FileSystem(1e9 * p.fileSystemGbPerSecond(), 0.3e9))
                .with(new Scenario.Service(1 / p.queriesPerSecond(), 0.5))
                .with(Delivery.none())
                .with(new Scenario.Unevenness(0, 1, p.spread()));
        Scenario spark = machine.with(new Scenario.Overhead(p.sparkStartSeconds(), 0, 0, 0));
        Scenario mpi =
                machine.with(new Scenario.Overhead(p.mpiStartSeconds(), p.opensPerRank() / p.opensPerSecond(), 0, 0));
        List<ImageWork> images = images(p);
        return new Outcome(
                SchedulerModel.run(
                        spark, new Policy.Spark(p.filesPerTask(), 0.005, 0.05, false, 0.75, 1.5), images, SEED),
                SchedulerModel.run(mpi, new Policy.StaticStride(), images, SEED));
    }

    private static List<ImageWork> images(Parameters p) {
        SplittableRandom random = new SplittableRandom(SEED);
        List<ImageWork> images = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            boolean usable = random.nextDouble() < p.usableShare();
            images.add(
                    usable
                            ? new ImageWork("image " + (i + 1), IMAGE_BYTES, 0, 1, p.imageSeconds(), 0, 0)
                            : ImageWork.computing("image " + (i + 1), 0));
        }
        return images;
    }
}
