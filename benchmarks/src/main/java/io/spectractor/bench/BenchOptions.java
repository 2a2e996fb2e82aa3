package io.spectractor.bench;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What every benchmark has. */
final class BenchOptions {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    /** The words that started a benchmark, for its report. */
    static List<String> command(CommandSpec spec) {
        List<String> words = new ArrayList<>(List.of("./spectractor", "bench"));
        CommandSpec top = spec.parent() == null ? spec : spec.parent();
        words.addAll(top.commandLine().getParseResult().originalArgs());
        return words;
    }
}
