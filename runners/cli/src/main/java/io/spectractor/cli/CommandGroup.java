package io.spectractor.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that does nothing by itself: one of its subcommands has to be named. */
abstract class CommandGroup implements Runnable {
    private final String choices;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    CommonOptions common = new CommonOptions();

    /** @param choices the subcommands as a user writes them */
    CommandGroup(String choices) {
        this.choices = choices;
    }

    @Override
    public final void run() {
        throw new ParameterException(spec.commandLine(), "which of its commands? " + choices);
    }
}
