package io.spectractor.cli;

import io.spectractor.batch.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Stands in the list of commands for the benchmarks, which {@code ./spectractor} starts as a program of their own. */
@Command(
        name = "bench",
        description = "Measure stages and schedulers, predict large machines.",
        footer = {"", "Example:", "  spectractor bench schedulers --images 4 --rounds 1"})
final class BenchCommand implements Callable<Integer> {
    @Unmatched
    private List<String> args = new ArrayList<>();

    @Override
    public Integer call() {
        throw new UsageException(
                "the benchmarks are not part of the shipped program; in a checkout of the sources start '"
                        + String.join(" ", "./spectractor bench", String.join(" ", args))
                                .strip() + "'");
    }
}
