package io.spectractor.bench.predict;

import io.spectractor.bench.predict.Cori2018.Parameters;
import java.util.ArrayList;
import java.util.List;

/** What each assumption about 2018 is worth. */
public final class Sensitivity {
    /** Name of the change that leaves nothing but the schedulers. */
    public static final String SAME_START = "MPI starts as fast as Spark";

    private Sensitivity() {}

    /**
     * One change.
     *
     * @param what is changed
     * @param sparkMinutes then
     * @param mpiMinutes then
     */
    public record Row(String what, double sparkMinutes, double mpiMinutes) {
        /** MPI over Spark. */
        public double ratio() {
            return mpiMinutes / sparkMinutes;
        }
    }

    /** The believed parameters, and each of them changed by itself. */
    public static List<Row> of2018() {
        Parameters p = Cori2018.believed();
        List<Row> rows = new ArrayList<>();
        rows.add(row("as believed", p));
        rows.add(
                row("image 150 s", with(p, 150, p.spread(), p.queriesPerSecond(), p.opensPerRank(), p.filesPerTask())));
        rows.add(
                row("image 270 s", with(p, 270, p.spread(), p.queriesPerSecond(), p.opensPerRank(), p.filesPerTask())));
        rows.add(row("all images take the same", with(p, p.imageSeconds(), 0, 6, p.opensPerRank(), p.filesPerTask())));
        rows.add(row("spread 0.5", with(p, p.imageSeconds(), 0.5, 6, p.opensPerRank(), p.filesPerTask())));
        rows.add(row("3 answers of Simbad a second", with(p, p.imageSeconds(), 0.3, 3, p.opensPerRank(), 1)));
        rows.add(row("no queries to wait for", with(p, p.imageSeconds(), 0.3, 1e6, p.opensPerRank(), 1)));
        rows.add(row("imports of a rank: 6,000 files", with(p, p.imageSeconds(), 0.3, 6, 6_000, 1)));
        rows.add(row("imports of a rank: 18,000 files", with(p, p.imageSeconds(), 0.3, 6, 18_000, 1)));
        rows.add(row(SAME_START, with(p, p.imageSeconds(), 0.3, 6, 0, 1)));
        rows.add(row("all 3,363 images usable", usable(p, 1)));
        rows.add(row("Spark packs 3 files into a task", with(p, p.imageSeconds(), 0.3, 6, p.opensPerRank(), 3)));
        rows.add(row("the same, image 145 s, so that Spark takes 14 min", with(p, 145, 0.3, 6, p.opensPerRank(), 3)));
        rows.add(row("the same, and MPI starts as fast", with(p, 145, 0.3, 6, 0, 3)));
        return rows;
    }

    private static Row row(String what, Parameters p) {
        Cori2018.Outcome outcome = Cori2018.run(p);
        return new Row(what, outcome.spark().wallSeconds() / 60, outcome.mpi().wallSeconds() / 60);
    }

    private static Parameters with(
            Parameters p, double image, double spread, double queries, double opens, int filesPerTask) {
        return new Parameters(
                p.usableShare(),
                image,
                spread,
                queries,
                p.sparkStartSeconds(),
                p.mpiStartSeconds(),
                opens,
                p.opensPerSecond(),
                p.fileSystemGbPerSecond(),
                filesPerTask);
    }

    private static Parameters usable(Parameters p, double share) {
        return new Parameters(
                share,
                p.imageSeconds(),
                p.spread(),
                p.queriesPerSecond(),
                p.sparkStartSeconds(),
                p.mpiStartSeconds(),
                p.opensPerRank(),
                p.opensPerSecond(),
                p.fileSystemGbPerSecond(),
                p.filesPerTask());
    }
}
