package io.spectractor.core.forward.equations;

/**
 * How much the second differences of amplitudes over expectation may deviate from zero.
 *
 * @param smooth 1σ everywhere
 * @param feature 1σ as a fraction of the expectation's own second differences (over its continuum)
 */
public record PriorWidths(double smooth, double feature) {}
