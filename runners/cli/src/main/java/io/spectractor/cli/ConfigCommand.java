package io.spectractor.cli;

import io.spectractor.batch.ExitCode;
import io.spectractor.batch.Json;
import io.spectractor.batch.config.ConfigLoader;
import io.spectractor.batch.config.ConfigPrinter;
import io.spectractor.core.config.ConfigText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints configurations. */
@Command(
        name = "config",
        description = "Print the configuration, or the documentation of its keys.",
        subcommands = {ConfigCommand.Show.class, ConfigCommand.Keys.class},
        footer = {"", "Examples:", "  spectractor config show --set psf.type=gauss", "  spectractor config keys"})
final class ConfigCommand extends CommandGroup {
    ConfigCommand() {
        super("'config show' or 'config keys'");
    }

    /** The values that a run would use. */
    @Command(name = "show", description = "Print the values that a run with these options would use, as YAML.")
    static final class Show implements Callable<Integer> {
        private final Services services;

        @Mixin
        CommonOptions common = new CommonOptions();

        @Mixin
        private ConfigOptions options = new ConfigOptions();

        @Option(names = "--json", description = "Print as JSON.")
        private boolean json;

        Show(Services services) {
            this.services = services;
        }

        @Override
        public Integer call() {
            ConfigLoader.Loaded loaded = options.load(services.workingFolder());
            loaded.ignored().forEach(line -> services.err().println("not imported: " + line));
            services.out()
                    .print(
                            json
                                    ? Json.pretty(ConfigText.all(loaded.config())) + "\n"
                                    : ConfigPrinter.yaml(loaded.config()));
            return ExitCode.ALL_DONE.code();
        }
    }

    /** The documentation. */
    @Command(name = "keys", description = "Print the documentation of all keys, as Markdown.")
    static final class Keys implements Callable<Integer> {
        private final Services services;

        @Mixin
        CommonOptions common = new CommonOptions();

        Keys(Services services) {
            this.services = services;
        }

        @Override
        public Integer call() {
            services.out().print(ConfigPrinter.markdown());
            return ExitCode.ALL_DONE.code();
        }
    }
}
