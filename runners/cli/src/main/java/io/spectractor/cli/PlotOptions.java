package io.spectractor.cli;

import io.spectractor.batch.UsageException;
import picocli.CommandLine.Option;

/** How many images of a run are drawn. */
final class PlotOptions {
    static final int USUAL = 50;

    @Option(
            names = "--plots",
            paramLabel = "N",
            defaultValue = "" + USUAL,
            description = "Draw up to N images, those with warnings first; the report shows them (default:"
                    + " ${DEFAULT-VALUE}; 0 for none).")
    private int plots = USUAL;

    int count() {
        if (plots < 0) {
            throw new UsageException("--plots counts images, 0 for none, got " + plots);
        }
        return plots;
    }
}
