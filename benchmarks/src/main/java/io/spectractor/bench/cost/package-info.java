/** Where the time of a run went, whether it was measured or predicted. */
@org.jspecify.annotations.NullMarked
package io.spectractor.bench.cost;
