package io.spectractor.core.emission;

/**
 * What a source of even light would give per column, in any unit.
 *
 * @param rate orders 1 and 2 together, with a typical amount of water in the air
 * @param water what that water takes of order 1
 */
public record EvenLight(double[] rate, double[] water) {}
