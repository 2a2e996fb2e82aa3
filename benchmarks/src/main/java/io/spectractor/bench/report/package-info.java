/** Tables and pictures of the benchmarks. */
@org.jspecify.annotations.NullMarked
package io.spectractor.bench.report;
