/** What the model makes of what was measured: its check, the year 2018, and machines that are not here. */
@org.jspecify.annotations.NullMarked
package io.spectractor.bench.predict;
