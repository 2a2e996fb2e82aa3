package io.spectractor.bench;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code spectractor bench}: the command above the benchmarks. */
@Command(
        name = "spectractor bench",
        description = "What each stage and each scheduler costs, and what a big machine would do.",
        subcommands = {StagesCommand.class, SchedulersCommand.class, PredictCommand.class},
        footer = {
            "",
            "Tables go to standard output, messages to standard error.",
            "Exit codes: 0 measured; 2 wrong usage, or something is missing; 3 an internal error;",
            "10 something is slower than the baseline, or images of a run failed."
        })
final class BenchCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    BenchOptions common = new BenchOptions();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "name what to measure: stages, schedulers or predict (--help tells more)");
    }
}
