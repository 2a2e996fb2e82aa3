/** JMH suites over the stages of an extraction, and their comparison with a baseline. */
@org.jspecify.annotations.NullMarked
package io.spectractor.bench.stages;
