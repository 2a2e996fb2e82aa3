package io.spectractor.mpi.rank;

import java.util.List;
import java.util.stream.IntStream;

/** The share of one rank when nobody asks for images: rank, rank + size, rank + 2 size, ... in the order of the plan. */
public final class StaticShare {
    private StaticShare() {}

    /** The tasks of a rank, in their order. */
    public static List<RankTask> of(List<RankTask> tasks, int rank, int size) {
        return IntStream.iterate(rank, i -> i < tasks.size(), i -> i + size)
                .mapToObj(tasks::get)
                .toList();
    }
}
