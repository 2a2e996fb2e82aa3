package io.spectractor.cli;

import io.spectractor.batch.ExitCode;
import io.spectractor.core.instrument.Instrument;
import io.spectractor.core.instrument.Instruments;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lists, shows, checks and writes descriptions of instruments. */
@Command(
        name = "instrument",
        description = "List, show, check and write descriptions of instruments.",
        subcommands = {
            InstrumentCommand.ListAll.class,
            InstrumentCommand.Show.class,
            InstrumentCheckCommand.class,
            InstrumentNewCommand.class
        },
        footer = {"", "Examples:", "  spectractor instrument list", "  spectractor instrument show auxtel"})
final class InstrumentCommand extends CommandGroup {
    InstrumentCommand() {
        super("'instrument list', 'instrument show NAME', 'instrument check FILE...' or 'instrument new'");
    }

    /** The built-in instruments. */
    @Command(name = "list", description = "Name the instruments that the program knows.")
    static final class ListAll implements Callable<Integer> {
        private final Services services;

        @Mixin
        CommonOptions common = new CommonOptions();

        ListAll(Services services) {
            this.services = services;
        }

        @Override
        public Integer call() {
            for (String name : Instruments.names()) {
                Instrument instrument = Instruments.named(name).orElseThrow();
                services.out().printf("%-10s %s%n", name, instrument.title());
                instrument
                        .frames()
                        .forEach(frame ->
                                services.out().printf("%-10s   frame %s: %s%n", "", frame.name(), frame.about()));
            }
            return ExitCode.ALL_DONE.code();
        }
    }

    /** A description. */
    @Command(
            name = "show",
            description =
                    "Print the description of an instrument, to copy and change; --instrument FILE takes the copy.")
    static final class Show implements Callable<Integer> {
        private final Services services;

        @Mixin
        CommonOptions common = new CommonOptions();

        @Parameters(paramLabel = "NAME", description = "A name of 'instrument list'.")
        private String name = "";

        Show(Services services) {
            this.services = services;
        }

        @Override
        public Integer call() {
            Instrument instrument = InstrumentChoice.named(name, services.workingFolder());
            boolean builtIn = Instruments.named(name).isPresent();
            services.out()
                    .print(
                            builtIn
                                    ? Instruments.source(instrument.name())
                                    : TextFiles.read(services.workingFolder().resolve(name)));
            return ExitCode.ALL_DONE.code();
        }
    }
}
