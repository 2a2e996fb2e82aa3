/** Predictions of the model from the measurements: its check, the year 2018, and machines that are not here. */
@org.jspecify.annotations.NullMarked
package io.spectractor.bench.predict;
