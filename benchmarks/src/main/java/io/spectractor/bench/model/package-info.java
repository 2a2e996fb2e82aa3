/** A discrete-event model of the schedulers. Deterministic: the same scenario and seed give the same schedule. */
@org.jspecify.annotations.NullMarked
package io.spectractor.bench.model;
