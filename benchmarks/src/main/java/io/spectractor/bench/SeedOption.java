package io.spectractor.bench;

import picocli.CommandLine.Option;

/** The seed of benchmarks that draw images at random. */
final class SeedOption {
    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Random seed; the same seed gives the same images. Default: ${DEFAULT-VALUE}")
    long seed = 1;
}
