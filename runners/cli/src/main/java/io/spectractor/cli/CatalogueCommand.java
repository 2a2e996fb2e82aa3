package io.spectractor.cli;

import io.spectractor.batch.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Stands in the list of commands for the catalogues, which {@code ./spectractor} starts as a program of their own. */
@Command(
        name = "catalogue",
        description = "Tables on the sky: spectra, light curves, cones, matches.",
        footer = {"", "Example:", "  spectractor catalogue cone spectra 193.3 -18.5 0.1"})
final class CatalogueCommand implements Callable<Integer> {
    @Unmatched
    private List<String> args = new ArrayList<>();

    @Override
    public Integer call() {
        throw new UsageException(
                "the catalogues are not part of the shipped program; in a checkout of the sources start '"
                        + String.join(" ", "./spectractor catalogue", String.join(" ", args))
                                .strip() + "'");
    }
}
