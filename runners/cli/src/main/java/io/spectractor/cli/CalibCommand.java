package io.spectractor.cli;

import picocli.CommandLine.Command;

/** Shows, writes, checks and imports calibration data. */
@Command(
        name = "calib",
        description = "Show, write, check and import calibration data.",
        subcommands = {
            CalibListCommand.class,
            CalibShowCommand.class,
            CalibBuildCommand.class,
            CalibVerifyCommand.class,
            CalibImportCommand.class
        },
        footer = {"", "Examples:", "  spectractor calib list", "  spectractor calib show HoloAmAg"})
final class CalibCommand extends CommandGroup {
    CalibCommand() {
        super("'calib list', 'calib show NAME', 'calib build', 'calib verify' or 'calib import'");
    }
}
