package io.spectractor.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command above all commands. New commands are added to the list of subcommands. */
@Command(
        name = "spectractor",
        description = "Calibrated spectra from slitless images.",
        versionProvider = VersionText.class,
        subcommands = {
            RunCommand.class,
            WatchCommand.class,
            StatusCommand.class,
            MonitorCommand.class,
            ResumeCommand.class,
            CancelCommand.class,
            ReportCommand.class,
            PlotCommand.class,
            CompareCommand.class,
            AccuracyCommand.class,
            FitCommand.class,
            NightCommand.class,
            ConfigCommand.class,
            CalibCommand.class,
            InstrumentCommand.class,
            CatalogueCommand.class,
            BenchCommand.class
        },
        footer = {
            "",
            "Results go to standard output, messages and progress to standard error.",
            "Exit codes: 0 all done; 2 wrong usage or configuration; 3 an internal error;",
            "10 some images failed; 11 all failed; 75 interrupted, resumable."
        })
final class Spectractor implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    CommonOptions common = new CommonOptions();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing, e.g. 'spectractor run --help'");
    }
}
