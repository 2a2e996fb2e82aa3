package io.spectractor.cli;

import io.spectractor.batch.UsageException;
import java.util.List;
import picocli.CommandLine.ParseResult;

/** Which options of {@code accuracy} go together: one that would change nothing is an error. */
final class AccuracyOptions {
    private static final List<String> NOT_OF_NIGHTS = List.of(
            "--stars",
            "--nebula",
            "--references",
            "--filters",
            "--dispersers",
            "--frames",
            "--own-template",
            "--count",
            "--csv",
            "--keep");
    private static final List<String> NOT_OF_NEBULAE =
            List.of("--target", "--stars", "--filters", "--frames", "--own-template", "--keep");
    private static final List<String> OF_NIGHTS = List.of("--spectra", "--disperser");

    private AccuracyOptions() {}

    /** @throws UsageException if an option does not go with the others */
    static void check(ParseResult given) {
        if (given.hasMatchedOption("--nights")) {
            refuse(given, NOT_OF_NIGHTS, "does not go with --nights");
        } else {
            refuse(given, OF_NIGHTS, "goes with --nights only");
        }
        if (given.hasMatchedOption("--nebula")) {
            refuse(given, NOT_OF_NEBULAE, "does not go with --nebula");
        }
    }

    private static void refuse(ParseResult given, List<String> options, String why) {
        for (String option : options) {
            if (given.hasMatchedOption(option)) {
                throw new UsageException(option + " " + why + "; leave it out");
            }
        }
    }
}
