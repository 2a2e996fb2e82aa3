package io.spectractor.bench.stages;

/**
 * What one benchmark measured.
 *
 * @param name class and method without package, with its parameter: {@code ImageBenchmark.image:FORWARD}
 * @param nanoseconds per operation
 * @param nanosecondsError half width of JMH's 99.9% interval, ns; NaN when one iteration was measured
 * @param bytes allocated per operation
 */
public record StageCost(String name, double nanoseconds, double nanosecondsError, double bytes) {}
