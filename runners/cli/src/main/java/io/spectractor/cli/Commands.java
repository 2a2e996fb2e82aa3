package io.spectractor.cli;

import io.spectractor.batch.ExitCode;
import io.spectractor.batch.UsageException;
import io.spectractor.batch.files.PathResolver;
import io.spectractor.calib.CalibrationException;
import io.spectractor.cli.demo.DemoCommand;
import io.spectractor.cli.demo.SimulateCommand;
import io.spectractor.core.config.NearestMatch;
import io.spectractor.core.observation.LogbookException;
import io.spectractor.plot.SpectrumPlot;
import java.io.PrintWriter;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.ParameterException;

/** The commands put together, with our exit codes. */
final class Commands {
    private Commands() {}

    /** Runs a command; nothing is thrown and the process goes on. */
    static int execute(Services services, String... args) {
        int code = line(services).execute(args);
        services.out().flush();
        services.err().flush();
        return code;
    }

    /** The commands and their options. */
    static CommandLine line(Services services) {
        CommandLine line = new CommandLine(Spectractor.class, factory(services));
        line.addSubcommand(simulate(services));
        line.addSubcommand(
                new CommandLine(new DemoCommand(SpectrumPlot::write)).addMixin("common", new CommonOptions()));
        HelpGroups.install(line);
        line.setOut(new PrintWriter(services.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(services.err(), true, StandardCharsets.UTF_8));
        line.registerConverter(Path.class, PathResolver::path);
        // @list.txt is a list of inputs, not of options
        line.setExpandAtFiles(false);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                services.style().colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        line.setParameterExceptionHandler((e, words) -> wrongUsage(services, e));
        line.setExecutionExceptionHandler((e, command, result) -> failed(services, e));
        return line;
    }

    private static CommandLine simulate(Services services) {
        CalibrationOptions calibration = new CalibrationOptions();
        CommandLine simulate = new CommandLine(new SimulateCommand(
                () -> calibration.open(services), name -> InstrumentChoice.named(name, services.workingFolder())));
        return simulate.addMixin("calibration", calibration).addMixin("common", new CommonOptions());
    }

    /** Commands with a constructor that takes {@link Services} get them. */
    private static IFactory factory(Services services) {
        return new IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                try {
                    Constructor<K> constructor = type.getDeclaredConstructor(Services.class);
                    return constructor.newInstance(services);
                } catch (NoSuchMethodException e) {
                    return CommandLine.defaultFactory().create(type);
                }
            }
        };
    }

    private static int wrongUsage(Services services, ParameterException e) {
        CommandLine command = e.getCommandLine();
        // an unknown option matters more than what is missing because of it
        List<String> unknown = command.getUnmatchedArguments();
        String word = unknown.isEmpty() ? "" : unknown.get(0);
        String message = unknown.isEmpty()
                ? String.valueOf(e.getMessage())
                : (word.startsWith("-") ? "unknown option " : "unknown command or argument ") + word;
        services.err().println("spectractor: " + message + proposal(command, word));
        services.err().println("'" + command.getCommandSpec().qualifiedName() + " --help' shows how to use it");
        return ExitCode.USAGE.code();
    }

    private static String proposal(CommandLine command, String word) {
        if (word.isEmpty()) {
            return "";
        }
        List<String> known = word.startsWith("-")
                ? command.getCommandSpec().options().stream()
                        .flatMap(o -> Arrays.stream(o.names()))
                        .filter(n -> n.startsWith("--"))
                        .toList()
                : List.copyOf(command.getSubcommands().keySet());
        return NearestMatch.of(word.replaceAll("=.*", ""), known)
                .map(w -> "; did you mean " + w + "?")
                .orElse("");
    }

    private static int failed(Services services, Exception e) {
        if (e instanceof UsageException || e instanceof LogbookException || e instanceof CalibrationException) {
            services.err().println("spectractor: " + e.getMessage());
            return ExitCode.USAGE.code();
        }
        services.err().println("spectractor: an internal error, please report it with these lines: " + e);
        e.printStackTrace(services.err());
        return ExitCode.BUG.code();
    }
}
