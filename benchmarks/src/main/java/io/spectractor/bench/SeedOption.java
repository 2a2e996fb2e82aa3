package io.spectractor.bench;

import picocli.CommandLine.Option;

/** The seed of benchmarks that draw images at random. */
final class SeedOption {
    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of the images that are drawn; the same seed draws the same. Default: ${DEFAULT-VALUE}")
    long seed = 1;
}
